// What may be put together, how, and what may not and why.
#include "core/reading/grouping/grouped_figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "tests/support/figure_questions.hpp"

namespace qd::reading::grouping {
namespace {

// L > N1 > E1, E2; L > N2.
// Estates in neighbourhoods of a landlord; C1 and C2 lie in each other.
std::string_view parent_of(std::string_view area) {
  static const std::map<std::string_view, std::string_view> parents = {
      {"N1", "L"},  {"N2", "L"},  {"E1", "N1"}, {"E2", "N1"},
      {"C1", "C2"}, {"C2", "C1"}, {"E9", "C1"}};
  const auto found = parents.find(area);
  return found == parents.end() ? std::string_view() : found->second;
}

Definition definition(Aggregation aggregation) {
  Definition made;
  made.code = "A";
  made.aggregation = aggregation;
  made.multiplier = 100;
  if (!is_count(aggregation)) made.denominator = "all";
  return made;
}

struct One {
  std::string area, period = "FY2026-27-Q1";
  std::int64_t numerator = 1, denominator = 4;
  Reading reading = Reading::kQuarter;
  std::string breakdown = {};
};

Figure figure(const Definition& definition, const One& one) {
  Figure made;
  made.definition = definition;
  made.fact.indicator = definition.code;
  made.fact.version = definition.version;
  made.fact.area = one.area;
  made.fact.period = one.period;
  made.fact.reading = one.reading;
  made.fact.breakdown = one.breakdown;
  made.fact.numerator = Number::of(one.numerator);
  if (!definition.denominator.empty()) made.fact.denominator = Number::of(one.denominator);
  made.fact.n = one.denominator;
  return made;
}

// The same figures by columns, as the picture in memory hands them over: each a piece of its own,
// or all that follow each other of one definition and period together.
class InColumns final : public FigureReading {
 public:
  InColumns(const std::vector<Figure>& figures, std::size_t most) : figures_(figures), most_(most) {
    for (const Figure& one : figures) {
      number(areas_, one.fact.area);
      number(breakdowns_, one.fact.breakdown);
    }
  }
  Result<std::size_t> read(std::size_t, FigureSink&) override { return std::size_t{0}; }
  Result<void> read_in_any_order(ColumnSink& sink) override {
    FigureColumns columns;
    columns.areas = &areas_;
    columns.breakdowns = &breakdowns_;
    for (const Figure& one : figures_) {
      const bool fits = columns.size > 0 && columns.size < most_ &&
                        *columns.definition == one.definition && columns.period == one.fact.period;
      if (!fits) hand_over(columns, sink);
      if (!sink.takes_columns_of(one.definition)) {
        hand_over(columns, sink);
        sink.take(view_of(one.fact, one.definition));
        continue;
      }
      columns.definition = &one.definition;
      columns.period = one.fact.period;
      add(columns, one.fact);
    }
    hand_over(columns, sink);
    return {};
  }

 private:
  static void hand_over(FigureColumns& columns, ColumnSink& sink) {
    if (columns.size > 0) sink.take_columns(columns);
    columns.size = 0;
  }
  static std::int64_t number(Texts& texts, std::string_view text) {
    const auto found = std::find(texts.begin(), texts.end(), text);
    if (found == texts.end()) return texts.push_back(text), number(texts, text);
    return found - texts.begin();
  }
  void add(FigureColumns& columns, const Fact& fact) {
    const std::size_t at = columns.size++;
    columns.area[at] = number(areas_, fact.area);
    columns.breakdown[at] = number(breakdowns_, fact.breakdown);
    columns.reading[at] = static_cast<std::int64_t>(fact.reading);
    columns.null_reason[at] = static_cast<std::int64_t>(fact.null_reason);
    columns.flags[at] = fact.flags;
    columns.numerator[at] = fact.numerator.millionths;
    columns.has_denominator[at] = fact.denominator.has_value();
    columns.denominator[at] = fact.denominator ? fact.denominator->millionths : 0;
    columns.has_n[at] = fact.n.has_value();
    columns.n[at] = fact.n.value_or(0);
  }

