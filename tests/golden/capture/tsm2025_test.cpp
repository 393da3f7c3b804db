#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>

#include "core/capture/csv/import_csv.hpp"
#include "core/capture/rsh/import_tsm.hpp"
#include "core/tables/shipped_tables.hpp"
#include "demo/demo_data.hpp"
#include "tests/golden/capture/figures.hpp"
#include "tests/unit/capture/kept_observations.hpp"

namespace qd::test {
namespace {

// The workbook is read once for all tests of the file.
struct Imported {
  KeptObservations store;
  Result<capture::ImportReport> report;
  double seconds = 0;

  Imported() : report(load()) {}
  Result<capture::ImportReport> load() {
    const auto begin = std::chrono::steady_clock::now();
    NoProgress progress;
    auto loaded =
        capture::rsh::import_rsh_tsm(store, kFigures / "tsm2025.xlsx", {}, FixedClock{}, progress);
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return loaded;
  }
};

Imported& imported() {
  static Imported once;
  return once;
}

class Tsm2025 : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFigures / "tsm2025.xlsx")) {
      GTEST_SKIP() << "the regulator's workbook of 2025 is not beside the repository";
    }
    ASSERT_TRUE(imported().report) << to_text(imported().report.error());
    ASSERT_TRUE(imported().report->committed);
  }

  // The cell of a record by column name; "" when it is absent.
  static std::string cell(const std::string& table, const std::vector<std::string>& key,
                          const std::string& column) {
    const Rows& rows = imported().store.rows(table);
    const auto found = rows.find(key);
    if (found == rows.end()) return "no such record";
    return found->second[tables::shipped_table(table)->index_of(column)].value_or("");
  }

  static std::vector<std::string> key(const Line& line, const std::string& measure,
                                      const std::string& tenure) {
    return {measure, "1", line.at("landlord_code"), tenure, "2024-04-01", "2025-04-01"};
  }
};

bool is_mark(const std::string& text) { return !text.empty() && text.front() == '['; }
std::string plain(const std::string& text) {
  if (text.empty() || is_mark(text)) return "";
  return Number::parse(text)->text();
}

