// What a next year's workbook could look like: each figure is right, or absent and said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/capture/rsh/tsm_table.hpp"
#include "tests/unit/capture/tsm_sheets.hpp"

namespace qd::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

const char* const kRepairTime = "the time taken to complete the repair";

// TP03: 30, 20, 10, 15, 25; 50 per cent.
std::vector<Column> question(const std::string& code = "TP03",
                             const std::string& about = kRepairTime) {
  auto columns = landlord_columns("4878");
  add_question(columns, code, about, {30, 20, 10, 15, 25});
  columns.push_back(
      {"Proportion of respondents satisfied with " + about + " (" + code + ")", 50.0});
  return columns;
}

std::vector<Column> gas(Value numerator, Value denominator, Value published,
                        const std::string& code = "4878") {
  auto columns = landlord_columns(code);
  columns.push_back({"Number of dwellings with gas safety checks (BS01 Numerator)", numerator});
  columns.push_back(
      {"Number of dwellings needing gas safety checks (BS01 Denominator)", denominator});
  columns.push_back({"Proportion of homes with gas safety checks (BS01)", published});
  return columns;
}

const char* const kPerception = "TSM25_LCRA_Perception";
const char* const kManagement = "TSM25_Management_Info";

class NextEdition : public TsmSheets {
 protected:
  capture::ImportReport report_of(const std::vector<SmallSheet>& sheets) {
    KeptObservations fresh;
    std::swap(store_, fresh);
    const auto report = load(sheets);
    EXPECT_TRUE(report) << (report ? "" : to_text(report.error()));
    return report ? *report : capture::ImportReport{};
  }
  bool has_measure(const std::string& code, const std::string& tenure = "LCRA+LCHO") {
    return store_.rows("measure_observations")
        .contains({code, "1", "4878", tenure, "2024-04-01", "2025-04-01"});
  }
};

TEST_F(NextEdition, ANewMeasureAndAnAddedColumnCostNothingElse) {
  auto columns = question();
  add_question(columns, "TP13", "the repairs app", {1, 2, 3, 4, 5});
  columns.insert(columns.begin() + 3, {"Registered with the Ombudsman", "Yes"});
  const auto report = report_of({sheet_of(kPerception, {columns})});
  EXPECT_TRUE(report.committed);
  EXPECT_EQ(tally("TP03")[6], "30");
  EXPECT_EQ(store_.rows("survey_tallies").size(), 1u);
  EXPECT_THAT(report.notes, Contains(HasSubstr("'Registered with the Ombudsman': the heading is "
                                               "not known; left out")));
  EXPECT_THAT(report.notes, Contains(HasSubstr("very satisfied with the repairs app (TP13)7': the "
                                               "heading is not known; left out")));
}

TEST_F(NextEdition, TheHeadingsMayStandLowerDown) {
  auto sheet = sheet_of(kPerception, {question()});
  sheet.rows.insert(sheet.rows.begin() + 1, {{"Read the notes"}, {}, {"How to", "read codes"}, {}});
  EXPECT_TRUE(report_of({sheet}).committed);
  EXPECT_EQ(tally("TP03")[6], "30");
}

TEST_F(NextEdition, AHeadingMergedOverTwoColumnsNamesTheFirst) {
  auto columns = gas(90.0, 100.0, 90.0);
  columns[4].heading = "";
  auto sheet = sheet_of(kManagement, {columns});
  sheet.rows[2][4] = std::monostate{};
  const auto report = report_of({sheet, sheet_of(kPerception, {question()})});
  EXPECT_TRUE(report.committed);
  EXPECT_FALSE(has_measure("BS01"));
  EXPECT_THAT(report.notes,
              Contains("TSM25_Management_Info column E: it has no heading; left out"));
}

