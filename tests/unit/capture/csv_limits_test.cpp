#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/capture/csv/import_csv.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/unit/capture/csv_folder.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CsvLimits : public CsvFolder {};
class CsvAreas : public CsvFolder {};

TEST_F(CsvLimits, ATextTooLongForTheStoreIsRefusedByItsCellAndCostsNoOther) {
  const std::string longest(kKeyTextBytes, 'x');
  const auto report = load("areas",
                           "code,name,kind,valid_from\n" + longest + ",n,landlord,2020-04-01\n" +
                               longest + "y,n,landlord,2020-04-01\nL2," +
                               std::string(kLongTextBytes + 1, 'n') + ",landlord,2020-04-01\nL3," +
                               std::string(kLongTextBytes, 'n') + ",landlord,2020-04-01\n",
                           {.dry_run = false, .good_lines = true});
  ASSERT_TRUE(report) << to_text(report.error());
  ASSERT_EQ(report->refusals.size(), 2u);
  EXPECT_THAT(brief(report->refusals[0]), HasSubstr("3:1 code QD1005 'xxx"));
  EXPECT_THAT(brief(report->refusals[0]),
              HasSubstr("is 129 bytes long, and at most 128 are taken"));
  EXPECT_THAT(brief(report->refusals[1]), HasSubstr("4:2 name QD1005 'nnn"));
  EXPECT_THAT(brief(report->refusals[1]), HasSubstr("at most 65535 are taken"));
  EXPECT_EQ(store_.rows("areas").size(), 2u);
}

TEST_F(CsvLimits, TheNumbersOfADefinitionAreBounded) {
  have_landlord();
  const std::string headings =
      "version,multiplier,divisor,decimals,code,family,title,numerator,denominator,unit,source,"
      "polarity,aggregation,area,effective_from,comparable_with_previous\n";
  const std::string rest = ",C1,copis,t,n,d,%,residents,high,flow_ratio,L1-N1,2026-04-01,1\n";
  EXPECT_THAT(
      refused("definitions", headings + "9999,1000000000,1000000000,10" + rest + "10000,1,1,1" +
                                 rest + "1,1000000001,1,1" + rest + "1,1,1000000001,1" + rest +
                                 "1,1,1,11" + rest + "9223372036854775807,1,1,1" + rest),
      ElementsAre("3:1 version QD1012 version is 10000, and 1 to 9999 is taken",
                  "4:2 multiplier QD1012 multiplier is 1000000001, and 1 to 1000000000 is taken",
                  "5:3 divisor QD1012 divisor is 1000000001, and 1 to 1000000000 is taken",
                  "6:4 decimals QD1012 decimals is 11, and 0 to 10 is taken",
                  "7:1 version QD1012 version is 9223372036854775807, and 1 to 9999 is taken"));
}

TEST_F(CsvLimits, NoCountIsBeyondAThousandMillion) {
  have_landlord();
  const std::string place = "M,1,L1,ALL,2026-04-01,2026-07-01,";
  EXPECT_THAT(
      refused("measure_observations",
              "measure,version,area,tenure,period_from,period_until,numerator,denominator\n" +
                  place + "-1000000000,1000000000\n" + place + "-1000000000.000001,1\n" + place +
                  "1,1000000000.000001\n" + place + "1,-1\n"),
      ElementsAre(
          "3:7 numerator QD1012 numerator is -1000000000.000001, and -1000000000 to 1000000000 is "
          "taken",
          "4:8 denominator QD1012 denominator is 1000000000.000001, and 0 to 1000000000 is taken",
          "5:8 denominator QD1012 denominator is -1, and 0 to 1000000000 is taken"));
  const std::vector<std::string> counts = {"very_positive",   "fairly_positive", "neither",
                                           "fairly_negative", "very_negative",   "not_applicable",
                                           "filter_yes",      "filter_no",       "responses"};
  for (const auto& count : counts) {
    SCOPED_TRACE(count);
    EXPECT_THAT(
        refused("survey_tallies", "measure,version,area,tenure,period_from,period_until," + count +
                                      "\n" + place + "1000000001\n" + place + "-1\n" + place +
                                      "1000000000\n"),
        ElementsAre(
            "2:7 " + count + " QD1012 " + count + " is 1000000001, and 0 to 1000000000 is taken",
            "3:7 " + count + " QD1012 " + count + " is -1, and 0 to 1000000000 is taken"));
  }
}

