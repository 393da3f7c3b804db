// A figure as an audience is given it.
#include "core/reading/disclosure/given.hpp"

#include <gtest/gtest.h>

namespace qd::test {
namespace {

using reading::disclosure::given;
using reading::disclosure::rules_of;
using reading::disclosure::Why;

const auto kPublic = rules_of(Audience::kPublic), kBoard = rules_of(Audience::kBoard),
           kExecutive = rules_of(Audience::kExecutive);

Definition count_of_people() {
  Definition definition;
  definition.aggregation = Aggregation::kDistinctCount;
  return definition;
}

Definition share_of_people() {
  Definition definition;
  definition.denominator = "answers";
  definition.unit = "%";
  definition.multiplier = 100;
  definition.decimals = 1;
  definition.aggregation = Aggregation::kSurveyProportion;
  definition.part_of_whole = true;
  return definition;
}

FactValue people(std::int64_t n) {
  FactValue value;
  value.numerator = Number::of(n);
  value.n = n;
  return value;
}

FactValue share(std::int64_t numerator, std::int64_t denominator) {
  FactValue value = people(numerator);
  value.denominator = Number::of(denominator);
  value.n = denominator;
  value.population = 1234;
  return value;
}

TEST(Given, WhatIsWithheldHasNothingButItsReason) {
  auto value = share(3, 40);
  value.flags = kProvisional | kImplausible;
  for (const Why why : {Why::kSmall, Why::kProtects, Why::kWhole, Why::kUndecided}) {
    const auto said = given(value, share_of_people(), why, kBoard);
    FactValue nothing;
    nothing.null_reason = NullReason::kSuppressed;
    nothing.flags = kProvisional;
    EXPECT_EQ(said, nothing) << "the same for every reason";
  }
}

TEST(Given, CountsOfPeopleAreRoundedForThePublicAlone) {
  const std::pair<std::int64_t, std::int64_t> rounded[] = {
      {0, 0}, {5, 5}, {7, 5}, {8, 10}, {12, 10}, {13, 15}, {95, 95}, {97, 95}, {98, 100}};
  for (const auto& [exact, shown] : rounded) {
    EXPECT_EQ(given(people(exact), count_of_people(), Why::kShown, kPublic), people(shown));
    EXPECT_EQ(given(people(exact), count_of_people(), Why::kShown, kBoard), people(exact));
    EXPECT_EQ(given(people(exact), count_of_people(), Why::kShown, kExecutive), people(exact));
  }
}

TEST(Given, APercentageIsOfTheUnroundedCounts) {
  const auto definition = share_of_people();
  const auto said = given(share(31, 43), definition, Why::kShown, kPublic);
  EXPECT_EQ(said.numerator, Number::of(30));
  EXPECT_EQ(said.denominator, Number::of(45));
  EXPECT_EQ(said.n, 45);
  EXPECT_EQ(said.population, 1234);
  EXPECT_EQ(display(said, definition), "72.1") << "31 of 43, not 30 of 45";
  EXPECT_EQ(exact_text(said, definition), "72.1") << "no more decimals than are published";
}

TEST(Given, APercentageOfFewerThan23IsNotReliable) {
  for (const auto& rules : {kPublic, kBoard}) {
    EXPECT_EQ(given(share(11, 22), share_of_people(), Why::kShown, rules).null_reason,
              NullReason::kLowReliability);
    EXPECT_EQ(given(share(11, 23), share_of_people(), Why::kShown, rules).null_reason,
              NullReason::kHasValue);
  }
  EXPECT_EQ(given(share(11, 22), share_of_people(), Why::kShown, kExecutive), share(11, 22));
}

TEST(Given, WhatIsNotOfPeopleIsAsItIs) {
  auto homes = share_of_people();
  homes.counts = Counted::kHomes;
  EXPECT_EQ(given(share(11, 13), homes, Why::kShown, kPublic), share(11, 13));
}

TEST(Given, ARateHasTheValueOfItsRoundedCount) {
  auto rate = share_of_people();
  rate.aggregation = Aggregation::kRatePerStock;
  rate.part_of_whole = false;
  const auto said = given(share(8, 1000), rate, Why::kShown, kPublic);
  EXPECT_EQ(said.numerator, Number::of(10));
  EXPECT_EQ(said.denominator, Number::of(1000)) << "homes are no secret";
  EXPECT_EQ(display(said, rate), "1.0");
}

}  // namespace
}  // namespace qd::test
