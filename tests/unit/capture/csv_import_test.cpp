#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/capture/csv/csv_reader.hpp"
#include "core/capture/csv/import_csv.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/unit/capture/csv_folder.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class CsvImport : public CsvFolder {};

TEST_F(CsvImport, TakesColumnsInAnyOrderAndLeavesEmptyCellsAbsent) {
  const auto report = load("areas",
                           "kind,valid_from,code,name,parent\n"
                           "landlord,2020-04-01,00CN,Birmingham City Council,\n");
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_TRUE(report->committed);
  EXPECT_EQ(report->lines_read, 1);
  const Row expected = {
      "00CN", "Birmingham City Council", "landlord", std::nullopt, "2020-04-01", std::nullopt};
  EXPECT_EQ(store_.rows("areas").at({"00CN"}), expected);
  EXPECT_EQ(store_.last_source.name, "areas.csv");
  EXPECT_EQ(store_.last_source.sha256.size(), 64u);
}

TEST_F(CsvImport, LoadingTheSameFileTwiceChangesNothing) {
  have_landlord();
  const auto again = load("areas", kAreas);
  ASSERT_EQ(again->tables.size(), 1u);
  EXPECT_EQ(again->tables[0].second.inserted, 0);
  EXPECT_EQ(again->tables[0].second.superseded, 0);
  EXPECT_EQ(again->tables[0].second.unchanged, 2);
}

TEST_F(CsvImport, AByteOrderMarkAndWindowsLineEndsAreNoPartOfTheText) {
  const auto report = load("areas",
                           "\xEF\xBB\xBF"
                           "code,name,kind,parent,valid_from\r\n"
                           "L1,Landlord,landlord,,2020-04-01\r\n\r\n");
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->lines_read, 1);
  EXPECT_EQ(store_.rows("areas").at({"L1"})[4], "2020-04-01");
}

TEST_F(CsvImport, LinesInsideQuotationMarksAreCounted) {
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "L1,\"three\nlines\r\nlong\",landlord,,2020-04-01\n"
                      "\n"
                      "L2,\"says \"\"hello\"\"\",landlord,,soon\n"
                      "L3,\"a\nb\",landlord,,never\n"),
              ElementsAre("6:5 valid_from QD1005 'soon' is not a date",
                          "8:5 valid_from QD1005 'never' is not a date"));
}

TEST_F(CsvImport, ATextKeepsItsLineBreaksQuotesAndFormulas) {
  ASSERT_TRUE(load("areas",
                   "code,name,kind,parent,valid_from\n"
                   "L1,\"=1+1, \"\"so\"\"\n@x\",landlord,,2020-04-01\n")
                  ->committed);
  EXPECT_EQ(store_.rows("areas").at({"L1"})[1], "=1+1, \"so\"\n@x");
}

TEST_F(CsvImport, AllOrNothingKeepsNothingWhenOneLineIsRefused) {
  const auto report = load("areas",
                           "code,name,kind,parent,valid_from\n"
                           "L1,Landlord,landlord,,2020-04-01\n"
                           "L2,Landlord,castle,,2020-04-01\n");
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->committed);
  EXPECT_EQ(report->lines_refused, 1);
  EXPECT_THAT(store_.rows("areas"), IsEmpty());
}

TEST_F(CsvImport, GoodLinesKeepsTheRest) {
  const auto report = load("areas",
                           "code,name,kind,parent,valid_from\n"
                           "L1,Landlord,landlord,,2020-04-01\n"
                           "L2,Landlord,castle,,2020-04-01\n",
                           {.dry_run = false, .good_lines = true});
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->committed);
  EXPECT_EQ(report->lines_refused, 1);
  EXPECT_EQ(store_.rows("areas").size(), 1u);
}

TEST_F(CsvImport, ADryRunCountsAndKeepsNothing) {
  const auto report = load("areas", kAreas, {.dry_run = true, .good_lines = false});
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->committed);
  EXPECT_EQ(report->tables.at(0).second.inserted, 2);
  EXPECT_EQ(store_.n_commits(), 0);
}

TEST_F(CsvImport, AMissingRequiredHeadingIsAnError) {
  const auto report = load("areas", "code,name,valid_from\nL1,x,2020-04-01\n");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingMissing);
  EXPECT_THAT(report.error().message, HasSubstr("has no column kind"));
}

TEST_F(CsvImport, AnUnknownHeadingNamesTheNearestKnownOne) {
  const auto report = load("areas", "code,name,kind,vald_from\n");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingUnknown);
  EXPECT_THAT(report.error().message, HasSubstr("line 1, column 4: 'vald_from'"));
  EXPECT_EQ(report.error().hint, "did you mean 'valid_from'?");
}

