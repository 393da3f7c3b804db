// A case: one rule of a family, with the rows that show it and the facts that must come of them.
//
//   A major decided on day 91 is in time; on day 92 it is late.
//   source: <the rule>     period: FY2026-27-Q1     readings: quarter
//
//   --- planning_decisions
//   area,decided_on,days_taken
//   E06000014,2026-04-02,91
//
//   --- facts
//   indicator,area,reading,breakdown,numerator,denominator,value
//   planning.in_time,E06000014,quarter,,1,1,100.0
//
//   --- notes
//   1  decision without days_taken: left out
//
// Heading keys: source, period, readings, indicators (only these are compared), option (KEY=VALUE),
// known (the day of the newest thing that is known; without it everything is).
// Sections: the tables the family reads; `areas` and `definitions`; then, for each period,
// `facts [PERIOD]` and, where wanted, `notes [PERIOD]` or, for a run that must not go on,
// `failure [PERIOD]`. An empty field is "not recorded". Lines that begin with # are remarks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/cases/case_text.hpp"
#include "core/model/period.hpp"

namespace qd::cases {

struct Table {
  std::string name;
  Place place;
  std::vector<Field> columns;
  std::vector<std::vector<Field>> rows;  // each as long as columns

  // Place of a column in columns; nullopt when the table has none of that name.
  std::optional<std::size_t> find(std::string_view column) const;
};

using Notes = std::map<std::string, std::int64_t>;  // how often each

// What one run must give.
struct Expected {
  std::string period;
  Place place;                 // of the first section that names it
  std::vector<Field> columns;  // of facts: those the author wants to see
  std::vector<std::vector<std::string>> facts;
  Notes notes;
  std::optional<std::string> failure;  // the run must stop with this sentence
};

struct Case {
  std::string title;
  std::string source;
  std::string period;
  std::vector<Reading> readings;         // empty: those of the period
  std::vector<std::string> indicators;   // empty: all are compared
  std::map<std::string, Field> options;  // by key, the setting
  std::optional<Field> known;
  std::vector<Table> tables;
  std::vector<Expected> expected;  // at least one
  std::string given;               // the text of the file up to the first section of `expected`

  const Table* table(std::string_view name) const;
};

// Errors: kFileUnreadable with line and column.
Result<Case> parse_case(const std::string& text);

// The text of the file with these expectations instead of its own.
std::string accepted_text(const Case& given, const std::vector<Expected>& actual);

// The readings of a period, or of a window such as "2026-04-01 .. 2026-07-01"; of those kinds, if
// any are named. Errors: kFileUnreadable at that place.
Result<std::vector<ReadingWindow>> windows_of(std::string_view period,
                                              const std::vector<Reading>& kinds, Place place);

}  // namespace qd::cases
