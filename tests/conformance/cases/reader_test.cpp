// What the reader of case files refuses, and how it says where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "core/cases/case_input.hpp"
#include "tests/conformance/cases/sample_family.hpp"

namespace qd::cases {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string kHead = "Rule.\nperiod: FY2026-27-Q1\n\n";  // its sections begin in line 4

std::string complaint_about(const std::string& text) {
  const auto given = parse_case(text);
  if (!given) return to_text(given.error());
  const Family family = sample_family();
  for (const Expected& expected : given->expected)
    if (const auto input = read_input(family, *given, expected); !input)
      return to_text(input.error());
  return "";
}

struct Refusal {
  std::string text;
  std::string sentence;  // from the place on
};

class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, with_line_and_column) {
  EXPECT_THAT(complaint_about(GetParam().text), HasSubstr(": " + GetParam().sentence));
}

INSTANTIATE_TEST_SUITE_P(
    Heading, Refused,
    testing::Values(
        Refusal{"", "1:1: say the rule in the first line"},
        Refusal{"# a remark\nperiod: FY2026-27-Q1\n", "1:1: say the rule in the first line"},
        Refusal{"Rule.\n", "1:1: no period is named"},
        Refusal{"Rule.\n--- facts\n", "2:1: no period is named"},
        Refusal{"Rule.   period: FY2026-27   readings: year, month\n",
                "1:29: 'month' is not a reading (write quarter, ytd or year)"},
        Refusal{"Rule.\n  option: limit\n", "2:3: an option is KEY=VALUE"},
        Refusal{"Rule.\noption: =9\n", "2:1: an option is KEY=VALUE"},
        Refusal{"Rule.\nperiod: FY2026-27   option: limits=9\n",
                "2:21: the family has no option 'limits' (did you mean 'limit'?)"},
        Refusal{"Rule.\nperiod: FY2026-27\noption: limit=soon\n", "3:1: option limit: "},
        Refusal{"Rule.\nperiod: FY2026-27   known: soon\n", "2:21: 'soon' is not a date"}));

INSTANTIATE_TEST_SUITE_P(
    Period, Refused,
    testing::Values(
        Refusal{"Rule.\nperiod: FY2026-28\n", "1:1: 'FY2026-28' is not a period"},
        Refusal{"Rule.\n\n--- facts FY2026-27-Q5\n", "3:1: 'FY2026-27-Q5' is not a period"},
        Refusal{"Rule.\nperiod: FY2026-27    readings: quarter\n",
                "1:1: FY2026-27 has none of the readings asked for"},
        Refusal{"Rule.\nperiod: 2026-11\n", "1:1: 2026-11 has none of the readings asked for"},
        Refusal{"Rule.\nperiod: 2026-07-01 .. 2026-07-01\n",
                "1:1: this is no period (write 2026-04-01 .. 2026-07-01)"},
        Refusal{"Rule.\nperiod: 2026-07-01 .. soon\n", "1:1: this is no period"}));

INSTANTIATE_TEST_SUITE_P(
    Section, Refused,
    testing::Values(Refusal{kHead + "---\n", "4:1: a section needs a name"},
                    Refusal{kHead + "--- faulty_row\narea\nA\n",
                            "4:1: the family reads no faulty_row (did you mean 'faulty_rows'?)"},
                    Refusal{kHead + "--- faulty_rows\narea\nA\n\n--- faulty_rows\narea\nB\n",
                            "8:1: there are two sections faulty_rows"},
                    Refusal{kHead + "--- faulty_rows FY2026-27-Q1\narea\nA\n",
                            "4:1: rows of faulty_rows belong to no period"},
                    Refusal{kHead + "--- facts\n\n--- faulty_rows\narea\nA\n",
                            "6:1: sections with rows come before facts, notes and failure"}));

