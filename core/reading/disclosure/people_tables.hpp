// How the figures of a year fall into tables, each of one part of the same people in the same days,
// at every place.
#pragma once

#include <compare>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/reading/disclosure/year_figures.hpp"

namespace qd::reading::disclosure {

using Keys = std::vector<std::string_view>;

// By which breakdowns a figure is a part of the people: all its values are decided upon together.
// Breakdowns in which one is counted once are decided upon with their whole.
struct Part {
  Keys overlapping;  // "level"
  Keys special;      // "ethnicity"
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
  friend auto operator<=>(const Part&, const Part&) = default;
};

// Days [from, until): the same days of a year are the same figures, whichever run has them.
struct Days {
  Date from, until;
  friend auto operator<=>(const Days&, const Days&) = default;
  bool lie_within(const Days& others) const { return others.from <= from && until <= others.until; }
  bool are_a_quarter() const {
    const Period quarter = Period::quarter_of(from);
    return from == quarter.from() && until == quarter.until();
  }
};

struct TableKey {
  std::string_view subjects;
  Part part;
  Days days;
  friend bool operator==(const TableKey&, const TableKey&) = default;
  // Wholes before their parts, what is by a special category last; what is earlier before what is
  // later, a year to date before the quarter that ends with it.
  friend bool operator<(const TableKey& a, const TableKey& b);
};

struct PeopleCell {
  const PeopleRun* run;
  const PeopleFigure* figure;
};

// Which figure of a table a cell is, whichever run has it: indicator, breakdown, area.
using Which = std::tuple<std::string_view, std::uint32_t, std::uint32_t>;
Which which_of(const PeopleCell& cell);

using PeopleTables = std::map<TableKey, std::vector<PeopleCell>>;

// Of runs of the year. Points into both.
PeopleTables tables_of(const YearFigures& year, const std::vector<PeopleRun>& runs);

// What is left of a breakdown when its special categories are taken out: "level=3".
std::string without_special(const Definition& definition, std::string_view breakdown);

// How many people stand behind a figure, each way they can be read off it, in millionths. None for
// what does not count people.
std::vector<std::int64_t> counts_of(const PeopleFigure& figure);

// How those of a year's quarters and those of the year hang together: a person is counted once
// however long; who is there on the last of the days is there on it, however many they are; all
// else adds up: cases, answers, events.
enum class OverQuarters { kOnce, kOnTheDay, kAddsUp };
OverQuarters over_quarters(const Definition& definition);

}  // namespace qd::reading::disclosure