TEST_F(CsvImport, SemicolonsBetweenColumnsAreNamed) {
  const auto report = load("areas", "code;name;kind;valid_from\n");
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().hint, HasSubstr("semicolons"));
}

TEST_F(CsvImport, AHeadingThatStandsTwiceIsAnError) {
  const auto report = load("areas", "code,name,name,kind,valid_from\n");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingUnknown);
  EXPECT_THAT(report.error().message, HasSubstr("twice"));
}

TEST_F(CsvImport, AFileThatIsNotThereIsAnErrorBeforeAnythingIsLoaded) {
  NoProgress progress;
  const auto report = capture::csv::import_csv(store_, *tables::shipped_table("areas"),
                                               {write("a.csv", kAreas), folder_ / "b.csv"}, {},
                                               FixedClock{}, progress);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kFileUnreadable);
}

TEST_F(CsvImport, AnEmptyFileHasNoHeadings) {
  const auto report = load("areas", "");
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kHeadingMissing);
}

TEST_F(CsvImport, Utf16IsRefusedWithAHint) {
  const auto report = load("areas", std::string("\xFF\xFE"
                                                "c\0o\0",
                                                6));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().hint, "save the file as CSV UTF-8");
}

TEST_F(CsvImport, ACellThatIsNoTextSaysWhichByte) {
  using namespace std::string_literals;
  EXPECT_THAT(refused("areas",
                      "code,name,kind,parent,valid_from\n"
                      "L1,Caf\xE9,landlord,,2020-04-01\n"
                      "L2,a\0b,landlord,,2020-04-01\n"s),
              ElementsAre("2:2 name QD1005 byte 4 of the cell is 0xE9, which is not UTF-8 text",
                          "3:2 name QD1005 byte 2 of the cell is 0x00, which is not UTF-8 text"));
}

TEST_F(CsvImport, EveryKindOfRefusedCellIsNamedByLineAndColumn) {
  have_landlord();
  EXPECT_THAT(refused("measure_observations",
                      "measure,version,area,tenure,period_from,period_until,numerator,denominator\n"
                      "BS01,one,L1,ALL,2026-04-01,2026-07-01,1,2\n"
                      "BS01,1,L1,ALL,2026-04-01,2026-07-01,\"1,000\",2000\n"
                      "BS01,1,L1,ALL,01/04/2026,2026-07-01,1,2\n"
                      "BS01,1,L1,LCRO,2026-04-01,2026-07-01,1,2\n"
                      "BS01,1,L9,ALL,2026-04-01,2026-07-01,1,2\n"
                      "BS01,,L1,ALL,2026-04-01,2026-07-01,1,2\n"
                      "BS01,1,L1,ALL,2026-07-01,2026-04-01,1,2\n"
                      "BS01 ,1,L1,ALL,2026-04-01,2026-07-01,1,2\n"
                      "BS01,1,L1,ALL,2026-04-01,2026-07-01,1\n"),
              ElementsAre("2:2 version QD1005 'one' is not a whole number",
                          "3:7 numerator QD1005 '1,000' is not a number",
                          "4:5 period_from QD1005 '01/04/2026' is not a date",
                          "5:4 tenure QD1005 'LCRO' is not taken here",
                          "6:3 area QD1007 'L9' is not known in areas",
                          "7:2 version QD1006 version is empty",
                          "8:6 period_until QD1012 it ends before it begins",
                          "9:1 measure QD1005 'BS01 ' begins or ends with a blank",
                          "10:0  QD1011 the line has 7 cells and the headings are 8"));
}

TEST_F(CsvImport, ALineWithSeveralFaultsIsOneLineAndNamesThemAll) {
  const auto report = load("areas", "code,name,kind,valid_from\n,x,castle,soon\n");
  ASSERT_TRUE(report);
  EXPECT_EQ(report->lines_refused, 1);
  EXPECT_EQ(report->refusals.size(), 3u);
}

TEST_F(CsvImport, AHintOffersTheNearestAllowedText) {
  const auto report = load("areas", "code,name,kind,valid_from\nL1,x,landlrod,2020-04-01\n");
  ASSERT_TRUE(report);
  EXPECT_THAT(report->refusals.at(0).error.hint, HasSubstr("did you mean landlord?"));
}

TEST_F(CsvImport, ARepeatedKeyIsRefusedNamingTheFirstLine) {
  EXPECT_THAT(refused("areas",
                      "code,name,kind,valid_from\n"
                      "L1,\"a\nb\",landlord,2020-04-01\n"
                      "L2,x,landlord,2020-04-01\n"
                      "L1,y,landlord,2020-04-01\n"),
              ElementsAre("5:1 code QD1008 the same areas record stands on line 2"));
}

