#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/capture/rsh/import_tsm.hpp"
#include "core/capture/rsh/tsm_headings.hpp"
#include "tests/unit/capture/kept_observations.hpp"
#include "tests/unit/capture/small_workbook.hpp"

namespace qd::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One column: its heading, and a landlord's value in it.
struct Column {
  std::string heading;
  Value value;
};

std::vector<Column> landlord_columns(const std::string& code) {
  return {{"Landlord name", "Sample Homes"}, {"Landlord code", code}, {"Landlord type", "PRP"}};
}

void add_question(std::vector<Column>& columns, const std::string& measure,
                  const std::vector<double>& answers) {
  const std::vector<std::string> words = {"very satisfied", "fairly satisfied",
                                          "neither satisfied nor dissatisfied",
                                          "fairly dissatisfied", "very dissatisfied"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    columns.push_back({"Number of respondents who report that they are " + words[i] +
                           " with something (" + measure + ")7",
                       answers[i]});
  }
}

std::vector<Column> perception_columns(const std::string& code) {
  auto columns = landlord_columns(code);
  columns.push_back({"Relevant\xC2\xA0tenant population size (LCRA)", 1080.0});
  columns.push_back({"Total sample size achieved", 301.0});
  columns.push_back(
      {"Were weighted responses used to calculate tenant perception measures", "Yes"});
  add_question(columns, "TP01", {355.4, 284.1, 91.5, 61.6, 67.4});
  columns.push_back(
      {"Proportion of respondents who report that they are satisfied with the "
       "overall service provided by their landlord (TP01)",
       74.4});
  add_question(columns, "TP09", {10, 20, 30, 40, 50});
  columns.push_back(
      {"Number of respondents who report that they have made a complaint to their landlord",
       160.0});
  columns.push_back(
      {"Number of respondents who report that they have not made a complaint to their landlord",
       141.0});
  add_question(columns, "TP12", {1, 2, 3, 4, 5});
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

std::vector<Column> management_columns(const std::string& code) {
  auto columns = landlord_columns(code);
  columns.push_back({"Number of dwellings checked (BS01 Numerator)", 8853.0});
  columns.push_back({"Number of dwellings to be checked (BS01 Denominator) 5", 8856.0});
  columns.push_back({"Proportion of homes checked (BS01)", 100.0});
  columns.push_back({"Repairs completed in time (RP02 1 Numerator)5", "[E]"});
  columns.push_back({"Repairs completed (RP02 1 Denominator)5", "[E]"});
  columns.push_back({"LCHO - Stage one complaints made (CH01 1 Numerator)", "[X]"});
  columns.push_back({"LCHO - Dwelling units (CH01 1 Denominator)", "[X]"});
  return columns;
}

SmallSheet sheet_of(const std::string& name, const std::vector<std::vector<Column>>& lines) {
  SmallSheet sheet{name, {{"TSM25 something"}, {"Notes:"}}};
  auto& headings = sheet.rows.emplace_back();
  for (const auto& column : lines.front()) headings.emplace_back(column.heading);
  for (const auto& line : lines) {
    auto& row = sheet.rows.emplace_back();
    for (const auto& column : line) row.push_back(column.value);
  }
  return sheet;
}

class TsmImport : public ::testing::Test {
 protected:
  Result<capture::ImportReport> load(const std::vector<SmallSheet>& sheets,
                                     capture::ImportOptions options = {}) {
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

  TestFolder folder_{"tsm"};
  KeptObservations store_;
};

TEST_F(TsmImport, ColumnsAreFoundByTheirHeadingsWhereverTheyStand) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    KeptObservations fresh;
    std::swap(store_, fresh);
    auto perception = perception_columns("4878");
    auto management = management_columns("4878");
    perception.push_back({"Number of respondents who own a cat (NEW)", 12.0});
    std::mt19937 shuffle(seed);
    std::shuffle(perception.begin(), perception.end(), shuffle);
    std::shuffle(management.begin(), management.end(), shuffle);
    const auto report = load({sheet_of("TSM25_LCRA_Perception", {perception}),
                              sheet_of("TSM25_Management _Info", {management})});
    ASSERT_TRUE(report) << to_text(report.error());
    EXPECT_TRUE(report->committed);
    EXPECT_THAT(report->notes, Contains(HasSubstr("the heading 'Number of respondents who own a "
                                                  "cat (NEW)' is not known; left out")));
    EXPECT_THAT(measure("BS01", "LCRA+LCHO"),
                ElementsAre("BS01", "1", "4878", "LCRA+LCHO", "2024-04-01", "2025-04-01", "8853",
                            "8856", std::nullopt));
    EXPECT_EQ(measure("SURVEY", "LCRA")[6], "301");
    EXPECT_EQ(measure("SURVEY", "LCRA")[7], "1080");
    EXPECT_THAT(tally("TP12"), ElementsAre("TP12", "1", "4878", "LCRA", "2024-04-01", "2025-04-01",
                                           "1", "2", "3", "4", "5", std::nullopt, std::nullopt,
                                           std::nullopt, "1", std::nullopt, std::nullopt));
    EXPECT_EQ(tally("TP09")[12], "160");
    EXPECT_EQ(tally("TP09")[13], "141");
  }
}