TEST_F(NextEdition, CodesThatWereGivenToOtherQuestionsAreNotBelieved) {
  for (const std::string about :
       {"the approach to handling anti-social behaviour", "the app for repairs"}) {
    const auto report = report_of({sheet_of(kPerception, {question("TP03", about)}),
                                   sheet_of(kManagement, {gas(90.0, 100.0, 90.0)})});
    EXPECT_FALSE(has_tally("TP03")) << about;
    EXPECT_THAT(report.notes,
                Contains(HasSubstr("and of the published figure's heading the same is true")));
  }
}

TEST_F(NextEdition, SharesInThePlaceOfCountsAreNoCounts) {
  auto columns = question();
  for (const std::string share : {"Percentage", "Average share"}) {
    auto shares = columns;
    for (std::size_t i = 3; i < 8; ++i) shares[i].heading.replace(0, 6, share);
    report_of({sheet_of(kPerception, {shares}), sheet_of(kManagement, {gas(90.0, 100.0, 90.0)})});
    EXPECT_FALSE(has_tally("TP03")) << share;
  }
}

TEST_F(NextEdition, TwoAnswersInOneAreNoAnswer) {
  auto columns = question();
  columns.erase(columns.begin() + 3);
  columns[3] = {"Number very or fairly satisfied with the time taken to complete it (TP03)", 50.0};
  columns.pop_back();
  report_of({sheet_of(kPerception, {columns}), sheet_of(kManagement, {gas(90.0, 100.0, 90.0)})});
  EXPECT_FALSE(has_tally("TP03"));
}

TEST_F(NextEdition, FiguresOfAnotherYearBesideAreNotThisYears) {
  auto columns = gas(90.0, 100.0, 90.0);
  const auto before = gas(70.0, 100.0, 70.0);
  for (std::size_t i = 3; i < 6; ++i) {
    columns.push_back({before[i].heading + " 2023/24", before[i].value});
  }
  const auto report = report_of({sheet_of(kManagement, {columns})});
  ASSERT_TRUE(has_measure("BS01"));
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "90");
  EXPECT_THAT(report.notes, Contains(HasSubstr("it speaks of another year; left out")));
}

TEST_F(NextEdition, TheOppositeOfAMeasureIsNotTheMeasure) {
  auto columns = gas(10.0, 100.0, 10.0);
  columns[3].heading = "Number of dwellings without gas safety checks (BS01 Numerator)";
  columns[5].heading = "Proportion of homes without gas safety checks (BS01)";
  const auto report =
      report_of({sheet_of(kManagement, {columns}), sheet_of(kPerception, {question()})});
  EXPECT_FALSE(has_measure("BS01"));
  EXPECT_THAT(report.notes,
              Contains(HasSubstr("it counts the opposite of what the measure does; left out")));
}

TEST_F(NextEdition, NumbersMayBeTextsWithSeparatorsAndPublishedOnesPerCent) {
  ASSERT_TRUE(
      report_of({sheet_of(kManagement, {gas("1,234,500", " 1,250,000.0 ", "98.8%")})}).committed);
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "1234500");
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[7], "1250000");
  for (const char* const odd : {"1,23", "12,3456", ",123", "1,,234", "1234,567", "90%", "12 3"}) {
    const auto report = report_of({sheet_of(kManagement, {gas(odd, 100.0, 90.0)})});
    EXPECT_EQ(report.lines_refused, 1) << odd;
  }
}

TEST_F(NextEdition, PublishedFiguresMayBeFractions) {
  EXPECT_TRUE(report_of({sheet_of(kManagement, {gas(90.0, 100.0, 0.9)})}).committed);
  EXPECT_TRUE(has_measure("BS01"));
  report_of({sheet_of(kManagement, {gas(90.0, 100.0, 0.91)})});
  EXPECT_FALSE(has_measure("BS01"));
  // 0.9 per cent is a percentage, where one above 1 stands beside it or the counts say so.
  report_of({sheet_of(kManagement, {gas(90.0, 100.0, 0.9), gas(50.0, 100.0, 50.0, "1"),
                                    gas(51.0, 100.0, 51.0, "2"), gas(52.0, 100.0, 52.0, "3")})});
  EXPECT_FALSE(has_measure("BS01"));
  EXPECT_EQ(store_.rows("measure_observations").size(), 3u);
  report_of({sheet_of(kManagement, {gas(9.0, 1000.0, 0.9)})});
  EXPECT_TRUE(has_measure("BS01"));
}

