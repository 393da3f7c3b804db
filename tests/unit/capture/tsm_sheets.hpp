// Small workbooks of the regulator for tests, column by column, and their import.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/capture/rsh/import_tsm.hpp"
#include "tests/unit/capture/kept_observations.hpp"
#include "tests/unit/capture/small_workbook.hpp"

namespace qd::test {

// One column: its heading, and a landlord's value in it.
struct Column {
  std::string heading;
  Value value;
};

inline std::vector<Column> landlord_columns(const std::string& code) {
  return {{"Landlord name", "Sample Homes"}, {"Landlord code", code}, {"Landlord type", "PRP"}};
}

// about: words of the measure, as headings have them.
inline void add_question(std::vector<Column>& columns, const std::string& measure,
                         const std::string& about, const std::vector<double>& answers) {
  const std::vector<std::string> words = {"very satisfied", "fairly satisfied",
                                          "neither satisfied nor dissatisfied",
                                          "fairly dissatisfied", "very dissatisfied"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    columns.push_back({"Number of respondents who report that they are " + words[i] + " with " +
                           about + " (" + measure + ")7",
                       answers[i]});
  }
}

inline std::vector<Column> perception_columns(const std::string& code) {
  auto columns = landlord_columns(code);
  columns.push_back({"Relevant\xC2\xA0tenant population size (LCRA)", 1080.0});
  columns.push_back({"Total sample size achieved", 301.0});
  columns.push_back(
      {"Were weighted responses used to calculate tenant perception measures", "Yes"});
  add_question(columns, "TP01", "the service provided by their landlord",
               {355.4, 284.1, 91.5, 61.6, 67.4});
  columns.push_back(
      {"Proportion of respondents who report that they are satisfied with the "
       "overall service provided by their landlord (TP01)",
       74.4});
  add_question(columns, "TP09", "the approach to complaints handling", {10, 20, 30, 40, 50});
  columns.push_back(
      {"Number of respondents who report that they have made a complaint to their landlord",
       160.0});
  columns.push_back(
      {"Number of respondents who report that they have not made a complaint to their landlord",
       141.0});
  add_question(columns, "TP12", "the approach to handling anti-social behaviour", {1, 2, 3, 4, 5});
  columns.push_back(
      {"Number of respondents who report \xE2\x80\x98not applicable/ don\xE2\x80\x99t know' (TP12)",
       "[X]"});
  const std::vector<std::string> words = {"very satisfied\xE2\x80\x8B", "fairly satisfied",
                                          "not satisfied or dissatisfied", "fairly dissatisfied",
                                          "very dissatisfied"};
  const std::vector<double> unweighted = {342, 289, 95, 64, 70};
  for (std::size_t i = 0; i < words.size(); ++i) {
    columns.push_back({"Total number of respondents  (unweighted) who reported they are " +
                           words[i] + " with the service provided by their landlord (TP01)",
                       unweighted[i]});
  }
  return columns;
}

inline std::vector<Column> management_columns(const std::string& code) {
  auto columns = landlord_columns(code);
  columns.push_back({"Number of dwellings with gas safety checks (BS01 Numerator)", 8853.0});
  columns.push_back({"Number of dwellings needing gas safety checks (BS01 Denominator) 5", 8856.0});
  columns.push_back({"Proportion of homes with gas safety checks (BS01)", 100.0});
  columns.push_back({"Repairs completed in time (RP02 1 Numerator)5", "[E]"});
  columns.push_back({"Repairs completed (RP02 1 Denominator)5", "[E]"});
  columns.push_back({"LCHO - Stage one complaints made (CH01 1 Numerator)", "[X]"});
  columns.push_back({"LCHO - Dwelling units (CH01 1 Denominator)", "[X]"});
  return columns;
}

inline SmallSheet sheet_of(const std::string& name, const std::vector<std::vector<Column>>& lines) {
  SmallSheet sheet{name, {{name}, {"Notes:"}}};
  auto& headings = sheet.rows.emplace_back();
  for (const auto& column : lines.front()) headings.emplace_back(column.heading);
  for (const auto& line : lines) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& column : line) row.push_back(column.value);
  }
  return sheet;
}

class TsmSheets : public ::testing::Test {
 protected:
  Result<capture::ImportReport> load(const std::vector<SmallSheet>& sheets,
                                     capture::rsh::TsmOptions options = {}) {
    write_workbook(folder_ / "tsm.xlsx", sheets);
    NoProgress progress;
    return capture::rsh::import_rsh_tsm(store_, folder_ / "tsm.xlsx", options, FixedClock{},
                                        progress);
  }

  const Row& measure(const std::string& code, const std::string& tenure) {
    return store_.rows("measure_observations")
        .at({code, "1", "4878", tenure, "2024-04-01", "2025-04-01"});
  }
  const Row& tally(const std::string& code) {
    return store_.rows("survey_tallies")
        .at({code, "1", "4878", "LCRA", "2024-04-01", "2025-04-01"});
  }

  bool has_tally(const std::string& code) {
    return store_.rows("survey_tallies")
        .contains({code, "1", "4878", "LCRA", "2024-04-01", "2025-04-01"});
  }

  TestFolder folder_{"tsm"};
  KeptObservations store_;
};

}  // namespace qd::test
