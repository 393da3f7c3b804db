// Parents before children: what a file refers to is loaded before it.
#include "core/tables/load_order.hpp"

#include <gmock/gmock.h>

#include "core/tables/shipped_tables.hpp"

namespace qd {
namespace {

using testing::ElementsAre;

TableSpec table(const std::string& name, const std::vector<std::string>& references) {
  TableSpec made;
  made.name = name;
  for (const auto& reference : references) {
    made.columns.emplace_back();
    made.columns.back().references = reference;
  }
  return made;
}

std::vector<std::string> order(std::vector<TableSpec> given) {
  std::vector<std::string> names;
  for (const auto& each : tables::in_load_order(std::move(given))) names.push_back(each.name);
  return names;
}

TEST(LoadOrder, AParentComesBeforeItsChildrenHoweverTheyAreDeclared) {
  EXPECT_THAT(order({table("visits", {"jobs"}), table("jobs", {"homes"}), table("homes", {})}),
              ElementsAre("homes", "jobs", "visits"));
}

TEST(LoadOrder, TheOrderGivenStaysWhereNothingRefers) {
  EXPECT_THAT(order({table("b", {""}), table("a", {"elsewhere"}), table("c", {})}),
              ElementsAre("b", "a", "c"));
}

TEST(LoadOrder, ATableMayReferToItselfAndACircleLosesNone) {
  EXPECT_THAT(order({table("areas", {"areas"}), table("a", {"b"}), table("b", {"a"})}),
              ElementsAre("areas", "a", "b"));
}

TEST(LoadOrder, TheTablesThatShipStandInItAlready) {
  std::vector<std::string> names;
  for (const auto& each : tables::shipped_tables()) names.push_back(each.name);
  EXPECT_EQ(order(tables::shipped_tables()), names);
}

}  // namespace
}  // namespace qd