TEST_F(NextEdition, WordsForNoFigureAreNoFigureAndSaid) {
  for (const char* const words : {"n/a", "N/A", "-", "\xE2\x80\x93", "Not applicable", "#N/A"}) {
    const auto report =
        report_of({sheet_of(kManagement, {gas(words, words, words), gas(90.0, 100.0, 90.0, "1")})});
    EXPECT_EQ(report.lines_refused, 0) << words;
    EXPECT_THAT(report.notes, Contains(HasSubstr("and the like on 1 lines: there is no figure")));
    ASSERT_TRUE(has_measure("BS01"));
    EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], std::nullopt);
    EXPECT_EQ(measure("BS01", "LCRA+LCHO")[8], std::nullopt);
  }
}

TEST_F(NextEdition, MarksMayHaveFootnotes) {
  const auto report = report_of({sheet_of(kManagement, {gas("[x]2", " [X] ", "[X]12")})});
  EXPECT_EQ(report.lines_refused, 0);
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[8], "X");
  EXPECT_EQ(report_of({sheet_of(kManagement, {gas("[X]123", "[X]", "[X]")})}).lines_refused, 1);
  EXPECT_EQ(report_of({sheet_of(kManagement, {gas("[X]a", "[X]", "[X]")})}).lines_refused, 1);
  EXPECT_EQ(report_of({sheet_of(kManagement, {gas("[Q]", "[X]", "[X]")})}).lines_refused, 1);
}

TEST_F(NextEdition, WeightedIsAnsweredInManyWays) {
  using Answer = std::pair<const char*, std::optional<std::string>>;
  for (const auto& [answer, kept] :
       {Answer{"Yes", "1"}, Answer{" y ", "1"}, Answer{"TRUE", "1"}, Answer{"Weighted", "1"},
        Answer{"No", "0"}, Answer{"N", "0"}, Answer{"FALSE", "0"}, Answer{"Unweighted", "0"},
        Answer{"[Z]", std::nullopt}, Answer{"", std::nullopt}}) {
    auto columns = question();
    columns.push_back({"Were weighted responses used to calculate them", answer});
    report_of({sheet_of(kPerception, {columns})});
    ASSERT_TRUE(has_tally("TP03")) << answer;
    EXPECT_EQ(tally("TP03")[14], kept) << answer;
  }
}

TEST_F(NextEdition, ALineOfTotalsIsNoLandlord) {
  const auto report = report_of(
      {sheet_of(kManagement, {gas(90.0, 100.0, 90.0), gas(900.0, 1000.0, 90.0, "England")})});
  EXPECT_TRUE(report.committed);
  EXPECT_EQ(store_.rows("areas").size(), 1u);
  EXPECT_THAT(report.notes, Contains("TSM25_Management_Info line 5: 'England' is no code of a "
                                     "landlord; the line is left out"));
}

TEST_F(NextEdition, OfTwoSheetsOfTheSameKindNeitherIsTaken) {
  const auto sheets = {sheet_of(kManagement, {gas(90.0, 100.0, 90.0)}),
                       sheet_of("TSM25_Management_Info (2)", {gas(91.0, 100.0, 91.0)}),
                       sheet_of(kPerception, {question()})};
  const auto report = report_of(sheets);
  EXPECT_TRUE(has_tally("TP03"));
  EXPECT_FALSE(has_measure("BS01"));
  EXPECT_THAT(report.notes, Contains("nothing of the sheet TSM25_Management_Info is loaded: "
                                     "TSM25_Management_Info (2) is of Management Info as well"));
  const auto none = load({sheet_of(kManagement, {gas(90.0, 100.0, 90.0)}),
                          sheet_of("TSM25_Management_Info (2)", {gas(91.0, 100.0, 91.0)})});
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("is there twice"));
}

