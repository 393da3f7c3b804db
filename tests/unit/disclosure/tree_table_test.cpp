// Which cells of a table must not be shown, so that no small count can be worked out.
#include "core/reading/disclosure/tree_table.hpp"

#include <gtest/gtest.h>

#include "core/model/number.hpp"

namespace qd::test {
namespace {

using reading::disclosure::TreeTable;
using reading::disclosure::Why;

constexpr auto kNone = TreeTable::kNone;

// Place 0 holds the others; counts in persons.
TreeTable flat(const std::vector<std::int64_t>& people, std::int64_t fewest = 5) {
  std::vector<std::uint32_t> parents(people.size(), 0);
  parents[0] = kNone;
  TreeTable table(parents);
  const auto count = table.add_count(fewest);
  for (std::uint32_t place = 0; place < people.size(); ++place)
    table.set(count, place, people[place] * Number::kScale);
  return table;
}

std::string marks(TreeTable table) {
  table.protect();
  std::string text;
  for (std::uint32_t place = 0; place < table.n_places(); ++place)
    text += static_cast<char>('0' + static_cast<int>(table.why(place)));
  return text;
}

TEST(TreeTable, ShowsWhatIsNotSmall) {
  EXPECT_EQ(marks(flat({10, 5, 5})), "000");
  EXPECT_EQ(marks(flat({5, 0, 5})), "000") << "nobody is not a small number of people";
}

TEST(TreeTable, AsManyAsTheThresholdAreShownAndOneFewerAreNot) {
  EXPECT_EQ(marks(flat({25, 5, 20})), "000");
  EXPECT_EQ(marks(flat({24, 4, 20})), "012");
  EXPECT_EQ(marks(flat({14, 4, 10}, 4)), "000");
}

TEST(TreeTable, TheSmallestThatIsEnoughGoesWithASmallOne) {
  EXPECT_EQ(marks(flat({57, 1, 20, 30, 6})), "01002") << "6 could be 1 to 6: five candidates";
  EXPECT_EQ(marks(flat({53, 1, 30, 17, 5})), "01002") << "1 and 5 make 6: 1 to 5";
}

TEST(TreeTable, SmallOnesProtectEachOtherOnlyWhenThereIsEnoughBetweenThem) {
  EXPECT_EQ(marks(flat({43, 4, 4, 15, 20})), "01100") << "two of 4 could be 1 to 7";
  EXPECT_EQ(marks(flat({37, 1, 1, 15, 20})), "01120") << "two of 1 are pinned by their sum";
  EXPECT_EQ(marks(flat({22, 1, 1, 0, 20})), "01102") << "zeros protect nobody";
}

TEST(TreeTable, WhereNeighboursAreNotEnoughWhatTheyLieInIsWithheld) {
  EXPECT_EQ(marks(flat({2, 1, 1})), "111");
  EXPECT_EQ(marks(flat({9, 3, 3, 3})), "0111") << "each could be 1 to 7";
  EXPECT_EQ(marks(flat({6, 2, 2, 2})), "2111") << "each could be 1 to 4 only";
}

TEST(TreeTable, WhoKnowsThatTheOneIsSheLearnsNoMore) {
  // Without her the other two must still hide each other.
  EXPECT_EQ(marks(flat({26, 1, 2, 3, 20})), "01112");
}

// 0 landlord; 1 and 2 neighbourhoods; 3, 4 in 1; 5, 6 in 2.
TreeTable two_floors(const std::vector<std::int64_t>& people) {
  TreeTable table({kNone, 0, 0, 1, 1, 2, 2});
  const auto count = table.add_count(5);
  for (std::uint32_t place = 0; place < people.size(); ++place)
    table.set(count, place, people[place] * Number::kScale);
  return table;
}

TEST(TreeTable, APlaceWithheldIsNotGivenAwayByItsParts) {
  // 3 is alone with a zero: its neighbourhood goes, the other one with it, and a part of that.
  const std::string withheld = marks(two_floors({33, 3, 30, 3, 0, 10, 20}));
  EXPECT_EQ(withheld, "0121020");
}

TEST(TreeTable, ARootThatIsWithheldTellsNothing) {
  EXPECT_EQ(marks(two_floors({3, 3, 0, 3, 0, 0, 0})), "1101000");
}

TEST(TreeTable, CountsOfTheSamePeopleAreWithheldTogether) {
  TreeTable table({kNone, 0, 0, 0});
  const auto engaged = table.add_count(5), active = table.add_count(5);
  const std::int64_t people[][2] = {{60, 45}, {20, 3}, {20, 20}, {20, 22}};
  for (std::uint32_t place = 0; place < 4; ++place) {
    table.set(engaged, place, people[place][0] * Number::kScale);
    table.set(active, place, people[place][1] * Number::kScale);
  }
  table.protect();
  EXPECT_EQ(table.why(1), Why::kSmall);
  EXPECT_EQ(table.why(2), Why::kProtects);
  EXPECT_FALSE(table.is_withheld(3));
  EXPECT_FALSE(table.is_withheld(0));
}

TEST(TreeTable, AFloorTakesAwayWhatAPlaceCouldGive) {
  auto table = flat({37, 1, 6, 30});
  table.raise_floor(0, 2, 6 * Number::kScale);
  EXPECT_EQ(marks(table), "0102") << "the 6 is known to be no less";
  auto partly = flat({37, 1, 6, 30});
  partly.raise_floor(0, 2, 2 * Number::kScale);
  EXPECT_EQ(marks(partly), "0120") << "the 6 could give 4: 1 to 5 is what is asked for";
  partly.raise_floor(0, 2, 3 * Number::kScale);
  EXPECT_EQ(marks(partly), "0102") << "3 are not enough";
}

TEST(TreeTable, WhatIsWithheldStaysSoForItsFirstReason) {
  auto table = flat({30, 10, 20});
  table.withhold(1, Why::kWhole);
  table.withhold(1, Why::kProtects);
  EXPECT_EQ(marks(table), "030");
}

TEST(TreeTable, WhatIsKnownAlreadyProtectsNobody) {
  TreeTable table = flat({57, 1, 20, 30, 6});
  table.give(4);
  EXPECT_EQ(marks(table), "01200") << "6 would have been the smallest that is enough";
  TreeTable given_above = flat({6, 2, 2, 2});
  given_above.give(0);
  EXPECT_EQ(marks(given_above), "0111") << "nor does what they lie in";
}

TEST(TreeTable, SaysWhetherASmallCountIsProtected) {
  TreeTable alone = flat({24, 4, 20});
  EXPECT_TRUE(alone.is_protected(0, 2)) << "it is not small";
  alone.withhold(1, Why::kSmall);
  EXPECT_FALSE(alone.is_protected(0, 1));
  alone.withhold(2, Why::kProtects);
  EXPECT_TRUE(alone.is_protected(0, 1));
  alone.lower_ceiling(0, 1, 5 * Number::kScale);
  EXPECT_TRUE(alone.is_protected(0, 1)) << "1 to 5";
  alone.raise_floor(0, 1, 2 * Number::kScale);
  EXPECT_FALSE(alone.is_protected(0, 1)) << "2 to 5";
}

}  // namespace
}  // namespace qd::test