INSTANTIATE_TEST_SUITE_P(
    Row, Refused,
    testing::Values(Refusal{kHead + "--- faulty_rows\narea,hits\nA,1,2\n",
                            "6:1: 3 fields where 2 columns are named"},
                    Refusal{kHead + "--- facts\nindicator,value\nfaulty.hits\n",
                            "6:1: 1 fields where 2 columns are named"},
                    Refusal{kHead + "--- faulty_rows\narea,his\nA,1\n",
                            "5:6: faulty_rows has no column 'his' (did you mean 'hits'?)"},
                    Refusal{kHead + "--- faulty_rows\narea,hits,area\nA,1,A\n",
                            "5:11: column area is named twice"},
                    Refusal{kHead + "--- faulty_rows\narea,hits\n\"A,1\n",
                            "6:1: a quotation mark is not closed"}));

INSTANTIATE_TEST_SUITE_P(
    Cell, Refused,
    testing::Values(
        Refusal{kHead + "--- faulty_rows\narea,hits\nA,x\n",
                "6:3: hits: 'x' is not a whole number"},
        Refusal{kHead + "--- faulty_rows\narea,seen_on\n  AB,2026-02-30\n",
                "6:6: seen_on: '2026-02-30' is not a date"},
        Refusal{kHead + "--- faulty_rows\narea,hits\n,1\n", "6:1: area is empty"},
        Refusal{kHead + "--- faulty_rows\narea,colour\nA,rad\n", "6:3: colour: 'rad' is not taken"},
        Refusal{kHead + "--- faulty_rows\nhits,area,seen_on\n1,A,2026-04-01\n2,A,2026-04-01\n",
                "7:1: the record of line 6 once more: its key is the same"},
        Refusal{kHead + "--- memberships\nperson,level\nP1,5\n",
                "6:4: level is 5, and 2 to 4 is taken"},
        Refusal{kHead + "--- areas\ncode\nA\n\n--- faulty_rows\narea\nB\n",
                "10:1: there is no 'B' in areas (add it to the section areas)"},
        Refusal{kHead + "--- persons\ncode\nP1\n\n--- memberships\nlevel,person\n2,P2\n",
                "10:3: there is no 'P2' in persons"},
        Refusal{kHead + "--- areas\ncode,parent\nA,B\nB,A\n", "4:1: "}));

INSTANTIATE_TEST_SUITE_P(
    Note, Refused,
    testing::Values(Refusal{kHead + "--- notes\nfoo\n", "5:1: this is no note"},
                    Refusal{kHead + "--- notes\n0  foo\n", "5:1: this is no note"},
                    Refusal{kHead + "--- notes\n2\n", "5:1: this is no note"},
                    Refusal{kHead + "--- notes\n2x foo\n", "5:1: this is no note"}));

TEST(CaseFile, what_an_import_takes_a_case_takes) {
  EXPECT_THAT(complaint_about(kHead + "--- faulty_rows\narea,seen_on,hits\nA,2026-04-01,\n"
                                      "A,2026-04-02,\nB,2026-04-01,3\n"),
              IsEmpty());
  EXPECT_THAT(complaint_about(kHead + "--- areas\ncode,parent\nL,\nA,L\n\n--- faulty_rows\n"
                                      "area\nA\nA\n"),
              IsEmpty());
}

TEST(CaseFile, the_heading_says_what_the_case_is_about) {
  const auto given = parse_case(
      "A rule.\n# a remark\nIt goes on.   source: a book: page 3\n"
      "period: FY2026-27-Q4   readings: ytd year\nindicators: a.b, a.c\noption: x=1=2\n");
  ASSERT_TRUE(given);
  EXPECT_EQ(given->title, "A rule. It goes on.");
  EXPECT_EQ(given->source, "a book: page 3");
  EXPECT_EQ(given->period, "FY2026-27-Q4");
  EXPECT_EQ(given->readings, (std::vector<Reading>{Reading::kYearToDate, Reading::kYear}));
  EXPECT_EQ(given->indicators, (std::vector<std::string>{"a.b", "a.c"}));
  EXPECT_EQ(given->options.at("x").text, "1=2");
  ASSERT_EQ(given->expected.size(), 1u);
  EXPECT_EQ(given->expected[0].period, "FY2026-27-Q4");
}