TEST_F(TsmImport, WeightedCountsAreExactAndTheUnweightedAnswersAreKept) {
  const auto report = load({sheet_of("TSM25_LCRA_Perception", {perception_columns("4878")})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(tally("TP01")[6], "355.4");
  EXPECT_EQ(tally("TP01")[14], "1");
  EXPECT_EQ(tally("TP01")[15], "860");
  EXPECT_EQ(tally("TP01_UNWEIGHTED")[6], "342");
  EXPECT_EQ(tally("TP01_UNWEIGHTED")[14], "0");
  EXPECT_THAT(report->notes, IsEmpty());
}

TEST_F(TsmImport, MarksAreKeptAsTheReasonForMissingFigures) {
  ASSERT_TRUE(load({sheet_of("TSM25_Management_Info", {management_columns("4878")})})->committed);
  EXPECT_EQ(measure("RP02_1", "LCRA")[6], std::nullopt);
  EXPECT_EQ(measure("RP02_1", "LCRA")[8], "E");
  EXPECT_EQ(measure("CH01_1", "LCHO")[8], "X");
}

TEST_F(TsmImport, ALandlordCodeIsTextEvenInANumericCell) {
  auto columns = management_columns("4878");
  columns[1].value = 4878.0;
  ASSERT_TRUE(load({sheet_of("TSM25_Management_Info", {columns})})->committed);
  EXPECT_EQ(store_.rows("areas").count({"4878"}), 1u);
}

TEST_F(TsmImport, ADifferenceToThePublishedFigureIsANote) {
  auto columns = management_columns("4878");
  columns[5].value = 99.9;
  const auto report = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_THAT(report->notes, Contains(HasSubstr("BS01 LCRA+LCHO: published as 99.9, and its "
                                                "figures give 100.0")));
}

TEST_F(TsmImport, ABadCellRefusesItsLineAndNamesSheetLineColumnAndHeading) {
  auto bad = management_columns("L2");
  bad[3].value = std::string("about 9,000");
  const auto sheets = {sheet_of("TSM25_Management_Info", {management_columns("4878"), bad})};
  const auto report = load(sheets);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->committed);
  ASSERT_EQ(report->refusals.size(), 1u);
  EXPECT_EQ(report->refusals[0].sheet, "TSM25_Management_Info");
  EXPECT_EQ(brief(report->refusals[0]),
            "5:4 Number of dwellings checked (BS01 Numerator) QD1005 'about 9,000' is neither a "
            "number nor a mark");
  const auto rest = load(sheets, {.dry_run = false, .good_lines = true});
  ASSERT_TRUE(rest && rest->committed);
  EXPECT_EQ(store_.rows("areas").size(), 1u);
}

TEST_F(TsmImport, ALandlordThatStandsTwiceIsRefusedNamingTheFirstLine) {
  const auto report = load({sheet_of("TSM25_Management_Info",
                                     {management_columns("4878"), management_columns("4878")})});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->refusals.size(), 1u);
  EXPECT_EQ(brief(report->refusals[0]),
            "5:2 Landlord code QD1008 landlord 4878 stands on line 4 already");
}

TEST_F(TsmImport, ACodeTooLongForTheStoreAndACountBeyondBeliefAreRefusedByTheirCells) {
  auto long_code = management_columns(std::string(129, 'L'));
  auto huge = management_columns("4879");
  huge[4].value = 1'000'000'001.0;
  const auto report = load({sheet_of("TSM25_Management_Info", {long_code, huge})});
  ASSERT_TRUE(report) << to_text(report.error());
  ASSERT_EQ(report->refusals.size(), 2u);
  EXPECT_THAT(brief(report->refusals[0]), HasSubstr("4:2 Landlord code QD1005"));
  EXPECT_THAT(brief(report->refusals[0]),
              HasSubstr("is 129 bytes long, and at most 128 are taken"));
  EXPECT_EQ(brief(report->refusals[1]),
            "5:5 Number of dwellings to be checked (BS01 Denominator) 5 QD1012 1000000001 is more "
            "than 1,000,000,000");
}

TEST_F(TsmImport, HalfOfAMeasureIsAnError) {
  auto columns = management_columns("4878");
  columns.erase(columns.begin() + 4);
  const auto report = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingMissing);
  EXPECT_THAT(report.error().message, HasSubstr("the denominator of BS01 (LCRA+LCHO)"));
}

TEST_F(TsmImport, TwoHeadingsThatMeanTheSameAreAnError) {
  auto columns = management_columns("4878");
  columns.push_back({"Dwellings checked, again (BS01 Numerator)", 1.0});
  const auto report = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingUnknown);
  EXPECT_THAT(report.error().message, HasSubstr("columns D and K"));
}

TEST_F(TsmImport, AWorkbookOfSomethingElseIsAnError) {
  const auto report = load({{"Budget", {{"a", 1.0}}}});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingMissing);
}