  const std::vector<Figure>& figures_;
  std::size_t most_;
  Texts areas_, breakdowns_;
};

class Grouped : public ::testing::Test {
 protected:
  void add(const Definition& definition, const One& one) {
    figures_.push_back(figure(definition, one));
  }
  Result<std::vector<Figure>> grouped(const std::vector<std::string>& by) {
    auto one_by_one =
        grouped_figures(*listed_figures(figures_), *grouping_of(by), parent_of, count_together_);
    for (const std::size_t most : {std::size_t{1}, FigureColumns::kMost}) {
      InColumns in_columns(figures_, most);
      const auto by_columns =
          grouped_figures(in_columns, *grouping_of(by), parent_of, count_together_);
      EXPECT_EQ(by_columns.has_value(), one_by_one.has_value());
      if (!by_columns || !one_by_one) {
        EXPECT_EQ(to_text(by_columns.error()), to_text(one_by_one.error()));
        continue;
      }
      EXPECT_TRUE(test::are_the_same(*by_columns, *one_by_one));
    }
    return one_by_one;
  }
  // "N1 FY2026-27-Q1 quarter level=2: 3/8 n 8, …"
  std::string text(const std::vector<std::string>& by) {
    const auto all = grouped(by);
    if (!all) return all.error().message;
    std::string text;
    for (const Figure& one : *all) {
      const Fact& fact = one.fact;
      for (const auto& part :
           {fact.area, fact.period, std::string(to_text(fact.reading)), fact.breakdown})
        text += part.empty() ? "" : part + " ";
      text +=
          fact.null_reason != NullReason::kHasValue
              ? std::string(to_text(fact.null_reason))
              : fact.numerator.text() + (fact.denominator ? "/" + fact.denominator->text() : "");
      if (fact.n) text += " n" + std::to_string(*fact.n);
      for (const auto& flag : flag_texts(fact.flags)) text += " " + flag;
      text += "; ";
    }
    return text;
  }
  std::string why(const std::vector<std::string>& by) {
    const auto all = grouped(by);
    if (all) return "grouped";
    EXPECT_EQ(all.error().code, ErrorCode::kCannotBeGrouped);
    EXPECT_FALSE(all.error().hint.empty());
    const std::string before = "the figures of A cannot be put together: ";
    EXPECT_EQ(all.error().message.substr(0, before.size()), before);
    return all.error().message.substr(before.size());
  }

