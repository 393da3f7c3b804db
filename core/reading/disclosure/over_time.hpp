// What figures of days that lie in one another, or follow one another, tell of each other.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reading/disclosure/people_tables.hpp"
#include "core/reading/disclosure/placed_table.hpp"

namespace qd::reading::disclosure {

// Of the tables of one year, which outlive it. Used by one thread.
class OverTime {
 public:
  using TableCells = std::pair<const TableKey*, const std::vector<PeopleCell>*>;
  using IsTold = std::function<bool(const TableKey&, std::uint32_t area)>;

  explicit OverTime(const PeopleTables& tables);

  // Of the same part of the same people, whatever their days.
  const std::vector<TableCells>& tables_of_part(const TableKey& key) const;

  // Of persons that are counted once however long: those of an earlier part of the year are among
  // those of the year to date, and the difference is a number of people, too. The year as a whole
  // is published whatever its distance to its quarters (B.6, step 5).
  void add_differences(PlacedTable& placed, const TableKey& key,
                       const std::vector<PeopleCell>& cells, std::int64_t least);

  // Of what adds up, the quarters that were published leave the others: where they are not all,
  // what is left is a number of people as well, of quarters that nobody published.
  void add_rests(PlacedTable& placed, const TableKey& key, const std::vector<PeopleCell>& cells,
                 std::int64_t least);

  // Figures of a year to date whose quarters were all published.
  std::set<Which> known_by_quarters(const TableKey& key) const;
  // What figures of a quarter are known to be because a year to date and the other quarters in it
  // were given.
  using People = std::map<Which, std::vector<std::int64_t>>;
  using IsGiven = std::function<bool(const PeopleCell&)>;
  People told_by_the_others(const TableKey& key, const IsGiven& is_given) const;

  // Whoever was counted in a quarter is counted in every year to date that holds it, and whoever is
  // new in a year to date was there in its last quarter: the one bounds the other from below, also
  // where it is withheld, for it may be worked out nearly; what is told bounds it from above.
  void add_bounds(PlacedTable& placed, const TableKey& key, const std::vector<PeopleCell>& cells,
                  const IsTold& is_told);

 private:
  using Values = std::map<Which, std::int64_t>;

  void add_newcomers(PlacedTable& placed, const TableKey& key,
                     const std::vector<PeopleCell>& cells);
  const Values& distinct_counts(const std::vector<PeopleCell>& cells);
  // Quarters of the part that lie within the days of a table.
  std::vector<TableCells> quarters_within(const TableKey& key) const;

  const PeopleTables& tables_;
  std::map<std::pair<std::string_view, Part>, std::vector<TableCells>> by_part_;
  std::map<const std::vector<PeopleCell>*, Values> distinct_;  // of each table, made once
};

}  // namespace qd::reading::disclosure
