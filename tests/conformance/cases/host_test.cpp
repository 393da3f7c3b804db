// What the host must notice when it runs a family's cases.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "core/cases/check.hpp"
#include "core/families/discover.hpp"

namespace qd::cases {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

worker::parent::WorkerSettings settings() {
  worker::parent::WorkerSettings settings;
  settings.executable = TEST_WORKER;
  settings.time_out = std::chrono::seconds{20};
  return settings;
}

const Family& faulty() {
  static const Family family = families::read_family(FAULTY).value();
  return family;
}

std::string case_text(const std::string& fault) {
  return "Rows are counted.\nperiod: FY2026-27-Q1    readings: quarter\noption: fault=" + fault +
         "\n\n--- faulty_rows\narea,seen_on,hits\nA,2026-04-01,1\nA,2026-04-02,2\n"
         "A,2026-04-03,\nB,2026-04-04,4\n";
}

CaseResult result_of(const std::string& text, const worker::parent::WorkerSettings& with) {
  const auto given = parse_case(text);
  EXPECT_TRUE(given);
  auto result = check_case(faulty(), *given, with);
  EXPECT_TRUE(result) << to_text(result.error());
  return result.value();
}

std::string differences_of(const std::string& fault) {
  std::string all;
  for (const auto& line : result_of(case_text(fault), settings()).differences) all += line + '\n';
  return all;
}

TEST(Host, a_family_that_depends_on_the_order_of_rows_is_caught) {
  EXPECT_THAT(differences_of("last row wins"), HasSubstr("not the same shuffled: "));
}

TEST(Host, a_family_that_depends_on_the_size_of_batches_is_caught) {
  EXPECT_THAT(differences_of("counts batches"), HasSubstr("not the same one row at a time"));
}

TEST(Host, a_family_that_keeps_a_pointer_into_a_batch_reads_rubbish) {
  EXPECT_THAT(differences_of("keeps pointers"), HasSubstr("last seen ?"));
}

TEST(Host, a_family_that_cannot_explain_a_figure_is_caught) {
  const auto differences = differences_of("names no rows");
  EXPECT_THAT(differences, HasSubstr("no row is traced to faulty.hits of A\n"));
  EXPECT_THAT(differences, HasSubstr("no row is traced to faulty.hits of B\n"));
}

TEST(Host, a_family_that_names_its_rows_is_not_told_off) {
  EXPECT_THAT(differences_of(""), Not(HasSubstr("traced")));
}

TEST(Host, a_fact_the_host_refuses_stops_the_case) {
  EXPECT_THAT(differences_of("unknown reading"), HasSubstr("answered with rubbish"));
  const auto result = result_of(case_text("unsorted breakdown"), settings());
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.differences, Contains(HasSubstr("answered with rubbish")));
}

TEST(Host, what_a_family_throws_is_its_failure) {
  EXPECT_THAT(differences_of("throws"), HasSubstr("  + this cannot be\n"));
  EXPECT_THAT(
      result_of(case_text("throws") + "\n--- failure\nthis cannot be\n", settings()).differences,
      IsEmpty());
  EXPECT_THAT(result_of(case_text("") + "\n--- failure\nthis cannot be\n", settings()).differences,
              Contains("  - this cannot be"));
}

TEST(Host, a_library_that_crashes_costs_its_case) {
  const auto result = result_of(case_text("crashes"), settings());
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.differences, Contains(HasSubstr("stopped with signal 6")));
}

TEST(Host, a_library_that_crashes_only_when_it_is_explained_costs_its_case) {
  const auto result = result_of(case_text("crashes when it is explained"), settings());
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.differences, Contains(HasSubstr("stopped with signal 6")));
}

TEST(Host, a_library_that_answers_more_than_it_may_costs_its_case) {
  auto thrifty = settings();
  thrifty.answer_bytes = 1;
  EXPECT_TRUE(result_of(case_text(""), thrifty).stopped);
}

TEST(Host, a_library_that_is_not_what_it_declares_costs_its_case) {
  Family other = faulty();
  other.version = "1.0.1";
  const auto result = check_case(other, parse_case(case_text("")).value(), settings());
  ASSERT_TRUE(result) << to_text(result.error());
  EXPECT_TRUE(result->stopped);
  EXPECT_THAT(result->differences, Contains(testing::StartsWith("family faulty refused: ")));
}

TEST(Host, without_a_worker_no_case_is_judged) {
  auto nowhere = settings();
  nowhere.executable = "/nowhere";
  const auto result = check_case(faulty(), parse_case(case_text("")).value(), nowhere);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kWorkerUnavailable);
}

TEST(Host, a_library_that_hangs_costs_its_case) {
  auto short_patience = settings();
  short_patience.time_out = std::chrono::milliseconds{500};
  const auto result = result_of(case_text("hangs"), short_patience);
  EXPECT_TRUE(result.stopped);
  EXPECT_THAT(result.differences, Contains(HasSubstr("took longer than 500 ms and was stopped")));
}

TEST(Host, accepted_facts_hold_the_next_time) {
  const auto given = parse_case(case_text("")).value();
  const auto first = check_case(faulty(), given, settings()).value();
  EXPECT_THAT(first.differences, Contains("  + faulty.hits,A,quarter,,3,,3"));
  const auto accepted = accepted_text(given, first.actual);
  EXPECT_THAT(accepted, testing::StartsWith(case_text("")));
  EXPECT_THAT(result_of(accepted, settings()).differences, IsEmpty());
  EXPECT_EQ(accepted_text(parse_case(accepted).value(), first.actual), accepted);
}

TEST(Host, only_the_indicators_a_case_names_are_compared) {
  const std::string head = "Rule.\nperiod: FY2026-27-Q1   readings: quarter   indicators: ";
  const std::string rows = "\n\n--- faulty_rows\narea,seen_on,hits\nA,2026-04-01,1\n";
  EXPECT_THAT(result_of(head + "faulty.other" + rows, settings()).differences, IsEmpty());
  EXPECT_THAT(result_of(head + "faulty.hits" + rows, settings()).differences,
              Contains("  + faulty.hits,A,quarter,,1,,1"));
}

TEST(Host, a_column_that_facts_do_not_have_is_refused_at_its_place) {
  const auto given = parse_case(case_text("") + "\n--- facts\nindicator,areas\n").value();
  const auto result = check_case(faulty(), given, settings());
  ASSERT_FALSE(result);
  EXPECT_THAT(to_text(result.error()),
              HasSubstr("13:11: facts have no column 'areas' (did you mean 'area'?)"));
}

}  // namespace
}  // namespace qd::cases
