// What the case runner must notice, and what it must say about a case that is written wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runner/check.hpp"
#include "runner/library.hpp"
#include "runner/text.hpp"

namespace {

using namespace quarterday::runner;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

const qd_family& faulty() {
  static const qd_family* const loaded = &load_family(FAULTY);
  return *loaded;
}

Case case_with(const std::string& fault) {
  return parse_case(
      "Rows are counted.\nperiod: FY2026-27-Q1    readings: quarter\noption: fault=" + fault +
      "\n\n--- faulty_rows\narea,seen_on,hits\nA,2026-04-01,1\nA,2026-04-02,2\n"
      "A,2026-04-03,\nB,2026-04-04,4\n");
}

std::string differences_of(const std::string& fault) {
  return joined(check_case(faulty(), case_with(fault)).differences, "\n");
}

std::string complaint_about(const std::string& text) {
  try {
    check_case(faulty(), parse_case(text));
  } catch (const CaseError& error) {
    return error.what();
  }
  return "";
}

TEST(Runner, a_family_that_depends_on_the_order_of_rows_is_caught) {
  EXPECT_THAT(differences_of("last row wins"), HasSubstr("not the same shuffled"));
}

TEST(Runner, a_family_that_depends_on_the_size_of_batches_is_caught) {
  EXPECT_THAT(differences_of("counts batches"), HasSubstr("not the same one row at a time"));
}

TEST(Runner, a_family_that_keeps_a_pointer_into_a_batch_reads_rubbish) {
  EXPECT_THAT(differences_of("keeps pointers"), HasSubstr("last seen ?"));
}

TEST(Runner, a_family_that_cannot_explain_a_figure_is_caught) {
  EXPECT_THAT(differences_of("names no rows"), HasSubstr("no row is traced to faulty.hits of A"));
}

TEST(Runner, a_fact_the_host_would_refuse_fails_the_run) {
  EXPECT_THAT(differences_of("unknown reading"), HasSubstr("a reading that does not exist"));
  EXPECT_THAT(differences_of("unsorted breakdown"), HasSubstr("keys sorted"));
}

TEST(Runner, what_a_family_throws_becomes_a_sentence) {
  EXPECT_THAT(differences_of("throws"), HasSubstr("this cannot be"));
}

TEST(Runner, accepted_facts_hold_the_next_time) {
  const Case given = case_with("");
  const CaseResult first = check_case(faulty(), given);
  EXPECT_THAT(first.differences, Contains(HasSubstr("faulty.hits,A,quarter,,3,,3")));
  const Case accepted = parse_case(accepted_text(given, first.actual));
  EXPECT_THAT(check_case(faulty(), accepted).differences, IsEmpty());
  EXPECT_EQ(accepted_text(accepted, first.actual), accepted_text(given, first.actual));
}

TEST(Runner, a_descriptor_with_holes_is_told_so) {
  qd_family family = faulty();
  EXPECT_THAT(objections_to(family), IsEmpty());
  qd_indicator_spec spec = family.indicators[0];
  spec.unit = "";
  spec.divisor = 0;
  family.indicators = &spec;
  family.version = "";
  EXPECT_THAT(objections_to(family), testing::SizeIs(3));
}

TEST(CaseFile, an_error_names_the_line) {
  const std::string head = "Rule.\nperiod: FY2026-27-Q1\n\n";
  EXPECT_THAT(complaint_about(head + "--- faulty_rows\narea,hits\nA,x\n"),
              HasSubstr("line 6: 'x' in hits is not a number"));
  EXPECT_THAT(complaint_about(head + "--- faulty_rows\narea,hits\nA,1,2\n"),
              HasSubstr("line 6: 3 fields where 2 columns are named"));
  EXPECT_THAT(complaint_about(head + "--- faulty_rows\narea,his\nA,1\n"),
              HasSubstr("line 4: the family reads no column 'his'"));
  EXPECT_THAT(complaint_about(head + "--- rows\narea\nA\n"),
              HasSubstr("line 4: the family reads no rows"));
  EXPECT_THAT(complaint_about(head + "--- faulty_rows\narea,seen_on\nA,2026-02-30\n"),
              HasSubstr("line 6: '2026-02-30' in seen_on is not a date"));
  EXPECT_THAT(complaint_about(head + "--- faulty_rows\narea\n\"A\n"),
              HasSubstr("line 6: a quotation mark is not closed"));
  EXPECT_THAT(complaint_about(head + "--- notes\nfoo\n"), HasSubstr("line 5: write a note as"));
  EXPECT_THAT(complaint_about(head + "--- facts\nindicator,hue\n\n"),
              testing::AnyOf(IsEmpty(), HasSubstr("no column 'hue'")));
}

TEST(CaseFile, a_case_needs_a_rule_and_a_period_that_exists) {
  EXPECT_THAT(complaint_about(""), HasSubstr("say the rule"));
  EXPECT_THAT(complaint_about("Rule.\n"), HasSubstr("name a period"));
  EXPECT_THAT(complaint_about("Rule.\nperiod: FY2026-28\n"), HasSubstr("is not a period"));
  EXPECT_THAT(complaint_about("Rule.\nperiod: FY2026-27-Q5\n"), HasSubstr("is not a period"));
  EXPECT_THAT(complaint_about("Rule.\nperiod: FY2026-27    readings: quarter\n"),
              HasSubstr("has none of the readings"));
}

TEST(CaseFile, areas_that_go_round_in_a_circle_are_refused) {
  EXPECT_THAT(complaint_about("Rule.\nperiod: FY2026-27\n\n--- areas\ncode,parent\nA,B\nB,A\n"),
              HasSubstr("go round in a circle"));
}

TEST(CaseFile, readings_are_those_of_the_financial_year) {
  const auto last = readings_of("FY2026-27-Q4", {}, 1);
  ASSERT_EQ(last.size(), 2u);
  EXPECT_EQ(last[0].from, *parse_date("2027-01-01"));
  EXPECT_EQ(last[1].from, *parse_date("2026-04-01"));
  EXPECT_EQ(last[1].until, *parse_date("2027-04-01"));
  const auto second = readings_of("FY2026-27-Q2", {}, 1);
  ASSERT_EQ(second.size(), 2u);
  EXPECT_EQ(second[0].from, *parse_date("2026-07-01"));
  EXPECT_EQ(second[1].until, *parse_date("2026-10-01"));
  EXPECT_EQ(readings_of("2026-04-01 .. 2026-05-01", {QD_YEAR}, 1)[0].kind, QD_YEAR);
}

TEST(CaseFile, quoted_fields_may_hold_commas_and_quotes) {
  const std::vector<std::string> fields = {"a,b", "", "say \"no\"", "plain"};
  EXPECT_EQ(split_csv(csv_line(fields), 1), fields);
}

}  // namespace