TEST_F(CsvLimits, APipeIsRefusedAndNotEmptied) {
  const auto pipe = folder_ / "areas.csv";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  NoProgress progress;
  for (const auto& file : {pipe, folder_}) {
    const auto report = capture::csv::import_csv(store_, *tables::shipped_table("areas"), {file},
                                                 {}, FixedClock{}, progress);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::kFileUnreadable);
    EXPECT_THAT(report.error().message, HasSubstr("is not a regular file"));
  }
}

TEST_F(CsvAreas, TheLineThatClosesACircleWithWhatIsStoredIsRefused) {
  have_landlord();
  ASSERT_TRUE(load("areas",
                   "code,name,kind,parent,valid_from\n"
                   "A,a,estate,L1-N1,2020-04-01\n"
                   "B,b,block,A,2020-04-01\n")
                  ->committed);
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "L1-N1,North,neighbourhood,B,2020-04-01\n"
                      "B,b,block,B,2020-04-01\n"),
              ElementsAre("2:4 parent QD1012 B lies in L1-N1 already: they would go round in a "
                          "circle",
                          "3:4 parent QD1012 an area does not lie in itself"));
  EXPECT_EQ(store_.rows("areas").at({"L1-N1"})[3], "L1");
}

TEST_F(CsvAreas, TwoLinesOfOneFileThatMakeACircleCostTheSecond) {
  have_landlord();
  ASSERT_TRUE(load("areas",
                   "code,name,kind,parent,valid_from\n"
                   "A,a,estate,L1-N1,2020-04-01\n"
                   "B,b,estate,L1-N1,2020-04-01\n")
                  ->committed);
  EXPECT_THAT(
      refused("areas",
              "code,name,kind,parent,valid_from\n"
              "A,a,estate,B,2020-04-01\n"
              "B,b,estate,A,2020-04-01\n"),
      ElementsAre("3:4 parent QD1012 A lies in B already: they would go round in a circle"));
}

TEST_F(CsvAreas, TwoAreasMayChangePlacesParentsFirst) {
  have_landlord();
  ASSERT_TRUE(load("areas",
                   "code,name,kind,parent,valid_from\n"
                   "A,a,estate,L1-N1,2020-04-01\n"
                   "B,b,estate,A,2020-04-01\n")
                  ->committed);
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "B,b,estate,L1-N1,2020-04-01\n"
                      "A,a,estate,B,2020-04-01\n"),
              IsEmpty());
  EXPECT_EQ(store_.rows("areas").at({"A"})[3], "B");
}

TEST_F(CsvAreas, AStoredAreaKeepsItsPlaceOfEarlierPeriods) {
  have_landlord();
  const std::string headings = "code,name,kind,parent,valid_from\n";
  const auto report = load("areas", headings + "L1-N1,North,neighbourhood,L1,2026-04-01\n");
  ASSERT_TRUE(report);
  ASSERT_EQ(report->refusals.size(), 1u);
  EXPECT_EQ(
      brief(report->refusals[0]),
      "2:5 valid_from QD1012 L1-N1 is in its place since 2020-04-01, and earlier periods need "
      "it there");
  EXPECT_EQ(report->refusals[0].error.hint,
            "correct the parent, or give the new place a code of its own");
  EXPECT_FALSE(report->committed);
  EXPECT_TRUE(load("areas", headings + "L1-N1,North,neighbourhood,L1,2019-04-01\n")->committed);
}

}  // namespace
}  // namespace qd::test
