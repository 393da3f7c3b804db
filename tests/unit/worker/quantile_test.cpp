// Percentiles of samples, exact: linear interpolation between the closest ranks.
#include "core/worker/child/quantile.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace qd {
namespace {

std::pair<std::int64_t, std::int64_t> taken(std::vector<std::int64_t> values,
                                            std::int64_t percentile) {
  const auto quotient = worker::child::quantile(values, percentile);
  return {static_cast<std::int64_t>(quotient.numerator),
          static_cast<std::int64_t>(quotient.denominator)};
}
using Pair = std::pair<std::int64_t, std::int64_t>;

TEST(Quantile, LiesOnAValueOrBetweenTwo) {
  EXPECT_EQ(taken({7}, 50), Pair(7, 1));
  EXPECT_EQ(taken({9, 1, 5}, 50), Pair(5, 1));
  EXPECT_EQ(taken({4, 1, 2, 3}, 50), Pair(5, 2));
  EXPECT_EQ(taken({4, 1, 2, 3}, 0), Pair(1, 1));
  EXPECT_EQ(taken({4, 1, 2, 3}, 100), Pair(4, 1));
  EXPECT_EQ(taken({10, 20, 30, 40, 50, 60}, 90), Pair(110, 2));  // rank 4.5
  EXPECT_EQ(taken({10, 20, 30, 40}, 25), Pair(70, 4));           // rank 0.75
  EXPECT_EQ(taken({0, 100}, 37), Pair(3700, 100));
  EXPECT_EQ(taken({-3, -2}, 50), Pair(-5, 2));
}

RC_GTEST_PROP(Quantile, IsWithinTheSampleAndGrowsWithItsPercentile, ()) {
  const auto values = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-1000, 1000)));
  const auto percentile = *rc::gen::inRange<std::int64_t>(0, 100);
  const auto [numerator, denominator] = taken(values, percentile);
  const auto [more, more_denominator] = taken(values, percentile + 1);
  RC_ASSERT(numerator >= *std::min_element(values.begin(), values.end()) * denominator);
  RC_ASSERT(numerator <= *std::max_element(values.begin(), values.end()) * denominator);
  RC_ASSERT(numerator * more_denominator <= more * denominator);
}

}  // namespace
}  // namespace qd