TEST_F(CsvImport, KeysAreRepeatedByValueAndAcrossFiles) {
  have_landlord();
  const std::string headings = "measure,version,area,tenure,period_from,period_until\n";
  const auto first = write("a.csv", headings + "X,1,L1,ALL,2026-04-01,2026-07-01\n");
  const auto second = write("b.csv", headings + "X,01,L1,ALL,2026-04-01,2026-07-01\n");
  NoProgress progress;
  const auto report =
      capture::csv::import_csv(store_, *tables::shipped_table("measure_observations"),
                               {first, second}, {}, FixedClock{}, progress);
  ASSERT_TRUE(report);
  ASSERT_EQ(report->refusals.size(), 1u);
  EXPECT_EQ(report->refusals[0].file, second.string());
  EXPECT_THAT(report->refusals[0].error.message, HasSubstr("a.csv on line 2"));
}

TEST_F(CsvImport, AParentMustStandOnAnEarlierLine) {
  EXPECT_THAT(
      refused("areas",
              "code,name,kind,parent,valid_from\n"
              "E1,x,estate,N1,2020-04-01\n"
              "L1,x,landlord,,2020-04-01\n"
              "N1,x,neighbourhood,L1,2020-04-01\n"
              "E2,x,estate,N1,2020-04-01\n"
              "E3,x,estate,,2020-04-01\n"
              "L2,x,landlord,L1,2020-04-01\n"),
      ElementsAre("2:4 parent QD1007 'N1' is not known in areas",
                  "6:4 parent QD1012 a landlord has no parent, and every other area has one",
                  "7:4 parent QD1012 a landlord has no parent, and every other area has "
                  "one"));
}

TEST_F(CsvImport, MembershipsHaveLevelsAndEndAfterTheyBegin) {
  have_landlord();
  ASSERT_TRUE(load("persons", "code,relationship,area\nP0001,TENANT,L1-N1\n")->committed);
  EXPECT_THAT(refused("memberships",
                      "person,level,opened_on,closed_on\n"
                      "P0001,2,2026-04-01,2026-04-01\n"
                      "P0001,1,2026-04-01,\n"
                      "P0001,3,2026-04-02,2026-04-01\n"
                      "P0002,3,2026-04-01,\n"),
              ElementsAre("3:2 level QD1012 level is 1, and 2 to 4 is taken",
                          "4:4 closed_on QD1012 it was closed before it was opened",
                          "5:1 person QD1007 'P0002' is not known in persons"));
}

TEST_F(CsvImport, MinutesLieBetweenNoneAndAMonth) {
  EXPECT_THAT(refused("events",
                      "code,type,level,held_on,minutes,cancelled\n"
                      "E1,TRAINING,4,2026-04-01,44640,0\n"
                      "E2,TRAINING,4,2026-04-01,44641,0\n"
                      "E3,TRAINING,4,2026-04-01,-1,0\n"
                      "E4,TRAINING,4,2026-04-01,60,2\n"),
              ElementsAre("3:5 minutes QD1012 minutes is 44641, and 0 to 44640 is taken",
                          "4:5 minutes QD1012 minutes is -1, and 0 to 44640 is taken",
                          "5:6 cancelled QD1005 '2' is not yes or no"));
}

TEST_F(CsvImport, ConsultationsListLevels) {
  have_landlord();
  ASSERT_TRUE(load("policies", "code,title,area,customer_facing\nPOL1,Pets,L1,1\n")->committed);
  EXPECT_THAT(refused("consultations",
                      "code,policy,opened_on,closed_on,levels\n"
                      "C1,POL1,2026-04-01,2026-05-01,2;3;4\n"
                      "C2,POL1,2026-04-01,2026-03-31,4\n"
                      "C3,POL1,2026-04-01,,2;\n"
                      "C4,POL1,2026-04-01,,5\n"),
              ElementsAre("3:4 closed_on QD1012 it was closed before it was opened",
                          "4:5 levels QD1012 this is no list of levels",
                          "5:5 levels QD1012 this is no list of levels"));
}

TEST_F(CsvImport, ADefinitionBeginsWithAQuarterAndHasPositiveFactors) {
  have_landlord();
  const std::string headings =
      "code,version,family,title,numerator,denominator,unit,source,multiplier,divisor,decimals,"
      "polarity,aggregation,rule,area,effective_from,comparable_with_previous\n";
  const auto line = [](const std::string& code, const std::string& factors,
                       const std::string& from) {
    return code + ",1,copis,t,n,d,%,residents," + factors +
           ",1,high,flow_ratio,CHECKLIST_PCT,L1-N1," + from + ",1\n";
  };
  EXPECT_THAT(
      refused("definitions", headings + line("A", "100,1", "2026-04-01") +
                                 line("B", "100,1", "2026-05-01") + line("C", "0,1", "2026-07-01") +
                                 line("D", "100,-1", "2026-10-01")),
      ElementsAre("3:16 effective_from QD1012 a definition begins with a quarter",
                  "4:9 multiplier QD1012 multiplier is 0, and 1 to 1000000000 is taken",
                  "5:10 divisor QD1012 divisor is -1, and 1 to 1000000000 is taken"));
}