TEST_F(NextEdition, AHiddenSheetIsLeftOut) {
  auto draft = sheet_of("TSM25_Management_Info (draft)", {gas(91.0, 100.0, 91.0)});
  draft.hidden = true;
  const auto report = report_of({sheet_of(kManagement, {gas(90.0, 100.0, 90.0)}), draft});
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "90");
  EXPECT_THAT(report.notes,
              Contains("the sheet 'TSM25_Management_Info (draft)' is hidden; left out"));
}

TEST_F(NextEdition, TheYearOfTheSheetAndOfItsTitleMustAgree) {
  auto sheet = sheet_of(kManagement, {gas(90.0, 100.0, 90.0)});
  sheet.rows[0][0] = std::string("TSM26 Management Info");
  const auto report = load({sheet});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message,
            "the sheet TSM25_Management_Info (its first cell) is of 2025-26, and "
            "TSM25_Management_Info is of 2024-25");
}

TEST_F(NextEdition, AnotherHeadingForTheCodeIsAMatterOfALayout) {
  auto columns = gas(90.0, 100.0, 90.0);
  columns[1].heading = "Provider number";
  ASSERT_FALSE(load({sheet_of(kManagement, {columns})}));
  const auto layout = folder_ / "mine.toml";
  std::ofstream(layout) << "[[column]]\nheading = \"Provider number\"\nmeans = \"landlord code\"\n";
  ASSERT_TRUE(load({sheet_of(kManagement, {columns})}, {{}, layout}));
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "90");
}

TEST(TsmSheetNames, SayTheYearInManyWays) {
  using Named = std::pair<const char*, std::optional<int>>;
  for (const auto& [name, year] :
       {Named{"TSM25_LCRA_Perception", 2024}, Named{"TSM 2025 LCRA Perception", 2024},
        Named{"TSM_2025_LCRA", 2024}, Named{"TSM 2025-26 Management Info", 2025},
        Named{"TSM_2025/26", 2025}, Named{"TSM25-26_LCRA", 2025}, Named{"TSM 2024_25 LCHO", 2024},
        Named{"TSM2025-2026", 2025}, Named{"TSM 2025-27", std::nullopt},
        Named{"TSM2526_LCRA", std::nullopt}, Named{"TSM1925_LCRA", std::nullopt},
        Named{"TSM_LCRA_Perception", std::nullopt}, Named{"TSM251", std::nullopt},
        Named{"Perception 2025", std::nullopt}}) {
    EXPECT_EQ(capture::rsh::tsm_start_year(name), year) << name;
  }
}

TEST(TsmSheetNames, SayTheirKindInManyWays) {
  using Named = std::pair<const char*, const char*>;
  for (const auto& [name, kind] :
       {Named{"TSM25_LCRA_Perception", "LCRA Perception"},
        Named{"TSM 2026 LCHO perception (final)", "LCHO Perception"},
        Named{"TSM26 Combined-Perception", "Combined Perception"},
        Named{"TSM26 Management Information", "Management Info"}, Named{"LCRA Perception", ""},
        Named{"TSM26 Perception", ""}, Named{"TSM26 LCRA and LCHO Perception", ""},
        Named{"TSM26 LCRA", ""}}) {
    EXPECT_EQ(capture::rsh::tsm_sheet_kind(name).name, kind) << name;
  }
  using Block = capture::rsh::TsmSheetKind::Block;
  EXPECT_EQ(capture::rsh::tsm_sheet_kind("TSM25_Perception_Not_Inc").block, Block::kNotIncluded);
  EXPECT_EQ(capture::rsh::tsm_sheet_kind("TSM25 LCRA Perception Not Included").block,
            Block::kNotIncluded);
}

}  // namespace
}  // namespace qd::test
