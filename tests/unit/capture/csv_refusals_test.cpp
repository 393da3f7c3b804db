// What a refused line leaves behind: nothing that later lines could build on, and one cause for
// all that have it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/capture/csv_folder.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CsvRefusals : public CsvFolder {
 protected:
  Result<capture::ImportReport> load_own(const TableSpec& table, const std::string& text,
                                         std::vector<TableSpec> declared, Instant now) {
    struct At final : Clock {
      explicit At(Instant instant) : instant_(instant) {}
      Instant now() const override { return instant_; }
      Instant instant_;
    };
    NoProgress progress;
    capture::ImportOptions options;
    options.declared = std::move(declared);
    return capture::csv::import_csv(store_, table, {write("own.csv", text)}, options, At(now),
                                    progress);
  }
};

TableSpec lets() {
  return {"voids_lets",
          "",
          {{"reference", ColumnKind::kText, true, "", ""},
           {"home", ColumnKind::kText, true, "", "", {}, "voids_homes"},
           {"let_on", ColumnKind::kDate, false, "", "", {}, {}, {}, {}, true},
           {"rent", ColumnKind::kMoney, false, "", "", {}, {}, Number::of(0), Number::of(500)},
           {"first_offer", ColumnKind::kYesNo, false, "", ""}},
          1,
          "voids"};
}

TableSpec homes() {
  return {"voids_homes", "", {{"code", ColumnKind::kText, true, "", ""}}, 1, "voids"};
}

std::vector<std::string> briefs(const Result<capture::ImportReport>& report) {
  std::vector<std::string> all;
  if (!report) return {to_text(report.error())};
  for (const auto& refusal : report->refusals) all.push_back(brief(refusal));
  return all;
}

TEST_F(CsvRefusals, ARefusedLineIsNotKnownToLaterOnes) {
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "L1,x,landlord,,soon\n"
                      "N1,x,neighbourhood,L1,2020-04-01\n"
                      "E1,x,estate,N1,2020-04-01\n"),
              ElementsAre("2:5 valid_from QD1005 'soon' is not a date",
                          "3:4 parent QD1007 'L1' is not known in areas",
                          "4:4 parent QD1007 'N1' is not known in areas"));
}

TEST_F(CsvRefusals, ARefusedLineDoesNotMakeALaterOneARepetition) {
  const auto report = load("areas",
                           "code,name,kind,valid_from\n"
                           "L1,x,landlord,soon\n"
                           "L1,x,landlord,2020-04-01\n"
                           "L1,y,landlord,2020-04-01\n"
                           "L1,z,landlord,2020-04-01\n",
                           {.dry_run = false, .good_lines = true});
  EXPECT_THAT(briefs(report),
              ElementsAre("2:4 valid_from QD1005 'soon' is not a date",
                          "4:1 code QD1008 the same areas record stands on line 3",
                          "5:1 code QD1008 the same areas record stands on line 3"));
  EXPECT_EQ(store_.rows("areas").at({"L1"})[1], "x");
}

// The line closes no circle, because it was not taken.
TEST_F(CsvRefusals, ARefusedLineMovesNoArea) {
  have_landlord();
  ASSERT_TRUE(load("areas",
                   "code,name,kind,parent,valid_from\n"
                   "A,a,estate,L1-N1,2020-04-01\n"
                   "B,b,estate,L1-N1,2020-04-01\n")
                  ->committed);
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "A,a,castle,B,2020-04-01\n"
                      "B,b,estate,A,2020-04-01\n"),
              ElementsAre("2:3 kind QD1005 'castle' is not taken here"));
}

