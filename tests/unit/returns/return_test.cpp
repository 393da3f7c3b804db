// What the Executive's return says, sheet by sheet.
#include "core/returns/return.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/model/digest.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/sheets.hpp"
#include "tests/unit/returns/seen_sheets.hpp"

namespace qd {
namespace {

TEST_F(SampleReturn, TheSameRequestGivesTheSameBytes) {
  const auto first = returns::build_return({store_, store_, store_}, sample::request());
  ASSERT_TRUE(first) << to_text(first.error());
  const auto second = returns::build_return({store_, store_, store_}, sample::request());
  EXPECT_EQ(first->workbook, second->workbook);
  EXPECT_EQ(first->sha256, sha256(first->workbook));
  EXPECT_EQ(first->file_name, "executive-FY2026-27-Q2-r1.xlsx");
  EXPECT_EQ(first->fact_runs, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_F(SampleReturn, FrozenRunsGiveTheSameBytesAfterNewerOnes) {
  const auto first = returns::build_return({store_, store_, store_}, sample::request());
  sample::add_existing(store_);  // newer runs, of the same age
  returns::ReturnRequest frozen = sample::request();
  frozen.fact_runs = first->fact_runs;
  EXPECT_EQ(returns::build_return({store_, store_, store_}, frozen)->sha256, first->sha256);
  EXPECT_NE(returns::build_return({store_, store_, store_}, sample::request())->sha256,
            first->sha256);
}

TEST_F(SampleReturn, WhatWasNotKnownYetIsNotShown) {
  returns::ReturnRequest early = sample::request();
  early.as_of = sample::kComputed - std::chrono::hours{1};
  EXPECT_EQ(returns::build_return({store_, store_, store_}, early).error().code,
            ErrorCode::kReturnHasNoFacts);
}

TEST_F(SampleReturn, ALandlordWithoutFiguresHasNoReturn) {
  returns::ReturnRequest other = sample::request();
  other.area = "ZZ99";
  const auto built = returns::build_return({store_, store_, store_}, other);
  ASSERT_FALSE(built);
  EXPECT_EQ(built.error().code, ErrorCode::kReturnHasNoFacts);
  EXPECT_EQ(built.error().message, "there is no figure of 'ZZ99' for FY2026-27-Q2");
  other.area = "NOWHERE";
  EXPECT_EQ(returns::build_return({store_, store_, store_}, other).error().code,
            ErrorCode::kReturnHasNoFacts);
}

TEST_F(SampleReturn, TheSummaryHasThePyramidAndPlainSentences) {
  const render::Sheet sheet = returns::sheets::summary_sheet(contents());
  EXPECT_EQ(look(sheet, {"Level 4, substantial involvement"}, "Persons engaged"), "12");
  EXPECT_EQ(look(sheet, {"Level 2, armchair commentators"}, "Persons engaged"), "87");
  EXPECT_EQ(look(sheet, {"Levels 2 to 4, each person once"}, "Persons engaged"), "113");
  EXPECT_EQ(look(sheet, {"Levels 2 to 4, each person once"}, "Active persons"), "[x]");
  EXPECT_TRUE(says(sheet,
                   "113 people were engaged at levels 2 to 4 in July to September 2026, 7 more "
                   "than in April to June 2026. Each is counted once."));
  EXPECT_TRUE(says(sheet,
                   "They gave 176.1 hours of their own time; 5 policies were subject to "
                   "consultation."));
  EXPECT_TRUE(says(sheet,
                   "Overall satisfaction (TP01, LCRA) is 84.4 %, 79.6 to 89.2 at 95 % confidence "
                   "(Jul to Sep 2026)."));
  EXPECT_TRUE(
      says(sheet, "Homes waiting for a required safety check: Gas safety checks (BS01) 3."));
  EXPECT_TRUE(says(sheet,
                   "Residents measured 5 of 6 community owned indicators this quarter, in 3 "
                   "neighbourhoods."));
  ASSERT_TRUE(sheet.chart);
  EXPECT_NE(sheet.chart->alternative_text.find("Level 3, peripheral involvement: 18 persons."),
            std::string::npos);
}

TEST_F(SampleReturn, ThePyramidIsCentred) {
  const auto sheet = returns::sheets::chart_sheet(contents());
  ASSERT_TRUE(sheet);
  for (const render::Row& row : sheet->table.rows) {
    const double space = std::stod(text(row.cells[1])), size = std::stod(text(row.cells[2]));
    EXPECT_DOUBLE_EQ(2 * space + size, 87) << text(row.cells[0]);
  }
}

TEST_F(SampleReturn, InvolvementIsShownForTheLandlordAndEachNeighbourhood) {
  const render::Sheet sheet = involvement_sheet(contents());
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV1.T"}, "Jul to Sep 2026"), "113");
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV1.T"}, "Year to date, Apr to Sep 2026"), "158");
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV1.T"}, "Jul to Sep 2025"), "85");
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV2.T"}, "Jul to Sep 2026"), "176.1");
  EXPECT_EQ(look(sheet, {"Canal Side", "INV3"}, "Jul to Sep 2026"), "1");
  EXPECT_EQ(look(sheet, {"Lock House"}, "Code"), "no such row") << "a block would expose people";
}

TEST_F(SampleReturn, TiesAreRoundedUp) {
  const render::Sheet sheet = existing_sheet(contents());
  EXPECT_EQ(look(sheet, {"TP03"}, "Jul to Sep 2026"), "77.3");  // 309/400 = 77.25
  EXPECT_EQ(look(sheet, {"TP10"}, "Jul to Sep 2026"), "66.3");  // 424/640 = 66.25
}

TEST_F(SampleReturn, APerfectPercentageStandsBesideTheHomesItHides) {
  const render::Sheet sheet = existing_sheet(contents());
  EXPECT_EQ(look(sheet, {"BS01"}, "Jul to Sep 2026"), "100.0");
  EXPECT_EQ(look(sheet, {"BS01"}, "Homes outstanding"), "3");
  EXPECT_EQ(look(sheet, {"BS01"}, "Status"),
            "3 homes outstanding; indicative, not the regulatory TSM");
  EXPECT_EQ(look(sheet, {"BS02"}, "Homes outstanding"), "0");
  EXPECT_EQ(look(sheet, {"RP01"}, "Homes outstanding"), "20");
  EXPECT_EQ(look(sheet, {"TP01", "LCRA"}, "Homes outstanding"), "[z]");
}

TEST_F(SampleReturn, AMissingFigureIsAMarkNeverZero) {
  const render::Sheet sheet = existing_sheet(contents());
  EXPECT_EQ(look(sheet, {"BS05"}, "Jul to Sep 2026"), "[u]");
  EXPECT_EQ(look(sheet, {"BS05"}, "Numerator"), "[x]");
  EXPECT_EQ(look(sheet, {"BS05"}, "Status"), "No case to measure");
  EXPECT_EQ(look(sheet, {"TP12"}, "Jul to Sep 2026"), "[x]") << "defined, but nothing captured";
  EXPECT_EQ(look(sheet, {"TP12"}, "Status"), "Not available");
}

TEST_F(SampleReturn, ASampleSaysHowSureItIs) {
  const render::Sheet sheet = existing_sheet(contents());
  EXPECT_EQ(look(sheet, {"TP01", "LCRA"}, "Answers"), "301");
  EXPECT_EQ(look(sheet, {"TP01", "LCRA"}, "Margin, plus or minus points"), "4.8");
  EXPECT_EQ(look(sheet, {"TP01", "LCRA"}, "Status"),
            "Indicative, not the regulatory TSM; provisional [p]; answers weighted");
  EXPECT_EQ(look(sheet, {"TP01", "LCHO"}, "Status"), "Indicative, not the regulatory TSM")
      << "the sample is asked for of a year";
  EXPECT_EQ(look(sheet, {"RP01"}, "Margin, plus or minus points"), "[z]");
}

TEST_F(SampleReturn, ACopiStandsBesideEachIndicatorItIsLinkedTo) {
  const render::Sheet sheet = copi_sheet(contents());
  EXPECT_EQ(sheet.table.rows.size(), 7u);
  EXPECT_EQ(look(sheet, {"COPI-A-C02", "TP10"}, "Jul to Sep 2026"), "92.9");
  EXPECT_EQ(look(sheet, {"COPI-A-C02", "TP10"}, "Landlord's figure"), "66.3");
  EXPECT_EQ(look(sheet, {"COPI-A-C02", "TP10"}, "How it is linked, and how strongly"),
            "Shows locally, 2 moderate");
  EXPECT_EQ(look(sheet, {"COPI-C-C28", "INV3"}, "Landlord's figure"), "5");
  EXPECT_EQ(look(sheet, {"COPI-C-C28", "INV3"}, "Jul to Sep 2026"), "[u]") << "eleven answers";
  EXPECT_EQ(look(sheet, {"COPI-C-C24", "TP08"}, "Landlord's figure"), "[x]") << "not held here";
}

TEST_F(SampleReturn, ACopiWithoutALinkIsShownAllTheSame) {
  store_.links_.clear();
  const render::Sheet sheet = copi_sheet(contents());
  EXPECT_EQ(sheet.table.rows.size(), 6u);
  EXPECT_EQ(look(sheet, {"COPI-A-C02"}, "Existing PI"), "[z]");
}

TEST_F(SampleReturn, NotesTellWhoMadeTheFiguresFromWhat) {
  const render::Sheet sheet = note_sheet(contents());
  const std::string origin = look(sheet, {"Run 8, copis, FY2026-27-Q2"}, "Note");
  EXPECT_NE(origin.find("Family version 1.0.0, interface 1.0, library SHA-256 aaaa"),
            std::string::npos);
  EXPECT_NE(origin.find("digest bbbb"), std::string::npos);
  EXPECT_EQ(look(sheet, {"involvement, run 5"}, "Note"),
            "participation without minutes: counted as active, no hours (3 times)");
  for (const char* mark : {"[x]", "[z]", "[u]", "[p]"}) {
    EXPECT_NE(look(sheet, {mark}, "Note"), "no such row") << mark;
  }
  for (const char* mark : {"[c]", "[r]", "[b]"}) {
    EXPECT_EQ(look(sheet, {mark}, "Note"), "no such row") << mark << ": nothing carries it";
  }
}

TEST_F(SampleReturn, EveryDefinitionShownHasItsWords) {
  const render::Sheet sheet = returns::sheets::definition_sheet(contents());
  EXPECT_EQ(look(sheet, {"RP01"}, "Denominator"), "homes the standard applies to");
  EXPECT_EQ(look(sheet, {"INV3"}, "Denominator"), "[z]");
  EXPECT_EQ(look(sheet, {"TP12"}, "In force"), "From 1 April 2023");
}

// A run of the sample's quarter that failed; its number.
std::int64_t fail_run(MemoryFactStore& store, const char* family, const char* version,
                      RunFailure failure, const char* reason) {
  qd::Run failed;
  failed.family = family;
  failed.family_version = version;
  failed.period = sample::quarter().id();
  failed.as_of = failed.started_at = sample::kComputed;
  failed.finished_at = sample::kComputed;
  failed.id = *store.begin_run(failed, sample::kComputed);
  failed.failure = failure;
  failed.reason = reason;
  static_cast<void>(store.fail_run(failed));
  return failed.id;
}

TEST_F(SampleReturn, AFamilyThatFailedIsNamedAndTheReturnIsStillMade) {
  MemoryFactStore store;
  sample::add_areas(store);
  sample::add_involvement(store);
  fail_run(store, "copis", "1.2.0", RunFailure::kStopped, "stopped with signal 11");
  const auto built = returns::build_return({store, store, store}, sample::request());
  ASSERT_TRUE(built) << to_text(built.error());
  const auto gathered = returns::content::gather({store, store, store}, sample::request());
  EXPECT_EQ(look(note_sheet(*gathered), {"Not computed", "copis"}, "Note"),
            "No figure of this family for FY2026-27-Q2: run 6 failed: not computed: family copis "
            "1.2.0 stopped with signal 11.");
  EXPECT_TRUE(says(returns::sheets::summary_sheet(*gathered),
                   "Not computed: family copis, run 6 failed: not computed: family copis 1.2.0 "
                   "stopped with signal 11."));
  const render::Sheet copis = copi_sheet(*gathered);
  EXPECT_TRUE(says(copis,
                   "Not computed for this period: run 6 failed: not computed: family copis 1.2.0 "
                   "stopped with signal 11."));
  EXPECT_EQ(look(copis, {"[x]"}, "COPI"), "[x]");
  for (const std::string& sentence : involvement_sheet(*gathered).paragraphs)
    EXPECT_FALSE(sentence.starts_with("Not computed")) << sentence << " is of another section";
  EXPECT_NE(
      look(returns::sheets::cover_sheet(*gathered), {"Completeness"}, "What it is").find("copis"),
      std::string::npos);
}

// Where a section holds several families, the sentence says which of them.
TEST_F(SampleReturn, OfASectionOfTwoFamiliesTheOneThatFailedIsNamed) {
  MemoryFactStore store;
  sample::add_areas(store);
  sample::add_involvement(store);
  fail_run(store, "copis", "1.2.0", RunFailure::kStopped, "stopped with signal 11");
  auto gathered = returns::content::gather({store, store, store}, sample::request());
  returns::plan::Section both = gathered->sections.back();
  both.families = {"involvement", "copis"};
  gathered->sections.push_back(both);
  EXPECT_TRUE(says(returns::sheets::section_sheet(*gathered, gathered->sections.back()),
                   "Not computed for this period, family copis: run 6 failed: not computed: family "
                   "copis 1.2.0 stopped with signal 11."));
}

TEST_F(SampleReturn, AFamilyThatFailedTheLastTimeIsShownAsItWasAndNamed) {
  MemoryFactStore store;
  sample::add_areas(store);
  sample::add_involvement(store);
  const auto before = returns::content::gather({store, store, store}, sample::request());
  ASSERT_TRUE(before->out_of_date.empty());
  const auto failed = fail_run(store, "involvement", "1.0.0", RunFailure::kTimedOut,
                               "took longer than 30 s and was stopped");
  const auto gathered = returns::content::gather({store, store, store}, sample::request());
  ASSERT_EQ(gathered->out_of_date.size(), 1u);
  const auto shown = gathered->out_of_date[0].shown_run;
  EXPECT_LT(shown, failed);
  const std::string reason = fmt::format(
      "run {} failed: not computed: family involvement 1.0.0 took longer than 30 s and was stopped",
      failed);
  EXPECT_EQ(look(note_sheet(*gathered), {"Not up to date", "involvement"}, "Note"),
            fmt::format("The figures of this family for FY2026-27-Q2 are those of run {}: {}.",
                        shown, reason));
  EXPECT_TRUE(
      says(returns::sheets::summary_sheet(*gathered),
           fmt::format("Not up to date: family involvement, whose figures are those of run {}: {}.",
                       shown, reason)));
  EXPECT_NE(look(returns::sheets::cover_sheet(*gathered), {"Completeness"}, "What it is")
                .find("Not up to date: involvement."),
            std::string::npos);
}

// Refused, in quarantine: such a family leaves no run that could tell.
TEST_F(SampleReturn, AFamilyThatCouldNotBeComputedAnewIsNamed) {
  auto request = sample::request();
  request.not_prepared = {
      {"involvement", "not computed: family involvement refused: it has no title"},
      {"walkabouts", "not computed: family walkabouts refused: it is no library"}};
  const auto gathered = returns::content::gather({store_, store_, store_}, request);
  ASSERT_EQ(gathered->out_of_date.size(), 1u);
  EXPECT_EQ(gathered->out_of_date[0].family, "involvement");
  EXPECT_EQ(gathered->out_of_date[0].reason,
            "not computed: family involvement refused: it has no title");
  ASSERT_EQ(gathered->not_computed.size(), 1u);
  EXPECT_EQ(gathered->not_computed[0].family, "walkabouts");

  request.not_prepared = {{"", "the folder of families cannot be read"}};
  EXPECT_EQ(returns::content::gather({store_, store_, store_}, request)->out_of_date.size(), 3u);
}

TEST_F(SampleReturn, AFailedLookBackSaysNothingOfWhatIsShown) {
  qd::Run failed = *store_.run(1).value();
  failed.as_of -= std::chrono::hours{1};
  failed.id = *store_.begin_run(failed, sample::kComputed);
  failed.finished_at = sample::kComputed;
  static_cast<void>(store_.fail_run(failed));
  EXPECT_TRUE(
      returns::content::gather({store_, store_, store_}, sample::request())->out_of_date.empty());
}

TEST_F(SampleReturn, AnotherDefinitionBreaksTheSeries) {
  for (Definition& definition : store_.definitions_) {
    if (definition.code != "INV3") continue;
    Definition second = definition;
    second.version = 2;
    second.comparable_with_previous = false;
    store_.definitions_.push_back(second);
    break;
  }
  for (Fact& fact : store_.facts_) {
    if (fact.indicator == "INV3" && fact.period == sample::quarter().id()) fact.version = 2;
  }
  const render::Sheet sheet = involvement_sheet(contents());
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV3"}, "Jul to Sep 2026"), "5");
  EXPECT_EQ(look(sheet, {"Quarterday Homes", "INV3"}, "Apr to Jun 2026"), "[b]");
}

TEST(ReturnOfAYear, ShowsTheRegulatorsMeasuresAsFinal) {
  MemoryFactStore store;
  sample::fill(store);
  returns::ReturnRequest request = sample::request();
  request.period = Period::year(2025);
  request.audience = "Board and tenants";
  const auto built = returns::build_return({store, store, store}, request);
  ASSERT_TRUE(built) << to_text(built.error());
  EXPECT_EQ(built->file_name, "board-and-tenants-FY2025-26-r1.xlsx");
  const render::Sheet sheet =
      existing_sheet(*returns::content::gather({store, store, store}, request));
  EXPECT_EQ(look(sheet, {"TP03"}, "Year 2025/26"), "77.3");
  EXPECT_EQ(look(sheet, {"TP03"}, "Status"), "Final");
  EXPECT_EQ(look(sheet, {"TP01", "LCHO"}, "Status"), "Fewer than the 172 answers asked for");
}

TEST(Words, SayPeriodsAndNumbersPlainly) {
  EXPECT_EQ(returns::content::words::period(Period::quarter(2025, 4)), "January to March 2026");
  EXPECT_EQ(returns::content::words::period(Period::year(2025)), "April 2025 to March 2026");
  EXPECT_EQ(returns::content::words::short_period(Period::year(1999)), "Year 1999/00");
  EXPECT_EQ(returns::content::words::year_to_date(Period::quarter(2025, 4)),
            "Year to date, Apr 2025 to Mar 2026");
  EXPECT_EQ(returns::content::words::grouped("1234567.8"), "1,234,567.8");
  EXPECT_EQ(returns::content::words::grouped("-1234"), "-1,234");
  EXPECT_EQ(returns::content::words::grouped("999"), "999");
  EXPECT_EQ(returns::content::words::counted("1", "home", "homes"), "1 home");
  EXPECT_EQ(returns::content::words::breakdown("level=2;sex=F"), "level 2, sex F");
  EXPECT_EQ(returns::content::words::breakdown("tenure=LCRA"), "LCRA");
}

}  // namespace
}  // namespace qd