TEST_F(TsmImport, AKnownLandlordKeepsItsNameAndAnotherYearAddsNoArea) {
  ASSERT_TRUE(load({sheet_of("TSM25_Management_Info", {management_columns("4878")})})->committed);
  auto next = management_columns("4878");
  next[0].value = std::string("Sample Homes Group");
  const auto report = load({sheet_of("TSM26_Management_Info", {next})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(store_.rows("areas").at({"4878"})[1], "Sample Homes");
  EXPECT_THAT(report->notes, Contains(HasSubstr("is called 'Sample Homes Group' here")));
  EXPECT_EQ(report->tables.at(0).first, "areas");
  EXPECT_EQ(report->tables.at(0).second.unchanged, 1);
  EXPECT_EQ(store_.rows("measure_observations")
                .count({"BS01", "1", "4878", "LCRA+LCHO", "2025-04-01", "2026-04-01"}),
            1u);
}

TEST_F(TsmImport, LandlordsWithoutFiguresAreNoted) {
  const SmallSheet out = {"TSM25_Perception_Not_Inc",
                          {{"TSM25 Perception Not Included"},
                           {"Landlord name", "Landlord code", "Notes from RSH"},
                           {"Far Homes", "41UB", "wording differed"}}};
  const auto report = load({sheet_of("TSM25_Management_Info", {management_columns("4878")}), out});
  ASSERT_TRUE(report && report->committed);
  EXPECT_THAT(report->notes, Contains("TSM25_Perception_Not_Inc: Far Homes (41UB) has no figures: "
                                      "wording differed"));
}

struct Meaning {
  const char* heading;
  capture::rsh::TsmRole role;
  const char* measure;
  const char* tenure;
};
class TsmHeadings : public ::testing::TestWithParam<Meaning> {};

TEST_P(TsmHeadings, AreReadForTheirMeaning) {
  const capture::rsh::TsmHeading heading = capture::rsh::read_tsm_heading(GetParam().heading);
  EXPECT_EQ(heading.role, GetParam().role);
  EXPECT_EQ(heading.measure, GetParam().measure);
  EXPECT_EQ(heading.tenure, GetParam().tenure);
}

INSTANTIATE_TEST_SUITE_P(
    Tsm, TsmHeadings,
    ::testing::Values(
        // The words are of TP06, the suffix says TP05: the suffix is right.
        Meaning{"Number of respondents who report that they are very satisfied that their landlord "
                "listens to their views and acts upon them (TP05)",
                capture::rsh::TsmRole::kVeryPositive, "TP05", ""},
        Meaning{
            "Number of respondents who report that they strongly disagree that they are treated "
            "fairly and with respect (TP08)8",
            capture::rsh::TsmRole::kVeryNegative, "TP08", ""},
        Meaning{"Number of respondents who report that they neither agree nor disagree (TP08)",
                capture::rsh::TsmRole::kNeither, "TP08", ""},
        Meaning{"Number of respondents who report that they agree (TP08)",
                capture::rsh::TsmRole::kFairlyPositive, "TP08", ""},
        Meaning{
            "Number of respondents who report that they do not live in a building with communal "
            "areas, either inside or outside",
            capture::rsh::TsmRole::kFilterNo, "TP10", ""},
        Meaning{"Number of respondents who report that their landlord has carried out a repair to "
                "their home in the last 12 months (TP03)",
                capture::rsh::TsmRole::kFilterYes, "TP03", ""},
        Meaning{"Proportion of res\xC2\xADpondents satisfied (TP09)7",
                capture::rsh::TsmRole::kPublished, "TP09", ""},
        Meaning{"Proportion of respondents who report that they are satisfied with the overall "
                "service from their landlord (TP01) for each survey method - Internet6",
                capture::rsh::TsmRole::kContext, "", ""},
        Meaning{"Dwellings with lifts inspected (BS05 Numerator) 5",
                capture::rsh::TsmRole::kNumerator, "BS05", "LCRA+LCHO"},
        Meaning{"Emergency repairs completed (RP02 (2) Denominator)",
                capture::rsh::TsmRole::kDenominator, "RP02_2", "LCRA"},
        Meaning{"LCRA - Number of stage one complaints made (CH02 1 Denominator)5 ",
                capture::rsh::TsmRole::kDenominator, "CH02_1", "LCRA"},
        Meaning{"Combined \xE2\x80\x93 Number of stage two complaints per 1,000 homes (CH01 2)",
                capture::rsh::TsmRole::kPublished, "CH01_2", "COMBINED"},
        Meaning{"Number of stage one complaints (CH01 1 Numerator)",
                capture::rsh::TsmRole::kUnknown, "", ""},
        Meaning{"Landlord TSM Publication URL1", capture::rsh::TsmRole::kContext, "", ""},
        Meaning{"Weighting characteristic 1\xE2\x80\x8B", capture::rsh::TsmRole::kContext, "", ""},
        Meaning{"Relevant\xC2\xA0tenant population size (LCHO)", capture::rsh::TsmRole::kPopulation,
                "", ""},
        Meaning{"Landlord favourite colour", capture::rsh::TsmRole::kUnknown, "", ""}));

}  // namespace
}  // namespace qd::test
