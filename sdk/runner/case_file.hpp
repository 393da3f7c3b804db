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
// Heading keys: source, period, readings, indicators (only these are compared), option (KEY=VALUE).
// Sections: the family's inputs; `areas` (code, parent, …) and `definitions`; then, for each
// period, `facts [PERIOD]` and, where wanted, `notes [PERIOD]` or, for a run that must not go on,
// `failure [PERIOD]`. An empty field is "not recorded". Lines that begin with # are remarks.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quarterday::runner {

struct Line {
  int number = 0;
  std::vector<std::string> fields;
};

struct Table {
  std::string name;
  int line = 0;
  std::vector<std::string> columns;
  std::vector<Line> rows;

  // Place of a column; nullopt when the table has none of that name.
  std::optional<std::size_t> find(const std::string& column) const;
};

// What one run must give.
struct Expected {
  std::string period;
  Table facts;                                // columns: those the author wants to see
  std::map<std::string, std::int64_t> notes;  // how often each
  std::optional<std::string> failure;         // the run must stop with this sentence
};

struct Case {
  std::string title;
  std::string source;
  std::string period;
  std::vector<std::int32_t> readings;   // kinds; empty: those of the period
  std::vector<std::string> indicators;  // empty: all are compared
  std::map<std::string, std::string> options;
  std::vector<Table> tables;
  std::vector<Expected> expected;
  std::string given;  // the text of the file up to the first section of `expected`

  const Table* table(const std::string& name) const;
};

// Errors: CaseError with the line.
Case parse_case(const std::string& text);

// The text of the file with these expectations instead of its own.
std::string accepted_text(const Case& given, const std::vector<Expected>& actual);

}  // namespace quarterday::runner