  std::vector<Figure> figures_;
  CountTogether count_together_;
};

TEST_F(Grouped, RatiosAreComputedAgainFromTheirParts) {
  const auto flow = definition(Aggregation::kFlowRatio);
  add(flow, {"E1", "FY2026-27-Q1", 1, 2});
  add(flow, {"E2", "FY2026-27-Q1", 1, 4});
  add(flow, {"E2", "FY2026-27-Q2", 2, 4});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 2/6 n6; FY2026-27-Q2 quarter 2/4 n4; ");
  EXPECT_EQ(text({"area"}), "E1 quarter 1/2 n2; E2 quarter 3/8 n8; ");
  EXPECT_EQ(text({"indicator"}), "quarter 4/10 n10; ");
  EXPECT_EQ(text({"area", "period"}),
            "E1 FY2026-27-Q1 quarter 1/2 n2; E2 FY2026-27-Q1 quarter 1/4 n4; "
            "E2 FY2026-27-Q2 quarter 2/4 n4; ");
}

TEST_F(Grouped, EachIndicatorAndVersionIsAGroupOfItsOwn) {
  auto first = definition(Aggregation::kAdditiveCount), second = first, other = first;
  second.version = 2;
  other.code = "B";
  for (const auto& one : {first, second, other}) {
    add(one, {"E1"});
    add(one, {"E2"});
  }
  EXPECT_EQ(text({"period"}),
            "FY2026-27-Q1 quarter 2 n8; FY2026-27-Q1 quarter 2 n8; FY2026-27-Q1 quarter 2 n8; ");
}

// By class: what adds up over time, and what over areas.
TEST_F(Grouped, ByWhatTheirClassAllows) {
  const std::string of_a_day =
      "it is of a day, or of the homes there are on one, and does not add up over time";
  const std::string once = "each is counted once in it, and may be in several of these figures";
  const std::string quantile = "a quantile of all is not told by those of the parts";
  const std::tuple<Aggregation, std::string, std::string> rules[] = {
      {Aggregation::kSnapshotRatio, of_a_day, "grouped"},
      {Aggregation::kFlowRatio, "grouped", "grouped"},
      {Aggregation::kRatePerStock, of_a_day, "grouped"},
      {Aggregation::kSurveyProportion, "grouped", "grouped"},
      {Aggregation::kMeanDuration, "grouped", "grouped"},
      {Aggregation::kDistinctCount, once, once},
      {Aggregation::kAdditiveCount, "grouped", "grouped"},
      {Aggregation::kSnapshotCount, of_a_day, "grouped"},
      {Aggregation::kQuantile, quantile, quantile},
  };
  for (const auto& [aggregation, over_time, over_areas] : rules) {
    figures_.clear();
    add(definition(aggregation), {"E1", "FY2026-27-Q1"});
    add(definition(aggregation), {"E1", "FY2026-27-Q2"});
    EXPECT_EQ(why({"area"}), over_time) << to_text(aggregation);
    EXPECT_EQ(why({"area", "period"}), "grouped") << "nothing is put together";
    figures_.clear();
    add(definition(aggregation), {"E1"});
    add(definition(aggregation), {"E2"});
    EXPECT_EQ(why({"period"}), over_areas) << to_text(aggregation);
  }
}

// ---- Different people, counted together. ------------------------------------------------------

class CountedTogether : public Grouped {
 protected:
  CountedTogether() {
    people_.breakdowns = {"level", "ethnicity"};
    people_.special_category = {"ethnicity"};
    count_together_ = [this](const auto& asked) -> Result<std::optional<std::int64_t>> {
      std::set<int> all;
      for (const auto figure : asked) {
        const auto found = members_.find(figure);
        if (found == members_.end()) return std::nullopt;
        all.insert(found->second.begin(), found->second.end());
      }
      n_asked_.push_back(asked.size());
      return static_cast<std::int64_t>(all.size());
    };
  }
  Figure& add_people(const One& one, const std::set<int>& members) {
    add(people_, one);
    Figure& added = figures_.back();
    added.fact.id = static_cast<std::int64_t>(figures_.size());
    added.fact.numerator = Number::of(static_cast<std::int64_t>(members.size()));
    added.fact.population = 100;
    members_[added.fact.id] = members;
    return added;
  }

