// The cells of one table at their places, with its counts.
#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/reading/disclosure/people_tables.hpp"
#include "core/reading/disclosure/tree_table.hpp"

namespace qd::reading::disclosure {

struct PlacedTable {
  // Which count a figure's is: by run, indicator, version, breakdown and the way it is read off.
  using Which = std::tuple<std::int64_t, std::string_view, int, std::uint32_t, std::size_t>;
  static Which count_of(const PeopleCell& cell, std::size_t way);
  // Of the table; nullopt: the figure tells of no people in that way.
  std::optional<std::size_t> find(const PeopleCell& cell, std::size_t way) const;

  PlacedTable(const std::vector<PeopleCell>& cells, std::int64_t fewest);

  // A count of the differences between a figure, read off in that way, and another: where it is
  // withheld so is the figure.
  std::size_t add_difference(const PeopleCell& cell, std::size_t way, std::int64_t least);
  // Of a root each count is withheld alone: here the counts follow their differences.
  void follow_differences();

  // A root has no neighbours to exchange people with, but its parts make its whole, nearly: what is
  // withheld of one part could be told from the others. So others are withheld, the smallest first,
  // until it could be any of as many as the threshold asks for.
  void protect_rows_of_roots();

  std::vector<std::uint32_t> areas;               // by place
  std::map<std::uint32_t, std::uint32_t> places;  // by area
  TreeTable table{{}};
  std::map<Which, std::size_t> counts;  // of the table

 private:
  void place(const std::vector<PeopleCell>& cells);
  std::uint32_t parent_of(const PeopleCell& cell) const;
  void protect_row(std::uint32_t root, std::vector<std::size_t>& parts);

  std::int64_t fewest_;
  std::vector<std::pair<std::size_t, std::size_t>> differences_;  // and the count that follows
};

}  // namespace qd::reading::disclosure
