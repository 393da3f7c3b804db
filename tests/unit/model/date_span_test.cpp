// Whether two spans of days have a day in common.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/model/date.hpp"

namespace qd {
namespace {

DateSpan span(int from, int until) { return {date_of(from), date_of(until)}; }
DateSpan without_end(int from) { return {date_of(from), std::nullopt}; }

TEST(Overlap, OneDayInCommonIsEnoughAndNoneIsNone) {
  EXPECT_TRUE(overlap(span(1, 10), span(9, 20)));
  EXPECT_FALSE(overlap(span(1, 10), span(10, 20))) << "it ended on the other's first day";
  EXPECT_FALSE(overlap(span(10, 20), span(1, 10)));
  EXPECT_TRUE(overlap(span(10, 20), span(1, 11)));
  EXPECT_TRUE(overlap(span(1, 20), span(5, 6))) << "one lies within the other";
}

TEST(Overlap, WithoutEndLastsForEver) {
  EXPECT_TRUE(overlap(without_end(1), span(1'000, 1'001)));
  EXPECT_TRUE(overlap(span(1'000, 1'001), without_end(1'000)));
  EXPECT_FALSE(overlap(span(1'000, 1'001), without_end(1'001)));
  EXPECT_TRUE(overlap(without_end(1), without_end(9)));
}

TEST(Overlap, ASpanWithoutDaysSharesNone) {
  EXPECT_FALSE(overlap(span(5, 5), span(1, 10)));
  EXPECT_FALSE(overlap(span(1, 10), span(5, 5)));
  EXPECT_FALSE(overlap(span(5, 5), without_end(1)));
}

RC_GTEST_PROP(Overlap, is_what_counting_the_days_gives, ()) {
  const auto day = [] { return *rc::gen::inRange(0, 12); };
  const int a = day(), b = day(), c = day(), d = day();
  bool common = false;
  for (int at = 0; at < 12; ++at) common |= a <= at && at < b && c <= at && at < d;
  RC_ASSERT(overlap(span(a, b), span(c, d)) == common);
}

}  // namespace
}  // namespace qd
