// Which figures cannot be right: by class, with the boundary on both sides.
#include "core/worker/child/plausible.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

std::string said(Aggregation aggregation, bool part_of_whole, std::int64_t numerator,
                 std::int64_t denominator, const char* unit = "%") {
  Definition definition;
  definition.aggregation = aggregation;
  definition.part_of_whole = part_of_whole;
  definition.unit = unit;
  worker::wire::FactRow row;
  row.numerator = numerator;
  row.denominator = denominator;
  return worker::child::implausible(row, definition);
}

TEST(Plausible, APartIsNotMoreThanItsWhole) {
  using enum Aggregation;
  EXPECT_EQ(said(kFlowRatio, true, 4, 4), "");
  EXPECT_EQ(said(kFlowRatio, true, 5, 4), "is above 100 %");
  EXPECT_EQ(said(kFlowRatio, false, 5, 4), "");
  EXPECT_EQ(said(kSnapshotRatio, true, 5, 4, "per 1,000 homes"),
            "is more than the whole it is a part of");
}

TEST(Plausible, WhatIsCountedIsNotBelowNothing) {
  using enum Aggregation;
  for (const auto counts :
       {kDistinctCount, kAdditiveCount, kSnapshotCount, kRatePerStock, kMeanDuration}) {
    EXPECT_EQ(said(counts, false, -1, 4), "is below 0");
    EXPECT_EQ(said(counts, false, 0, 4), "");
  }
  for (const auto other : {kSnapshotRatio, kFlowRatio, kQuantile})
    EXPECT_EQ(said(other, false, -1, 4), "");
  EXPECT_EQ(said(kFlowRatio, true, -1, 4), "is below 0");
}

}  // namespace
}  // namespace qd
