// What must hold between the fields of a definition, at both sides of each boundary.
#include "core/model/definition_rules.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

Definition ratio() {
  Definition definition;
  definition.denominator = "homes";
  definition.aggregation = Aggregation::kFlowRatio;
  return definition;
}
Definition count() {
  Definition definition;
  definition.aggregation = Aggregation::kSnapshotCount;
  return definition;
}
Definition quantile(std::optional<std::int64_t> percentile) {
  Definition definition;
  definition.aggregation = Aggregation::kQuantile;
  definition.percentile = percentile;
  return definition;
}

// "field: sentence" of each.
std::string faults(const Definition& definition) {
  std::string all;
  for (const auto& fault : faults_of(definition))
    all += (all.empty() ? "" : "; ") + std::string(fault.field) + ": " + fault.what;
  return all;
}

TEST(DefinitionRules, ACountHasNoWholeItIsAPartOf) {
  EXPECT_EQ(faults(ratio()), "");
  EXPECT_EQ(faults(count()), "");
  auto definition = ratio();
  definition.part_of_whole = true;
  definition.shortfall = "homes outstanding";
  EXPECT_EQ(faults(definition), "");
  definition.denominator.clear();
  EXPECT_EQ(faults(definition),
            "denominator: no denominator in words, where only a count or a quantile has none; "
            "part_of_whole: a count is no part of a whole; shortfall: a count falls short of "
            "nothing");
  definition = count();
  definition.denominator = "homes";
  EXPECT_EQ(faults(definition), "denominator: a count has no denominator");
}

TEST(DefinitionRules, NumbersHaveTheirBounds) {
  for (const auto& [number, holds] : {std::pair<std::int64_t, bool>{0, false},
                                      {1, true},
                                      {1'000'000'000, true},
                                      {1'000'000'001, false}}) {
    auto definition = ratio();
    definition.multiplier = number;
    EXPECT_EQ(faults(definition).empty(), holds) << number;
    definition = ratio();
    definition.divisor = number;
    EXPECT_EQ(faults(definition).empty(), holds) << number;
  }
  for (const auto& [decimals, holds] :
       {std::pair<int, bool>{-1, false}, {0, true}, {10, true}, {11, false}}) {
    auto definition = ratio();
    definition.decimals = decimals;
    EXPECT_EQ(faults(definition).empty(), holds) << decimals;
  }
}

TEST(DefinitionRules, APercentileIsAQuantiles) {
  EXPECT_EQ(faults(quantile(0)), "");
  EXPECT_EQ(faults(quantile(100)), "");
  EXPECT_EQ(faults(quantile(-1)), "percentile: a percentile lies between 0 and 100");
  EXPECT_EQ(faults(quantile(101)), "percentile: a percentile lies between 0 and 100");
  EXPECT_EQ(faults(quantile({})), "percentile: no percentile");
  auto definition = ratio();
  definition.percentile = 50;
  EXPECT_EQ(faults(definition), "percentile: a percentile belongs to the aggregation quantile");
}

TEST(DefinitionRules, APolarityHasWhatItNeedsAndNothingElse) {
  auto definition = ratio();
  definition.polarity = Polarity::kRange;
  EXPECT_EQ(faults(definition), "polarity: a range has range_from or range_until, or both");
  definition.range_from = Number::of(2);
  EXPECT_EQ(faults(definition), "");
  definition.range_until = Number::of(2);
  EXPECT_EQ(faults(definition), "");
  definition.range_until = Number::of(1);
  EXPECT_EQ(faults(definition), "range_until: range_until is less than range_from");
  definition.range_from.reset();
  EXPECT_EQ(faults(definition), "");
  definition.polarity = Polarity::kHigh;
  EXPECT_EQ(faults(definition),
            "range_from: range_from and range_until belong to the polarity range");
  definition = ratio();
  definition.polarity = Polarity::kNearest;
  EXPECT_EQ(faults(definition), "polarity: nearest needs a target");
  definition.target = Number::of(4);
  EXPECT_EQ(faults(definition), "");
  definition.polarity = Polarity::kContext;
  EXPECT_EQ(faults(definition), "target: a target belongs to the polarity nearest");
}

TEST(DefinitionRules, ItEndsAfterItBegins) {
  auto definition = ratio();
  definition.effective_from = make_date(2026, 4, 1);
  definition.effective_until = make_date(2026, 4, 1);
  EXPECT_EQ(faults(definition), "effective_until: it ends before it begins");
  definition.effective_until = make_date(2026, 4, 2);
  EXPECT_EQ(faults(definition), "");
}

}  // namespace
}  // namespace qd