TEST_F(CsvImport, ASafetyFigureAboveItsDenominatorIsANoteAndTaken) {
  have_landlord();
  const auto report =
      load("measure_observations",
           "measure,version,area,tenure,period_from,period_until,numerator,denominator\n"
           "RC01,1,L1,ALL,2026-04-01,2026-07-01,101.5,100\n"
           "BS01,1,L1,ALL,2026-04-01,2026-07-01,8857,8856\n");
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->committed);
  ASSERT_EQ(report->notes.size(), 1u);
  EXPECT_THAT(report->notes[0], HasSubstr("line 3: the numerator is greater"));
}

TEST_F(CsvImport, AStrayQuotationMarkCostsItsLineAndNoOther) {
  EXPECT_THAT(refused("areas",
                      "code,name,kind,valid_from\n"
                      "L1,4\" pipe,landlord,2020-04-01\n"
                      "L2,\"ok\"x,landlord,2020-04-01\n"
                      "L3,fine,castle,2020-04-01\n"),
              ElementsAre("2:0  QD1011 a quotation mark stands where none may be",
                          "3:0  QD1011 a quotation mark stands where none may be",
                          "4:3 kind QD1005 'castle' is not taken here"));
}

TEST_F(CsvImport, AnUnclosedQuotationMarkNamesTheLinesItSwallowed) {
  EXPECT_THAT(refused("areas",
                      "code,name,kind,valid_from\n"
                      "L1,\"open,landlord,2020-04-01\n"
                      "L2,x,landlord,2020-04-01\n"),
              ElementsAre("2:0  QD1011 a quotation mark opens a field and none closes it (lines 2 "
                          "to 3 are lost by it)"));
}

TEST_F(CsvImport, RefusalsPastTheFirstTenThousandAreOnlyCounted) {
  std::string text = "code,name,kind,valid_from\n";
  for (int i = 0; i < 10'050; ++i) text += fmt::format("L{},x,castle,2020-04-01\n", i);
  const auto report = load("areas", text);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->lines_refused, 10'050);
  EXPECT_EQ(report->refusals.size(), 10'000u);
}

TEST_F(CsvImport, ManyLinesArriveInBatches) {
  std::string text = "code,name,kind,valid_from\n";
  for (int i = 0; i < 40'000; ++i) text += fmt::format("L{},n{},landlord,2020-04-01\n", i, i % 7);
  const auto report = load("areas", text);
  ASSERT_TRUE(report && report->committed);
  EXPECT_EQ(store_.rows("areas").size(), 40'000u);
  EXPECT_EQ(store_.rows("areas").at({"L39999"})[1], "n1");
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char letter : text) out += letter == '"' ? "\"\"" : std::string(1, letter);
  return out + "\"";
}

// What is written is read, wherever the file happens to be cut into pieces, with the true lines.
RC_GTEST_PROP(CsvReading, GivesBackWhatWasWrittenHoweverItIsCut, ()) {
  const auto n_fields = *rc::gen::inRange<std::size_t>(1, 5);
  const auto letters = rc::gen::container<std::string>(
      rc::gen::element('a', ',', '"', '\n', ' ', ';', '\x7F', '\xC3'));
  const auto records = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(n_fields, letters));
  const bool crlf = *rc::gen::arbitrary<bool>();
  const auto cut = *rc::gen::inRange<std::size_t>(3, 40);

  std::string text = "\xEF\xBB\xBF";
  std::vector<std::int64_t> lines;
  std::int64_t line = 1;
  for (const auto& record : records) {
    lines.push_back(line);
    for (std::size_t i = 0; i < record.size(); ++i) {
      text += (i == 0 ? "" : ",") + quoted(record[i]);
      line += std::count(record[i].begin(), record[i].end(), '\n');
    }
    text += crlf ? "\r\n" : "\n";
    ++line;
  }

  std::vector<std::vector<std::string>> read;
  std::vector<std::int64_t> read_lines;
  capture::csv::CsvReader reader(
      [&](const capture::csv::CsvRecord& record) {
        read_lines.push_back(record.line);
        auto& fields = read.emplace_back();
        for (const auto& field : record.fields) fields.push_back(field.text);
      },
      [](const capture::csv::BrokenCsv& broken) { RC_FAIL(broken.reason); });
  for (std::size_t at = 0; at < text.size(); at += cut) {
    reader.feed(std::string_view(text).substr(at, cut));
  }
  reader.finish();
  RC_ASSERT(read == records);
  RC_ASSERT(read_lines == lines);
}

}  // namespace
}  // namespace qd::test