TEST_F(CsvRefusals, TheWrongOrderIsOneCauseThatNamesTheTableToImportFirst) {
  have_landlord();
  std::string text = "person,level,opened_on\n";
  for (int i = 0; i < 10'020; ++i) text += fmt::format("P{},2,2026-04-01\n", i);
  const auto report = load("memberships", text);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->causes.size(), 1u);
  const auto& cause = report->causes[0];
  EXPECT_EQ(cause.code, ErrorCode::kReferenceUnknown);
  EXPECT_EQ(cause.heading, "person");
  EXPECT_EQ(cause.cause, "person is not known in persons");
  EXPECT_EQ(cause.hint, "nothing is in persons yet: import persons first");
  EXPECT_EQ(cause.lines, 10'020);
  std::vector<std::int64_t> lines;
  for (const auto& place : cause.places) lines.push_back(place.line);
  EXPECT_THAT(lines, ElementsAre(2, 3, 4, 5, 6));
}

TEST_F(CsvRefusals, CausesAreToldApartByColumnAndRuleAndNotByValue) {
  have_landlord();
  ASSERT_TRUE(load("persons", "code,relationship,area\nP1,TENANT,L1\n")->committed);
  const auto report = load("memberships",
                           "person,level,opened_on,closed_on\n"
                           "P1,5,2026-04-01,\n"
                           "P2,6,2026-04-01,soon\n"
                           "P3,2,2026-04-02,2026-04-01\n"
                           "P1,2,x,later\n");
  ASSERT_TRUE(report);
  std::vector<std::string> causes;
  for (const auto& cause : report->causes)
    causes.push_back(fmt::format("{} {}: {}", cause.lines, cause.cause, cause.hint));
  EXPECT_THAT(
      causes,
      ElementsAre("2 level is out of range: 2 to 4 is taken: check it; level: 2 armchair "
                  "commentator, 3 peripheral, 4 substantial",
                  "2 person is not known in persons: import persons first, or correct it",
                  "2 closed_on is not a date: write year-month-day, e.g. 2026-04-01",
                  "1 it was closed before it was opened: closed_on is the last day, inclusive",
                  "1 opened_on is not a date: write year-month-day, e.g. 2026-04-01"));
}

TEST_F(CsvRefusals, AColumnMayReferToATableOfTheFamily) {
  const auto now = *parse_instant("2026-07-15T12:00:00Z");
  const std::string headings = "reference,home,first_offer,rent\n";
  const auto empty = load_own(lets(), headings + "R1,H1,yes,0\n", {homes()}, now);
  EXPECT_THAT(briefs(empty), ElementsAre("2:2 home QD1007 'H1' is not known in voids_homes"));
  EXPECT_EQ(empty->refusals[0].error.hint,
            "nothing is in voids_homes yet: import voids_homes first");
  ASSERT_TRUE(load_own(homes(), "code\nH1\n", {homes(), lets()}, now)->committed);
  EXPECT_THAT(briefs(load_own(lets(), headings + "R1,H1,TRUE,500\nR2,H2,no,500.01\nR3,H1,2,1.005\n",
                              {homes()}, now)),
              ElementsAre("3:2 home QD1007 'H2' is not known in voids_homes",
                          "3:4 rent QD1012 rent is 500.01, and 0 to 500 is taken",
                          "4:4 rent QD1005 '1.005' is not a sum of money",
                          "4:3 first_offer QD1005 '2' is not yes or no"));
  ASSERT_TRUE(load_own(lets(), headings + "R1,H1,TRUE,12.34\n", {homes()}, now)->committed);
  EXPECT_THAT(store_.rows("voids_lets").at({"R1"}),
              ElementsAre("R1", "H1", std::nullopt, "1234", "1"));
}

TEST_F(CsvRefusals, ATableThatNobodyDeclaresCannotBeReferredTo) {
  const auto report = load_own(lets(), "reference,home\nR1,H1\n", {}, instant_of(0));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kTableUnknown);
  EXPECT_EQ(report.error().message,
            "column home of voids_lets refers to table voids_homes, which is not known here");
}

// In summer the day begins in London an hour before it does in UTC.
TEST_F(CsvRefusals, TodayIsTodayInLondon) {
  auto table = lets();
  table.columns[1].references.clear();
  const std::string text = "reference,home,let_on\nR1,H1,2026-07-01\n";
  EXPECT_THAT(briefs(load_own(table, text, {}, *parse_instant("2026-06-30T22:59:59Z"))),
              ElementsAre("2:3 let_on QD1012 2026-07-01 is still to come"));
  EXPECT_THAT(briefs(load_own(table, text, {}, *parse_instant("2026-06-30T23:00:00Z"))), IsEmpty());
}

}  // namespace
}  // namespace qd::test