  Definition people_ = definition(Aggregation::kDistinctCount);
  std::map<std::int64_t, std::set<int>> members_;
  std::vector<std::size_t> n_asked_;
};

TEST_F(CountedTogether, EachIsCountedOnceHoweverOftenItIsThere) {
  add_people({"E1", "FY2026-27-Q1"}, {1, 2, 3});
  add_people({"E2", "FY2026-27-Q1"}, {3, 4});
  add_people({"E1", "FY2026-27-Q2"}, {1, 5});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 4; FY2026-27-Q2 quarter 2 n4; ");
  EXPECT_EQ(text({"area"}), "E1 quarter 4; E2 quarter 2 n4; ");
  EXPECT_EQ(text({"indicator"}), "quarter 5; ");
  EXPECT_FALSE(grouped({"indicator"})->front().fact.population);
}

TEST_F(CountedTogether, AnAreaAndItsPartAPeriodAndAYearNeedNotBeKeptApart) {
  add_people({"E1"}, {1, 2});
  add_people({"N1"}, {1, 2, 3});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 3; ");
  add_people({"N1", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "level=2"}, {3});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 3; ");
}

TEST_F(CountedTogether, WhereNobodyIsNobodyIsAskedFor) {
  add_people({"E1"}, {1, 2});
  add_people({"E2"}, {});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 2 n8; ");
  EXPECT_TRUE(n_asked_.empty());
  add_people({"N2"}, {2});
  text({"period"});
  EXPECT_EQ(n_asked_.front(), 2u);
}

TEST_F(CountedTogether, AWithheldFigureWithholdsAndAMissingOneIsMarked) {
  add_people({"E1"}, {1, 2});
  add_people({"E2"}, {2, 3});
  add_people({"N2"}, {4}).fact.null_reason = NullReason::kNotAvailable;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 3 partial; ");
  figures_.back().fact.null_reason = NullReason::kSuppressed;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter suppressed; ");
}

TEST_F(CountedTogether, ASpecialCategoryIsNot) {
  add_people({"E1", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "ethnicity=A;level=2"}, {1, 2});
  add_people({"E2", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "ethnicity=A;level=2"}, {2});
  EXPECT_EQ(why({"period"}), "people by 'ethnicity' are not counted together");
  EXPECT_EQ(why({"period", "breakdown"}), "people by 'ethnicity' are not counted together");
  EXPECT_EQ(why({"period", "breakdown", "area"}), "grouped");
  people_.special_category = {"ethnic", "thnicity"};
  figures_.clear();
  add_people({"E1", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "ethnicity=A"}, {1, 2});
  add_people({"E2", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "ethnicity=A"}, {2});
  EXPECT_EQ(why({"period"}), "grouped") << "a key, not a part of its name";
}

TEST_F(CountedTogether, OfFiguresThatWereStoredBeforeThereWereSetsItIsNotKnown) {
  add_people({"E1"}, {1, 2});
  add_people({"E2"}, {2});
  members_.erase(2);
  EXPECT_EQ(why({"period"}), "who is counted in some of them was not kept then");
}

TEST_F(Grouped, AnAreaIsNotAddedToWhatItLiesIn) {
  const auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E1"});
  add(count, {"N1"});
  EXPECT_EQ(why({"period"}), "'N1' holds 'E1'");
  figures_.pop_back();
  add(count, {"L"});
  EXPECT_EQ(why({"period"}), "'L' holds 'E1'");
  EXPECT_EQ(why({"period", "area"}), "grouped");
  figures_.pop_back();
  add(count, {"N2"});
  EXPECT_EQ(why({"period"}), "grouped");
}

// The first by code is named, whichever came first.
TEST_F(Grouped, OfSeveralAreasThatLieInAnotherTheFirstIsNamed) {
  const auto count = definition(Aggregation::kAdditiveCount);
  for (const char* area : {"E2", "N1", "E1"}) add(count, {area});
  EXPECT_EQ(why({"period"}), "'N1' holds 'E1'");
}

TEST_F(Grouped, AreasThatLieInEachOtherAreNotAdded) {
  const auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E9"});
  add(count, {"E1"});
  EXPECT_EQ(why({"period"}), "'E9' holds 'E9'");  // far above it is a circle
  figures_.pop_back();
  add(count, {"C1"});
  EXPECT_EQ(why({"period"}), "'C1' holds 'C1'");
}

TEST_F(Grouped, APeriodIsNotAddedToWhatItLiesIn) {
  const auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E1", "FY2026-27-Q1"});
  add(count, {"E1", "FY2026-27", 1, 4, Reading::kYear});
  EXPECT_EQ(why({"area"}), "a quarter, the year to date and the year hold the same");
  EXPECT_EQ(why({"area", "reading"}), "grouped");
  figures_.clear();
  add(count, {"E1", "FY2026-27-Q1", 1, 4, Reading::kYearToDate});
  add(count, {"E1", "FY2026-27-Q2", 1, 4, Reading::kYearToDate});
  EXPECT_EQ(why({"area"}), "some of the periods hold others");
  EXPECT_EQ(why({"area", "reading"}), "some of the periods hold others");
  EXPECT_EQ(why({"area", "period"}), "grouped");
  figures_.clear();
  add(count, {"E1", "FY2026-27-Q1"});
  add(count, {"E1", "FY2026-27-Q2"});
  EXPECT_EQ(why({"area"}), "grouped") << "one ends where the other begins";
}

TEST_F(Grouped, ATotalIsNotAddedToItsParts) {
  auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E1", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "tenure=LCRA"});
  add(count, {"E1", "FY2026-27-Q1", 2, 4, Reading::kQuarter, "tenure=LCHO"});
  EXPECT_EQ(text({"area"}), "E1 quarter 3 n8; ");
  EXPECT_EQ(text({"breakdown"}), "quarter tenure=LCHO 2 n4; quarter tenure=LCRA 1 n4; ");
  const std::string mixed = "a total and its parts, or parts by different keys, hold the same";
  add(count, {"E1"});
  EXPECT_EQ(why({"area"}), mixed);
  EXPECT_EQ(why({"area", "breakdown"}), "grouped");
  figures_.pop_back();
  add(count, {"E1", "FY2026-27-Q1", 1, 4, Reading::kQuarter, "age=16"});
  EXPECT_EQ(why({"area"}), mixed);
  figures_.pop_back();
  for (Figure& one : figures_) one.definition.overlapping = {"tenure"};
  EXPECT_EQ(why({"area"}), "one may be counted at several values of 'tenure'");
}

// Of what was given only: a withheld part withholds the whole, a missing one is marked.
TEST_F(Grouped, WhatIsWithheldWithholdsItsGroup) {
  const auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E1"});
  add(count, {"E2"});
  figures_[1].fact.null_reason = NullReason::kLowReliability;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter low_reliability; ");
  figures_[0].fact.null_reason = NullReason::kSuppressed;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter suppressed; ");
  figures_[0].fact.null_reason = NullReason::kHasValue;
  figures_[1].fact.null_reason = NullReason::kNotAvailable;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 1 n4 partial; ");
  figures_[0].fact.null_reason = NullReason::kNotApplicable;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter not_available; ");
}

TEST_F(Grouped, OfNothingARatioHasNoValueAndAddsNothing) {
  const auto flow = definition(Aggregation::kFlowRatio);
  add(flow, {"E1", "FY2026-27-Q1", 0, 0});
  add(flow, {"E2", "FY2026-27-Q1", 0, 0});
  for (Figure& one : figures_) one.fact.null_reason = NullReason::kZeroDenominator;
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter zero_denominator n0; ");
  add(flow, {"N2", "FY2026-27-Q1", 1, 2});
  EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 1/2 n2; ");
}

TEST_F(Grouped, CasesAreOnlyToldWhenAllTellThem) {
  const auto count = definition(Aggregation::kAdditiveCount);
  for (const bool first : {true, false}) {
    figures_.clear();
    add(count, {"E1"});
    add(count, {"E2"});
    figures_[first ? 0 : 1].fact.n.reset();
    EXPECT_EQ(text({"period"}), "FY2026-27-Q1 quarter 2; ");
  }
}

TEST_F(Grouped, ASumThatIsTooLargeIsRefused) {
  const auto count = definition(Aggregation::kAdditiveCount);
  add(count, {"E1"});
  add(count, {"E2"});
  figures_[0].fact.numerator = Number{std::numeric_limits<std::int64_t>::max() - 1'000'000};
  EXPECT_EQ(why({"period"}), "grouped");
  figures_[0].fact.numerator = Number{std::numeric_limits<std::int64_t>::max() - 999'999};
  EXPECT_EQ(why({"period"}), "their sum is too large a number");
}

TEST(Grouping, HasItsWords) {
  EXPECT_FALSE(grouping_of({"area", "tenure"}));
  const auto all = grouping_of({"indicator", "area", "period", "reading", "breakdown"});
  EXPECT_TRUE(all->area && all->period && all->reading && all->breakdown);
  EXPECT_FALSE(grouping_of({"indicator"})->area);
}

}  // namespace
}  // namespace qd::reading::grouping