TEST(CaseFile, everything_is_known_unless_a_day_is_named) {
  const auto input_of = [](const std::string& text) {
    const auto given = parse_case(text);
    return read_input(sample_family(), *given, given->expected[0]).value();
  };
  EXPECT_EQ(input_of("Rule.\nperiod: FY2026-27\n").known_until, make_date(9999, 12, 31));
  const auto input = input_of("Rule.\nperiod: FY2026-27   known: 2026-06-07   option: limit=9\n");
  EXPECT_EQ(input.known_until, make_date(2026, 6, 7));
  EXPECT_EQ(input.as_of, Instant{make_date(2026, 6, 7)});
  EXPECT_EQ(input.options.at("limit"), "9");
}

TEST(CaseFile, a_period_has_the_readings_of_the_host_or_those_asked_for) {
  const auto last = windows_of("FY2026-27-Q4", {}, {});
  ASSERT_TRUE(last && last->size() == 2);
  EXPECT_EQ((*last)[1].from, make_date(2026, 4, 1));
  const auto quarter = windows_of("FY2026-27-Q4", {Reading::kQuarter}, {});
  ASSERT_TRUE(quarter && quarter->size() == 1);
  EXPECT_EQ((*quarter)[0].reading, Reading::kQuarter);
  const auto year = windows_of("FY2026-27", {}, {});
  ASSERT_TRUE(year && year->size() == 1);
  EXPECT_EQ((*year)[0].reading, Reading::kYear);
  const auto window = windows_of("2026-04-01 .. 2026-04-02", {Reading::kYear}, {});
  ASSERT_TRUE(window && window->size() == 1);
  EXPECT_EQ((*window)[0].until, make_date(2026, 4, 2));
  EXPECT_EQ((*windows_of("2026-04-01 .. 2026-04-02", {}, {}))[0].reading, Reading::kQuarter);
}

TEST(CaseFile, several_periods_each_have_their_facts_notes_and_failure) {
  const auto given = parse_case(kHead +
                                "--- facts\nindicator\na\n--- facts FY2026-27-Q2\nindicator\nb\n"
                                "--- notes FY2026-27-Q2\n12  it is so\n--- failure FY2026-27-Q3\n"
                                "it cannot\nbe\n");
  ASSERT_TRUE(given && given->expected.size() == 3);
  EXPECT_EQ(given->expected[0].facts, (std::vector<std::vector<std::string>>{{"a"}}));
  EXPECT_EQ(given->expected[1].notes, (Notes{{"it is so", 12}}));
  EXPECT_EQ(given->expected[2].failure, "it cannot be");
  EXPECT_EQ(given->given, kHead);
}

TEST(CaseFile, quoted_fields_may_hold_commas_and_quotes) {
  const std::vector<std::string> fields = {"a,b", "", "say \"no\"", "plain"};
  const auto read = split_fields({{1, 1}, fields_line(fields)});
  ASSERT_TRUE(read);
  std::vector<std::string> texts;
  for (const Field& field : *read) texts.push_back(field.text);
  EXPECT_EQ(texts, fields);
}

TEST(CaseFile, without_areas_those_that_are_named_are_there_and_with_them_no_others) {
  const Family family = sample_family();
  const auto given = parse_case(kHead + "--- faulty_rows\narea\nB\nA\nB\n");
  ASSERT_TRUE(given);
  const auto input = read_input(family, *given, given->expected[0]);
  ASSERT_TRUE(input);
  EXPECT_EQ(input->areas.codes(), (std::vector<std::string>{"A", "B"}));
}

TEST(CaseFile, a_definition_out_of_force_does_not_reach_the_family) {
  const Family family = sample_family();
  const auto given =
      parse_case(kHead +
                 "--- definitions\ncode,version,rule,effective_from,effective_until\n"
                 "C,1,COUNT_RATE,2025-04-01,2026-04-01\nC,2,COUNT_RATE,2026-04-01,2026-07-01\n"
                 "C,3,COUNT_RATE,2026-07-01,\n");
  ASSERT_TRUE(given);
  const auto input = read_input(family, *given, given->expected[0]);
  ASSERT_TRUE(input) << to_text(input.error());
  ASSERT_EQ(input->definitions.size(), 1u);
  EXPECT_EQ(input->definitions[0].version, 2);
}

}  // namespace
}  // namespace qd::cases
