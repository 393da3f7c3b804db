// What observations counted for periods of their own say of a reading.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <quarterday/counted.hpp>
#include <random>
#include <vector>

namespace {

using quarterday::answer_for;
using quarterday::Counted;
using quarterday::Number;
using quarterday::Part;
using quarterday::Rule;

constexpr qd_reading kReading{QD_YEAR, 0, 100};

Counted record(qd_date from, qd_date until, int numerator, int denominator) {
  Counted made;
  made.from = from;
  made.until = until;
  made.part = Part{numerator, denominator};
  return made;
}

TEST(Counted, a_record_of_the_whole_reading_stands_alone) {
  const auto answer =
      answer_for({record(0, 100, 7, 9), record(0, 50, 1, 2)}, kReading, Rule::kFlow);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->part.numerator, Number(7));
  EXPECT_EQ(answer->from.size(), 1u);
}

TEST(Counted, of_two_versions_for_the_same_days_the_later_stands) {
  Counted later = record(0, 100, 5, 9);
  later.version = 2;
  EXPECT_EQ(answer_for({later, record(0, 100, 7, 9)}, kReading, Rule::kFlow)->part.numerator,
            Number(5));
}

TEST(Counted, records_that_reach_beyond_the_reading_say_nothing_of_a_flow) {
  EXPECT_FALSE(answer_for({record(-10, 50, 1, 2), record(50, 110, 1, 2)}, kReading, Rule::kFlow));
}

TEST(Counted, a_rate_sets_all_events_over_the_latest_stock) {
  const auto answer =
      answer_for({record(50, 100, 5, 110), record(0, 50, 6, 100)}, kReading, Rule::kRate);
  EXPECT_EQ(answer->part.numerator, Number(11));
  EXPECT_EQ(answer->part.denominator, Number(110));
  EXPECT_EQ(answer->part.flags, 0u);
}

TEST(Counted, a_snapshot_is_the_state_on_the_day_before_its_period_ends) {
  const std::vector<Counted> records = {record(-265, 100, 3, 10), record(0, 50, 1, 10)};
  EXPECT_EQ(answer_for(records, kReading, Rule::kSnapshot)->part.numerator, Number(3));
  EXPECT_FALSE(answer_for({record(-50, 0, 1, 1)}, kReading, Rule::kSnapshot));
  EXPECT_FALSE(answer_for({record(50, 101, 1, 1)}, kReading, Rule::kSnapshot));
}

TEST(Counted, a_flow_with_a_gap_is_provisional_and_a_survey_is_not) {
  const std::vector<Counted> records = {record(0, 50, 1, 2)};
  EXPECT_EQ(answer_for(records, kReading, Rule::kFlow)->part.flags, unsigned{QD_PROVISIONAL});
  EXPECT_EQ(answer_for(records, kReading, Rule::kSurvey)->part.flags, 0u);
}

TEST(Counted, without_any_figures_the_reason_is_kept) {
  Counted blank = record(0, 50, 0, 0);
  blank.part.null_reason = QD_NOT_APPLICABLE;
  EXPECT_EQ(answer_for({blank}, kReading, Rule::kFlow)->part.null_reason,
            unsigned{QD_NOT_APPLICABLE});
}

TEST(Counted, a_sum_that_cannot_be_kept_exactly_is_no_figure) {
  constexpr int kMost = 2'000'000'000;  // 4,611 of them are less than 2^63 millionths, 4,612 more
  std::vector<Counted> records(4'611);
  for (auto& one : records) one = record(0, 100, 1, kMost);
  const auto answer_of_days = [&] {
    for (std::size_t day = 0; day < records.size(); ++day) {
      records[day].from = static_cast<qd_date>(day);
      records[day].until = records[day].from + 1;
    }
    return answer_for(records, {QD_YEAR, 0, 10'000}, Rule::kFlow);
  };
  const auto kept = answer_of_days();
  EXPECT_FALSE(kept->too_large);
  EXPECT_EQ(kept->part.null_reason, unsigned{QD_HAS_VALUE});
  records.push_back(record(0, 1, 1, kMost));
  const auto beyond = answer_of_days();
  EXPECT_TRUE(beyond->too_large);
  EXPECT_EQ(beyond->part.null_reason, unsigned{QD_NOT_AVAILABLE});
}

std::vector<Counted> generated_records() {
  return *rc::gen::container<std::vector<Counted>>(rc::gen::exec([] {
    const auto from = *rc::gen::inRange(-20, 110);
    const auto length = *rc::gen::inRange(1, 60);
    Counted made = record(from, from + length, *rc::gen::inRange(0, 50), *rc::gen::inRange(0, 50));
    made.version = *rc::gen::inRange(1, 3);
    if (*rc::gen::inRange(0, 5) == 0) made.part.null_reason = QD_NOT_AVAILABLE;
    return made;
  }));
}

RC_GTEST_PROP(Counted, the_order_of_records_does_not_matter, (unsigned seed)) {
  auto records = generated_records();
  for (const Rule rule : {Rule::kFlow, Rule::kSnapshot, Rule::kRate, Rule::kSurvey}) {
    const auto one = answer_for(records, kReading, rule);
    auto shuffled = records;
    std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(seed));
    const auto other = answer_for(shuffled, kReading, rule);
    RC_ASSERT(one.has_value() == other.has_value());
    if (!one) continue;
    RC_ASSERT(one->part.numerator == other->part.numerator);
    RC_ASSERT(one->part.denominator == other->part.denominator);
    RC_ASSERT(one->part.null_reason == other->part.null_reason);
    RC_ASSERT(one->part.flags == other->part.flags);
  }
}

RC_GTEST_PROP(Counted, no_day_of_a_flow_is_counted_twice, ()) {
  const auto records = generated_records();
  const auto answer = answer_for(records, kReading, Rule::kFlow);
  if (!answer) return;
  for (std::size_t i = 1; i < answer->from.size(); ++i)
    RC_ASSERT(answer->from[i - 1]->until <= answer->from[i]->from);
}

}  // namespace
