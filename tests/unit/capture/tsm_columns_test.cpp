// What costs a column, what costs a measure, and what the published figures decide.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/capture/tsm_sheets.hpp"

namespace qd::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

using TsmColumnsOf = TsmSheets;

// A sheet of landlords with one question and its published figure; changed by the test.
struct Question {
  std::vector<Column> columns;

  explicit Question(const std::string& code, const std::string& measure = "TP03",
                    const std::string& about = "the time taken to complete the repair",
                    std::vector<double> answers = {30, 20, 10, 15, 25}, double published = 50) {
    columns = landlord_columns(code);
    add_question(columns, measure, about, answers);
    columns.push_back(
        {"Proportion of respondents satisfied with " + about + " (" + measure + ")", published});
  }
  Column& answer(std::size_t at) { return columns[3 + at]; }
  Column& published() { return columns[8]; }
};

SmallSheet lcra(const std::vector<std::vector<Column>>& lines) {
  return sheet_of("TSM25_LCRA_Perception", lines);
}

TEST_F(TsmColumnsOf, ADoubledColumnThatNeverDiffersIsTakenOnceAndSaid) {
  Question question("4878");
  question.columns.push_back(question.answer(1));
  const auto report = load({lcra({question.columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(tally("TP03")[7], "20");
  EXPECT_THAT(report->notes, Contains(HasSubstr("TSM25_LCRA_Perception column J: ")));
  EXPECT_THAT(report->notes,
              Contains(HasSubstr("says the same as column E, which is taken; no line differs")));
}

TEST_F(TsmColumnsOf, ADoubledColumnThatDiffersCostsItsMeasure) {
  Question question("4878");
  question.columns.push_back(question.answer(1));
  question.columns.back().value = 21.0;
  const auto report = load({lcra({question.columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_FALSE(has_tally("TP03"));
  EXPECT_THAT(report->notes,
              Contains(HasSubstr("columns E and J say the same and differ on line 4; "
                                 "neither is taken; left out")));
  EXPECT_THAT(report->notes, Contains("TSM25_LCRA_Perception: TP03 is left out: there is no column "
                                      "for 'fairly positive'"));
}

TEST_F(TsmColumnsOf, OfTwoThatDifferTheOneThatCodeAndWordsAgreeOnIsTaken) {
  Question question("4878");
  question.columns.push_back(
      {"They are fairly satisfied that their landlord provides a home that is safe (TP03)", 99.0});
  const auto report = load({lcra({question.columns})});
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(tally("TP03")[7], "20");
  EXPECT_THAT(
      report->notes,
      Contains(HasSubstr("its words are those of TP05, and column E is TP03 fairly positive "
                         "by code and words; left out")));
}

TEST_F(TsmColumnsOf, AnAnswerWithoutItsWordsIsPlacedByPositionAndSaid) {
  for (const std::size_t at : {0u, 2u, 4u}) {
    KeptObservations fresh;
    std::swap(store_, fresh);
    Question question("4878");
    question.answer(at).heading = "Number with the time taken to complete the repair (TP03)";
    const auto report = load({lcra({question.columns})});
    ASSERT_TRUE(report && report->committed);
    ASSERT_TRUE(has_tally("TP03")) << at;
    EXPECT_THAT(report->notes,
                Contains(HasSubstr("it stands where that answer is missing; taken as "
                                   "TP03 ")));
  }
}

TEST_F(TsmColumnsOf, ByPositionNeedsTheFourOthersBesideItAndThePublishedFigure) {
  const std::string nameless = "Number with the time taken to complete the repair (TP03)";
  Question two("4878");
  two.answer(0).heading = two.answer(4).heading = nameless;
  ASSERT_TRUE(load({lcra({two.columns})}));
  EXPECT_FALSE(has_tally("TP03"));

  Question apart("4878");
  apart.answer(0).heading = nameless;
  apart.columns.insert(apart.columns.begin() + 4, {"Sample or census", "Sample"});
  ASSERT_TRUE(load({lcra({apart.columns})}));
  EXPECT_FALSE(has_tally("TP03"));

  Question swapped("4878");
  swapped.answer(0).heading = nameless;
  std::swap(swapped.columns[4], swapped.columns[5]);
  ASSERT_TRUE(load({lcra({swapped.columns})}));
  EXPECT_FALSE(has_tally("TP03"));

  Question unpublished("4878");
  unpublished.answer(0).heading = nameless;
  unpublished.columns.pop_back();
  const auto report = load({lcra({unpublished.columns})});
  ASSERT_TRUE(report);
  EXPECT_FALSE(has_tally("TP03"));
  EXPECT_THAT(report->notes,
              Contains("TSM25_LCRA_Perception: TP03 LCRA is left out: column D was placed by its "
                       "position, and there is no column of published figures to hold it against"));

  Question other("4878");
  other.answer(0).heading = nameless;
  other.answer(0).value = 31.0;
  ASSERT_TRUE(load({lcra({other.columns})}));
  EXPECT_FALSE(has_tally("TP03"));
}

const char* const kRepaired =
    "Number of respondents who report that their landlord has carried out a repair to their home";

// TP03 with whether there was a repair before its answers, or after so many other columns.
std::vector<Column> filtered(bool beside, bool other_question) {
  Question question("4878");
  const std::vector<Column> filter = {{std::string(kRepaired) + " (TP03)", 90.0},
                                      {"Number who report that their landlord has not carried out "
                                       "a repair to their home (TP03)",
                                       10.0}};
  auto at = beside ? question.columns.begin() + 3 : question.columns.end();
  question.columns.insert(at, filter.begin(), filter.end());
  if (other_question) {
    question.columns.push_back({std::string(kRepaired) + " (TP02)", 80.0});
    question.columns.push_back(
        {"Number for whom it has not carried out a repair to their home (TP02)", 20.0});
  }
  return question.columns;
}

TEST_F(TsmColumnsOf, WhetherThereWasARepairNeedsItsPlaceOrBothQuestions) {
  struct Case {
    bool beside, other_question;
    std::optional<std::string> yes, no;
  };
  for (const auto& [beside, other, yes, no] :
       {Case{true, false, "90", "10"}, Case{false, true, "90", "10"},
        Case{false, false, std::nullopt, std::nullopt}}) {
    KeptObservations fresh;
    std::swap(store_, fresh);
    ASSERT_TRUE(load({lcra({filtered(beside, other)})}));
    EXPECT_EQ(tally("TP03")[12], yes) << beside << other;
    EXPECT_EQ(tally("TP03")[13], no) << beside << other;
    EXPECT_EQ(tally("TP03")[6], "30");
  }
}

TEST_F(TsmColumnsOf, CodeAloneNeedsThePublishedFigure) {
  Question vague("4878", "TP03", "something");
  vague.published().heading =
      "Proportion of respondents satisfied with the time taken to complete it (TP03)";
  const auto taken = load({lcra({vague.columns})});
  ASSERT_TRUE(taken);
  EXPECT_TRUE(has_tally("TP03")) << ::testing::PrintToString(taken->notes);
  KeptObservations fresh;
  std::swap(store_, fresh);
  vague.columns.pop_back();
  const auto report = load({lcra({vague.columns})});
  ASSERT_TRUE(report);
  EXPECT_FALSE(has_tally("TP03"));
  EXPECT_THAT(report->notes, Contains(HasSubstr("TP03 LCRA is left out: its words name no measure, "
                                                "and there is no column of published figures")));
}

TEST_F(TsmColumnsOf, CodeAndWordsNeedNoPublishedFigure) {
  Question question("4878");
  question.columns.pop_back();
  ASSERT_TRUE(load({lcra({question.columns})}));
  EXPECT_TRUE(has_tally("TP03"));
}

TEST_F(TsmColumnsOf, AMeasureOfWhichThreeLinesInFourAgreeLosesTheFourthAlone) {
  std::vector<std::vector<Column>> lines;
  for (const auto* code : {"4875", "4876", "4877", "4878"}) lines.push_back(Question(code).columns);
  lines[3][8].value = 51.0;
  const auto report = load({lcra(lines)});
  ASSERT_TRUE(report && report->committed);
  EXPECT_FALSE(has_tally("TP03"));
  EXPECT_EQ(store_.rows("survey_tallies").size(), 3u);
  EXPECT_THAT(report->notes, Contains("TSM25_LCRA_Perception line 7, 4878 TP03 LCRA: published as "
                                      "51.0, and its figures give 50.0; left out"));
}

TEST_F(TsmColumnsOf, AMeasureOfWhichFewerAgreeIsLeftOut) {
  std::vector<std::vector<Column>> lines;
  for (const auto* code : {"4875", "4876", "4878"}) lines.push_back(Question(code).columns);
  lines[2][8].value = 51.0;
  const auto report = load({lcra(lines)});
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(store_.rows("survey_tallies").size(), 0u);
  EXPECT_THAT(report->notes,
              Contains("TSM25_LCRA_Perception: TP03 LCRA is left out: its figures give "
                       "what was published on 2 of 3 lines (line 6: published as "
                       "51.0, and its figures give 50.0)"));
}

TEST_F(TsmColumnsOf, FiguresOfNoneAndOfAllAreNoWitnesses) {
  std::vector<std::vector<Column>> lines;
  const auto question = [](const char* code, std::vector<double> answers, double published) {
    return Question(code, "TP03", "the time taken to complete the repair", std::move(answers),
                    published)
        .columns;
  };
  lines.push_back(question("1", {1, 1, 0, 0, 0}, 100));
  lines.push_back(question("2", {1, 1, 0, 0, 0}, 100));
  lines.push_back(question("3", {0, 0, 1, 0, 0}, 0));
  lines.push_back(question("4878", {1, 0, 1, 0, 0}, 51));
  ASSERT_TRUE(load({lcra(lines)}));
  EXPECT_EQ(store_.rows("survey_tallies").size(), 0u);
  lines.pop_back();
  ASSERT_TRUE(load({lcra(lines)}));
  EXPECT_EQ(store_.rows("survey_tallies").size(), 3u);
}

TEST_F(TsmColumnsOf, AFigureThatTheRegulatorWithheldIsNotMade) {
  Question question("4878");
  question.published().value = std::string("[E]");
  std::vector<std::vector<Column>> lines = {question.columns};
  for (const auto* code : {"1", "2", "3"}) lines.push_back(Question(code).columns);
  const auto report = load({lcra(lines)});
  ASSERT_TRUE(report);
  EXPECT_FALSE(has_tally("TP03"));
  EXPECT_THAT(report->notes,
              Contains(HasSubstr("published as [E], and its figures give 50.0; left out")));
}

TEST_F(TsmColumnsOf, ZeroIsPublishedForNothingIn2023AndIsAQuestionIn2024) {
  auto columns = management_columns("4878");
  columns[3].value = std::string("[X]");
  columns[5].value = 0.0;
  const auto before = load({sheet_of("TSM24_Management_Info", {columns})});
  ASSERT_TRUE(before && before->committed);
  EXPECT_THAT(before->notes, Not(Contains(HasSubstr("published as 0.0"))));
  const auto after = load({sheet_of("TSM25_Management_Info", {columns})});
  ASSERT_TRUE(after && after->committed);
  EXPECT_THAT(after->notes,
              Contains("TSM25_Management_Info line 4, 4878 BS01 LCRA+LCHO: published as "
                       "0.0, and its figures give none"));
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[8], "X");
}

std::vector<Column> complaints(const std::string& tenure, double published) {
  auto columns = landlord_columns("4878");
  columns.push_back({tenure + " - Stage one complaints made (CH01 1 Numerator)", 10.0});
  columns.push_back({tenure + " - Dwelling units (CH01 1 Denominator)", 300.0});
  columns.push_back({tenure + " - Complaints per 1,000 homes (CH01 1)", published});
  return columns;
}

TEST_F(TsmColumnsOf, ComplaintsArePublishedWithoutDecimalsWhereTheLayoutSaysSo) {
  const auto taken = [&](const std::string& sheet, const std::string& tenure, double published) {
    KeptObservations fresh;
    std::swap(store_, fresh);
    EXPECT_TRUE(load({sheet_of(sheet, {complaints(tenure, published)})}));
    return store_.rows("measure_observations").size() == 1;
  };
  EXPECT_TRUE(taken("TSM24_Management_Info", "LCHO", 33));
  EXPECT_FALSE(taken("TSM24_Management_Info", "LCRA", 33));
  EXPECT_TRUE(taken("TSM24_Management_Info", "LCRA", 33.3));
  EXPECT_FALSE(taken("TSM25_Management_Info", "LCHO", 33));
  EXPECT_TRUE(taken("TSM25_Management_Info", "LCHO", 33.3));
  EXPECT_TRUE(taken("TSM31_Management_Info", "LCHO", 33));  // as the numbers look
  EXPECT_TRUE(taken("TSM31_Management_Info", "LCHO", 33.3));
  EXPECT_FALSE(taken("TSM31_Management_Info", "LCHO", 33.4));
}

TEST_F(TsmColumnsOf, ASheetWithoutCodesCostsThatSheetAlone) {
  auto nameless = Question("4878").columns;
  nameless.push_back({"Landlord code", "other"});
  const auto report =
      load({lcra({nameless}), sheet_of("TSM25_Management_Info", {management_columns("4878")})});
  ASSERT_TRUE(report && report->committed) << to_text(report.error());
  EXPECT_THAT(report->notes,
              Contains("nothing of the sheet TSM25_LCRA_Perception is loaded: it has "
                       "no column 'Landlord code' that can be taken"));
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "8853");
  const auto none = load({lcra({nameless})});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kHeadingMissing);
}

TEST_F(TsmColumnsOf, ALandlordWithoutANameIsCalledByItsCode) {
  auto columns = management_columns("4878");
  columns.erase(columns.begin());
  ASSERT_TRUE(load({sheet_of("TSM25_Management_Info", {columns})})->committed);
  EXPECT_EQ(store_.rows("areas").at({"4878"})[1], "4878");
}

TEST_F(TsmColumnsOf, AMarkInsteadOfWeightedSaysNothingAndCostsNothing) {
  Question question("4878");
  question.columns.push_back({"Were weighted responses used to calculate it", "[Z]"});
  ASSERT_TRUE(load({lcra({question.columns})})->committed);
  EXPECT_EQ(tally("TP03")[14], std::nullopt);
  question.columns.back().value = std::string("perhaps");
  const auto report = load({lcra({question.columns})});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->lines_refused, 1);
}

SmallSheet introduction(const std::string& years) {
  return {"Introduction", {{"The information relates to the reporting year " + years + "."}}};
}

TEST_F(TsmColumnsOf, TheYearIsThatOfTheWorkbooksOwnWordsAndTheyMustAgree) {
  const auto sheet = sheet_of("TSM25_Management_Info", {management_columns("4878")});
  ASSERT_TRUE(load({introduction("1 April 2024 to 31 March 2025"), sheet}));
  const auto report = load({introduction("1 April 2023 to 31 March 2024"), sheet});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message,
            "the sheet TSM25_Management_Info is of 2024-25, and Introduction is of 2023-24");
}

TEST_F(TsmColumnsOf, AGivenLayoutIsTakenInsteadAndMustBeOfTheSameYear) {
  const auto layout = folder_ / "mine.toml";
  std::ofstream(layout) << "edition = \"2024-25\"\n[[column]]\nheading = \"Homes that leak\"\n"
                           "means = \"BS01 numerator\"\n";
  auto columns = management_columns("4878");
  columns[3].heading = "Homes that leak";
  const auto sheets = {sheet_of("TSM25_Management_Info", {columns})};
  ASSERT_TRUE(load(sheets, {{}, layout})->committed);
  EXPECT_EQ(measure("BS01", "LCRA+LCHO")[6], "8853");
  const auto other = load({sheet_of("TSM24_Management_Info", {columns})}, {{}, layout});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kLayoutMalformed);
  EXPECT_THAT(other.error().message, HasSubstr("the layout is of 2024-25, and "));
  EXPECT_THAT(other.error().message, HasSubstr("is of 2023-24"));
  const auto missing = load(sheets, {{}, folder_ / "none.toml"});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kFileUnreadable);
}

TEST_F(TsmColumnsOf, AnEditionWithoutALayoutSaysSo) {
  const auto known = load({sheet_of("TSM25_Management_Info", {management_columns("4878")})});
  EXPECT_THAT(known->notes, Not(Contains(HasSubstr("there is no layout"))));
  const auto unknown = load({sheet_of("TSM31_Management_Info", {management_columns("4878")})});
  EXPECT_THAT(unknown->notes, Contains("there is no layout for 2030-31: its headings are read by "
                                       "what all editions share"));
}

}  // namespace
}  // namespace qd::test
