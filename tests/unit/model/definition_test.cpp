// The one list of fields, and what a change of one means.
#include "core/model/definition.hpp"

#include <gtest/gtest.h>

#include <set>

namespace qd {
namespace {

Definition share() {
  Definition made;
  made.code = "W1";
  made.unit = "%";
  made.denominator = "walks";
  made.multiplier = 100;
  made.aggregation = Aggregation::kFlowRatio;
  made.effective_from = make_date(2026, 4, 1);
  return made;
}

TEST(DefinitionFields, StandOnceEachWithAMeaning) {
  std::set<std::string> names;
  for (const auto& field : definition_fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_NE(std::string(field.meaning), "") << field.name;
  }
  EXPECT_EQ(definition_fields().size(), 32u);
}

// A reader of an older table knows the first ones; what came later is at the end and may be absent.
TEST(DefinitionFields, NewOnesComeLastAndAreNotRequired) {
  const auto& fields = definition_fields();
  EXPECT_STREQ(fields[17].name, "comparable_with_previous");
  for (std::size_t i = 18; i < fields.size(); ++i)
    EXPECT_FALSE(fields[i].required) << fields[i].name;
}

TEST(DefinitionFields, AreTextsThatComeBack) {
  EXPECT_EQ(field_text(std::vector<Parameter>{{"a", "1"}, {"b", "x=y"}}), "a=1;b=x=y");
  EXPECT_EQ(parse_parameters("a=1;b=x=y"), (std::vector<Parameter>{{"a", "1"}, {"b", "x=y"}}));
  EXPECT_EQ(parse_parameters("a;;b="), (std::vector<Parameter>{{"a", ""}, {"b", ""}}));
  EXPECT_EQ(parse_list("a;b"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parse_list(""), std::vector<std::string>{});
  EXPECT_EQ(field_text(std::optional<Number>{}), "");
  EXPECT_EQ(field_text(std::optional(Number{2'500'000})), "2.5");
}

TEST(Share, IsARatioInPercent) {
  EXPECT_TRUE(is_share(share()));
  auto other = share();
  other.unit = "per 100 homes";
  EXPECT_FALSE(is_share(other));
  other = share();
  other.multiplier = 1000;
  EXPECT_FALSE(is_share(other));
  other = share();
  other.divisor = 2;
  EXPECT_FALSE(is_share(other));
  other = share();
  other.denominator.clear();
  EXPECT_FALSE(is_share(other)) << "a count";
  other = share();
  other.aggregation = Aggregation::kRatePerStock;
  EXPECT_FALSE(is_share(other)) << "events of a year may be more than there are homes";
  other.aggregation = Aggregation::kMeanDuration;
  EXPECT_FALSE(is_share(other));
  for (const auto part : {Aggregation::kSnapshotRatio, Aggregation::kSurveyProportion}) {
    other.aggregation = part;
    EXPECT_TRUE(is_share(other));
  }
}

std::string change(const Definition& before, const Definition& after, Date today) {
  const auto difference = change_of_meaning(before, after, today);
  return difference ? to_text(*difference) : "none";
}

TEST(ChangeOfMeaning, CountsFromTheFirstDayItHolds) {
  const auto before = share();
  auto after = share();
  after.multiplier = 10;
  EXPECT_EQ(change(before, after, make_date(2026, 3, 31)), "none");
  EXPECT_EQ(change(before, after, make_date(2026, 4, 1)), "multiplier was '100' and would be '10'");
}

TEST(ChangeOfMeaning, WordsMayChange) {
  auto after = share();
  after.title = "Other";
  after.source = "Other";
  after.decimals = 3;
  after.shortfall = "walks late";
  EXPECT_EQ(change(share(), after, make_date(2030, 1, 1)), "none");
}

TEST(ChangeOfMeaning, AnEndMayBeSaidUntilItHasCome) {
  auto ended = share(), later = share();
  ended.effective_until = make_date(2026, 7, 1);
  later.effective_until = make_date(2026, 10, 1);
  EXPECT_EQ(change(share(), ended, make_date(2030, 1, 1)), "none");
  EXPECT_EQ(change(ended, later, make_date(2026, 6, 30)), "none");
  EXPECT_EQ(change(ended, later, make_date(2026, 7, 1)),
            "effective_until was '2026-07-01' and would be '2026-10-01'");
  EXPECT_EQ(change(ended, ended, make_date(2026, 7, 1)), "none");
}

TEST(Revision, GrowsWithWordsAlone) {
  auto before = share(), after = share();
  before.revision = 4;
  EXPECT_EQ(revision_after(before, after), 4);
  after.effective_until = make_date(2026, 7, 1);
  EXPECT_EQ(revision_after(before, after), 4);
  after.breakdowns = {"tenure"};
  EXPECT_EQ(revision_after(before, after), 5);
}

}  // namespace
}  // namespace qd
