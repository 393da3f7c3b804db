#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/unit/capture/tsm_sheets.hpp"

namespace qd::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

using TsmImport = TsmSheets;

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
    EXPECT_THAT(report->notes, Contains(HasSubstr("'Number of respondents who own a cat (NEW)': "
                                                  "the heading is not known; left out")));
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
  EXPECT_THAT(report->notes, Not(Contains(HasSubstr("TP01"))));
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

TEST_F(TsmImport, AFigureThatIsNotWhatWasPublishedIsLeftOutWithANote) {
  auto columns = management_columns("4878");
  columns[5].value = 99.9;
  const auto report = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_THAT(report->notes,
              Contains("TSM25_Management_Info: BS01 LCRA+LCHO is left out: its figures "
                       "give what was published on 0 of 1 lines (line 4: published "
                       "as 99.9, and its figures give 100.0)"));
  EXPECT_FALSE(store_.rows("measure_observations")
                   .contains({"BS01", "1", "4878", "LCRA+LCHO", "2024-04-01", "2025-04-01"}));
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
            "5:4 Number of dwellings with gas safety checks (BS01 Numerator) QD1005 'about 9,000' "
            "is neither a "
            "number nor a mark");
  const auto rest = load(sheets, {{.dry_run = false, .good_lines = true}, {}});
  ASSERT_TRUE(rest && rest->committed);
  EXPECT_EQ(store_.rows("areas").size(), 1u);
}

TEST_F(TsmImport, ALandlordThatStandsTwiceIsRefusedWholeNamingTheOtherLine) {
  const auto report = load(
      {sheet_of("TSM25_Management_Info", {management_columns("4878"), management_columns("4878"),
                                          management_columns("4879")})},
      {{.dry_run = false, .good_lines = true}, {}});
  ASSERT_TRUE(report && report->committed);
  ASSERT_EQ(report->refusals.size(), 2u);
  EXPECT_EQ(brief(report->refusals[0]),
            "4:2 Landlord code QD1008 landlord 4878 stands on line 5 as well");
  EXPECT_EQ(brief(report->refusals[1]),
            "5:2 Landlord code QD1008 landlord 4878 stands on line 4 as well");
  EXPECT_TRUE(store_.rows("areas").contains({"4879"}));
  EXPECT_FALSE(store_.rows("areas").contains({"4878"}));
}

TEST_F(TsmImport, ACodeTooLongForTheStoreAndACountBeyondBeliefAreRefusedByTheirCells) {
  auto long_code = management_columns(std::string(129, '7'));
  auto huge = management_columns("4879");
  huge[4].value = 1'000'000'001.0;
  const auto report = load({sheet_of("TSM25_Management_Info", {long_code, huge})});
  ASSERT_TRUE(report) << to_text(report.error());
  ASSERT_EQ(report->refusals.size(), 2u);
  EXPECT_THAT(brief(report->refusals[0]), HasSubstr("4:2 Landlord code QD1005"));
  EXPECT_THAT(brief(report->refusals[0]),
              HasSubstr("is 129 bytes long, and at most 128 are taken"));
  EXPECT_EQ(brief(report->refusals[1]),
            "5:5 Number of dwellings needing gas safety checks (BS01 Denominator) 5 QD1012 "
            "denominator is 1000000001, and 0 to 1000000000 is taken");
}

TEST_F(TsmImport, HalfOfAMeasureCostsThatMeasureAlone) {
  auto columns = management_columns("4878");
  columns.erase(columns.begin() + 4);
  const auto report = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_THAT(report->notes, Contains("TSM25_Management_Info: BS01 LCRA+LCHO is left out: there is "
                                      "no column for its denominator"));
  EXPECT_EQ(measure("RP02_1", "LCRA")[8], "E");
  EXPECT_FALSE(store_.rows("measure_observations")
                   .contains({"BS01", "1", "4878", "LCRA+LCHO", "2024-04-01", "2025-04-01"}));
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

}  // namespace
}  // namespace qd::test
