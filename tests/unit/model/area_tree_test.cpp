#include "core/model/area_tree.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

constexpr auto kRoot = AreaTree::kRoot;
constexpr auto kAbsent = AreaTree::kAbsent;

Area area(std::string code, std::string parent, Date from = make_date(2020, 1, 1),
          std::optional<Date> until = std::nullopt) {
  return {std::move(code), "", "estate", std::move(parent), from, until};
}

const std::vector<ReadingWindow> kYear = Period::year(2026).readings();

TEST(AreaTree, HoldsAreasByCodeWithTheirParents) {
  const auto tree = AreaTree::build({area("N1", "L1"), area("L1", ""), area("E1", "N1")}, kYear);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->codes(), (std::vector<std::string>{"E1", "L1", "N1"}));
  EXPECT_EQ(tree->parents(0), (std::vector<std::uint32_t>{2, kRoot, 1}));
  EXPECT_EQ(tree->depths(0), (std::vector<std::uint32_t>{2, 0, 1}));
  EXPECT_EQ(tree->subtree(0, 2), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(tree->find("N1"), 2u);
  EXPECT_EQ(tree->find("N2"), std::nullopt);
}

TEST(AreaTree, AnAreaThatEndedDuringTheReadingKeepsItsPlace) {
  const auto tree = AreaTree::build(
      {area("L1", ""), area("E1", "L1", make_date(2020, 1, 1), make_date(2026, 5, 1))}, kYear);
  EXPECT_EQ(tree->parents(0)[0], 1u);
}

TEST(AreaTree, AnAreaOfAnotherTimeIsAbsent) {
  const auto tree = AreaTree::build(
      {area("A", "L1", make_date(2027, 4, 1)),
       area("B", "L1", make_date(2020, 1, 1), make_date(2026, 4, 1)), area("L1", "")},
      kYear);
  EXPECT_EQ(tree->parents(0), (std::vector<std::uint32_t>{kAbsent, kAbsent, kRoot}));
}

TEST(AreaTree, WhoseParentIsAbsentIsARoot) {
  const auto tree =
      AreaTree::build({area("E1", "N1"), area("N1", "", make_date(2027, 4, 1))}, kYear);
  EXPECT_EQ(tree->parents(0), (std::vector<std::uint32_t>{kRoot, kAbsent}));
}

TEST(AreaTree, RefusesWhatIsNoTree) {
  EXPECT_EQ(AreaTree::build({area("E1", "N1")}, kYear).error().code, ErrorCode::kReferenceUnknown);
  EXPECT_EQ(AreaTree::build({area("A", ""), area("A", "")}, kYear).error().code,
            ErrorCode::kRuleBroken);
  const auto circle =
      AreaTree::build({area("A", "B"), area("B", "C"), area("C", "A"), area("D", "A")}, kYear);
  EXPECT_EQ(circle.error().code, ErrorCode::kRuleBroken);
}

}  // namespace
}  // namespace qd
