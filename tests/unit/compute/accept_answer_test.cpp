// The server believes nothing a worker says.
#include "core/compute/accept_answer.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

Definition indicator(std::string code, int version, std::string denominator) {
  Definition definition;
  definition.code = std::move(code);
  definition.version = version;
  definition.denominator = std::move(denominator);
  return definition;
}

class Accepting : public testing::Test {
 protected:
  std::vector<Definition> indicators_ = {indicator("Z", 1, "homes"), indicator("A", 2, ""),
                                         indicator("A", 1, "")};
  std::vector<ReadingWindow> readings_ = Period::quarter(2026, 1).readings();
  std::vector<std::string> areas_ = {"E1", "L1"};
  compute::AnswerBounds bounds_{indicators_,    readings_, areas_,
                                "FY2026-27-Q1", 100,       Instant{make_date(2026, 7, 1)}};
  worker::parent::RunAnswer answer_{{}, {}, {"sex=M", "", "sex=F"}, {}, {}};

  static worker::wire::FactRow row(std::uint32_t indicator, std::uint32_t area,
                                   std::uint32_t breakdown) {
    worker::wire::FactRow row;
    row.definition = indicator;
    row.area = area;
    row.breakdown = breakdown;
    row.numerator = 5'000'000;
    row.denominator = indicator == 0 ? 10'000'000 : 0;
    return row;
  }
  void expect_rubbish() {
    const auto facts = compute::accept_answer(answer_, bounds_);
    ASSERT_FALSE(facts);
    EXPECT_EQ(facts.error().code, ErrorCode::kFamilyRubbish);
  }
};

TEST_F(Accepting, GivesFactsByCodeVersionAreaReadingAndBreakdown) {
  answer_.rows = {row(0, 0, 1), row(1, 0, 1), row(2, 1, 1), row(2, 0, 0), row(2, 0, 2)};
  const auto facts = compute::accept_answer(answer_, bounds_);
  ASSERT_TRUE(facts);
  std::vector<std::string> keys;
  for (const Fact& fact : *facts)
    keys.push_back(fact.indicator + std::to_string(fact.version) + fact.area + fact.breakdown);
  EXPECT_EQ(keys, (std::vector<std::string>{"A1E1sex=F", "A1E1sex=M", "A1L1", "A2E1", "Z1E1"}));
  EXPECT_EQ(facts->back().denominator, Number::of(10));
  EXPECT_EQ(facts->front().denominator, std::nullopt);
  EXPECT_EQ(facts->front().n, std::nullopt);
  EXPECT_EQ(facts->front().period, "FY2026-27-Q1");
}

TEST_F(Accepting, AQuantileIsAQuotientWithoutWordsForWhatIsBelowTheLine) {
  indicators_[1].aggregation = Aggregation::kQuantile;
  auto median = row(1, 0, 1);
  median.denominator = 2'000'000;
  answer_.rows = {median};
  const auto facts = compute::accept_answer(answer_, bounds_);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->front().numerator, Number::of(5));
  EXPECT_EQ(facts->front().denominator, Number::of(2));
  answer_.rows = {row(1, 0, 1)};
  expect_rubbish();
}

// ---- Who is counted. --------------------------------------------------------------------------

class AcceptingMembers : public Accepting {
 protected:
  AcceptingMembers() {
    indicators_[1].aggregation = Aggregation::kDistinctCount;
    answer_.rows = {row(1, 1, 1), row(2, 0, 1), row(1, 0, 1)};  // five of each
  }
};

TEST_F(AcceptingMembers, GoesToTheFactOfItsRowAscending) {
  answer_.members = {{2, {9, 7, 99, 0, 8}}};
  const auto facts = compute::accept_answer(answer_, bounds_);
  ASSERT_TRUE(facts);
  ASSERT_EQ(facts->at(1).indicator + facts->at(1).area, "AE1");
  EXPECT_EQ(facts->at(1).members, (std::vector<std::uint32_t>{0, 7, 8, 9, 99}));
  EXPECT_TRUE(facts->at(0).members.empty());
  EXPECT_TRUE(facts->at(2).members.empty());
}

TEST_F(AcceptingMembers, IsNobodyElseThanTheFigureSays) {
  const std::vector<std::pair<worker::wire::RowMembers, const char*>> wrong = {
      {{2, {1, 2, 3, 4}}, "fewer"},
      {{2, {1, 2, 3, 4, 5, 6}}, "more"},
      {{2, {1, 2, 3, 4, 4}}, "one twice"},
      {{2, {1, 2, 3, 4, 100}}, "one beyond the dictionary"},
      {{2, {}}, "nobody"},
      {{1, {1, 2, 3, 4, 5}}, "of a sum"},
      {{3, {1, 2, 3, 4, 5}}, "of no row"}};
  for (const auto& [members, what] : wrong) {
    SCOPED_TRACE(what);
    answer_.members = {members};
    expect_rubbish();
  }
  answer_.members = {{2, {1, 2, 3, 4, 5}}};
  EXPECT_TRUE(compute::accept_answer(answer_, bounds_));
  answer_.rows[2].null_reason = static_cast<std::uint8_t>(NullReason::kSuppressed);
  expect_rubbish();
}

TEST_F(Accepting, WhatIsKnownBeforeAReadingEndsIsProvisional) {
  answer_.rows = {row(0, 0, 1)};
  EXPECT_EQ(compute::accept_answer(answer_, bounds_)->front().flags, 0u);
  bounds_.as_of = Instant{make_date(2026, 7, 1)} - std::chrono::milliseconds{1};
  EXPECT_EQ(compute::accept_answer(answer_, bounds_)->front().flags, std::uint32_t{kProvisional});
}

TEST_F(Accepting, KeepsThatAFigureCannotBeRight) {
  answer_.rows = {row(0, 0, 1)};
  answer_.rows[0].flags = kImplausible;
  EXPECT_EQ(compute::accept_answer(answer_, bounds_)->front().flags, std::uint32_t{kImplausible});
}

TEST_F(Accepting, RefusesWhatPointsNowhere) {
  for (int field = 0; field < 6; ++field) {
    worker::wire::FactRow bad = row(0, 0, 1);
    if (field == 0) bad.definition = 3;
    if (field == 1) bad.area = 2;
    if (field == 2) bad.breakdown = 3;
    if (field == 3) bad.reading = 2;
    if (field == 4) bad.null_reason = 7;
    if (field == 5) bad.flags = 16;
    answer_.rows = {bad};
    expect_rubbish();
  }
}

TEST_F(Accepting, RefusesImpossibleFigures) {
  for (int field = 0; field < 5; ++field) {
    worker::wire::FactRow bad = row(field == 4 ? 1 : 0, 0, 1);
    if (field == 0) bad.n = -2;
    if (field == 1) bad.population = -7;
    if (field == 2) bad.denominator = -1;
    if (field == 3) bad.denominator = 0;  // no value, and no reason why
    if (field == 4) bad.denominator = 1;  // of a count
    answer_.rows = {bad};
    expect_rubbish();
  }
}

TEST_F(Accepting, RefusesTheSameFactTwice) {
  answer_.rows = {row(0, 0, 1), row(1, 0, 1), row(0, 0, 1)};
  expect_rubbish();
  answer_.breakdowns = {"", ""};  // two places for one breakdown
  answer_.rows = {row(0, 0, 0), row(0, 0, 1)};
  expect_rubbish();
}

TEST_F(Accepting, RefusesABreakdownThatIsNone) {
  answer_.breakdowns = {"sex=F;age=1"};
  expect_rubbish();
}

}  // namespace
}  // namespace qd