TEST_F(Tsm2025, EveryNumeratorDenominatorAndMarkOfManagementMeasuresIsImported) {
  std::size_t compared = 0;
  for (const auto& line : read_lines(kFigures / "tsm2025_management.csv")) {
    const auto where = key(line, line.at("measure"), line.at("tenure_basis"));
    for (const std::string column : {"numerator", "denominator"}) {
      ASSERT_EQ(cell("measure_observations", where, column), plain(line.at(column)))
          << line.at("landlord_code") << ' ' << line.at("measure") << ' ' << column;
      ++compared;
    }
    const std::string mark = is_mark(line.at("numerator")) ? line.at("numerator").substr(1, 1) : "";
    ASSERT_EQ(cell("measure_observations", where, "mark"), mark);
    ++compared;
  }
  std::cout << "management measures: " << compared << " values compared, none differs\n";
  EXPECT_EQ(compared, 7'898u * 3);
}

TEST_F(Tsm2025, EveryCountOfPerceptionMeasuresIsImported) {
  const std::vector<std::pair<std::string, std::string>> columns = {
      {"filter_yes", "filter_yes"},  {"filter_no", "filter_no"},
      {"very_pos", "very_positive"}, {"fairly_pos", "fairly_positive"},
      {"neither", "neither"},        {"fairly_neg", "fairly_negative"},
      {"very_neg", "very_negative"}, {"not_applicable", "not_applicable"}};
  std::size_t compared = 0;
  for (const auto& line : read_lines(kFigures / "tsm2025_perception_lcra.csv")) {
    const auto where = key(line, line.at("measure"), "LCRA");
    for (const auto& [given, column] : columns) {
      ASSERT_EQ(cell("survey_tallies", where, column), plain(line.at(given)))
          << line.at("landlord_code") << ' ' << line.at("measure") << ' ' << column;
      ++compared;
    }
    const std::string mark = is_mark(line.at("very_pos")) ? line.at("very_pos").substr(1, 1) : "";
    ASSERT_EQ(cell("survey_tallies", where, "mark"), mark);
    ASSERT_EQ(cell("survey_tallies", where, "weighted"), line.at("weighted") == "Yes" ? "1" : "0");
    compared += 2;
  }
  std::cout << "perception measures: " << compared << " values compared, none differs\n";
  EXPECT_EQ(compared, 4'236u * 10);
}

TEST_F(Tsm2025, EverySampleAndPopulationIsImported) {
  std::size_t compared = 0;
  for (const auto& line : read_lines(kFigures / "tsm2025_sample_lcra.csv")) {
    const auto where = key(line, "SURVEY", "LCRA");
    ASSERT_EQ(cell("measure_observations", where, "numerator"), line.at("achieved_sample"));
    ASSERT_EQ(cell("measure_observations", where, "denominator"), line.at("population"));
    compared += 2;
  }
  std::cout << "samples: " << compared << " values compared, none differs\n";
  EXPECT_EQ(compared, 353u * 2);
}

TEST_F(Tsm2025, SharedOwnersAndCombinedRowsOfTheWorkbookAreThere) {
  const auto at = [](const std::string& measure, const std::string& area,
                     const std::string& tenure) {
    return std::vector<std::string>{measure, "1", area, tenure, "2024-04-01", "2025-04-01"};
  };
  EXPECT_EQ(cell("survey_tallies", at("TP01", "L4240", "LCHO"), "very_positive"), "39");
  EXPECT_EQ(cell("survey_tallies", at("TP12", "5060", "LCHO"), "not_applicable"), "273");
  EXPECT_EQ(cell("measure_observations", at("SURVEY", "L4240", "LCHO"), "numerator"), "619");
  EXPECT_EQ(cell("survey_tallies", at("TP03", "4634", "COMBINED"), "very_negative"), "13");
  EXPECT_EQ(cell("measure_observations", at("SURVEY", "LH3859", "COMBINED"), "denominator"),
            "1063");
  EXPECT_EQ(cell("survey_tallies", at("TP02", "L4240", "LCHO"), "weighted"), "no such record");
}

TEST_F(Tsm2025, WeightedAnswersKeepTheirFractionsAndTheUnweightedOnesBesideThem) {
  std::size_t weighted = 0;
  std::size_t fractional = 0;
  for (const auto& [where, row] : imported().store.rows("survey_tallies")) {
    if (where[0] != "TP01" || row[14] != "1") continue;
    ++weighted;
    fractional += row[6]->find('.') != std::string::npos;
    auto unweighted = where;
    unweighted[0] = "TP01_UNWEIGHTED";
    EXPECT_EQ(cell("survey_tallies", unweighted, "weighted"), "0") << where[2];
    EXPECT_NE(cell("survey_tallies", where, "responses"), "") << where[2];
  }
  EXPECT_EQ(weighted, 80u + 11u);
  std::cout << "weighted surveys: " << weighted << ", of which " << fractional
            << " with fractions in the first count\n";
}

TEST_F(Tsm2025, ImportingItAgainChangesNothing) {
  const auto again = imported().load();
  ASSERT_TRUE(again);
  for (const auto& [table, counts] : again->tables) {
    EXPECT_EQ(counts.inserted, 0) << table;
    EXPECT_EQ(counts.superseded, 0) << table;
    EXPECT_GT(counts.unchanged, 0) << table;
  }
}

// So that the whole workbook can be imported over the demonstration and changes none of it.
TEST_F(Tsm2025, TheDemonstrationsRealFiguresAreThoseOfTheWorkbook) {
  const auto folder =
      std::filesystem::temp_directory_path() / fmt::format("quarterday-published-{}", ::getpid());
  ASSERT_TRUE(demo::write_demo_files(folder, 1));
  KeptObservations demo;
  for (const std::string table : {"areas", "measure_observations", "survey_tallies"}) {
    NoProgress progress;
    ASSERT_TRUE(capture::csv::import_csv(demo, *tables::shipped_table(table),
                                         {folder / (table + ".csv")}, {}, FixedClock{}, progress));
  }
  std::filesystem::remove_all(folder);
  std::size_t compared = 0;
  for (const std::string table : {"areas", "measure_observations", "survey_tallies"}) {
    for (const auto& [key, row] : demo.rows(table)) {
      const std::string& area = table == "areas" ? key[0] : key[2];
      if (area.starts_with("DEMO-")) continue;
      ASSERT_TRUE(imported().store.rows(table).contains(key)) << table << ' ' << key[0];
      EXPECT_EQ(row, imported().store.rows(table).at(key)) << table << ' ' << key[0] << area;
      ++compared;
    }
  }
  std::cout << "demonstration: " << compared << " real records compared, none differs\n";
  EXPECT_EQ(compared, 4u + 68u + 49u);
}

TEST_F(Tsm2025, EveryHeadingIsKnownAndEveryPublishedFigureIsReproduced) {
  const auto& report = *imported().report;
  std::cout << "imported in " << imported().seconds << " s\n";
  for (const auto& [table, counts] : report.tables) {
    std::cout << table << ": " << counts.inserted << " rows\n";
  }
  for (const auto& note : report.notes) std::cout << "note: " << note << '\n';
  EXPECT_EQ(report.lines_read, 353 + 59 + 2 + 359);
  EXPECT_EQ(report.lines_refused, 0);
  for (const auto& note : report.notes) {
    EXPECT_EQ(note.find("heading"), std::string::npos) << note;
    EXPECT_EQ(note.find("its figures give"), std::string::npos) << note;
  }
}

}  // namespace
}  // namespace qd::test
