// Which part of the figures a viewer may read.
#include "core/reading/access/portion.hpp"

#include <gtest/gtest.h>

namespace qd::test {
namespace {

using reading::access::Portion;
using Codes = std::vector<std::string>;

// L > N1 > E1, E2; L > N2 > E3; X stands alone.
const std::vector<Area> kAreas = [] {
  std::vector<Area> areas;
  for (const auto& [code, parent] :
       {std::pair{"E1", "N1"}, std::pair{"E2", "N1"}, std::pair{"E3", "N2"}, std::pair{"L", ""},
        std::pair{"N1", "L"}, std::pair{"N2", "L"}, std::pair{"X", ""}})
    areas.push_back({code, code, "", parent, make_date(2020, 4, 1), std::nullopt});
  return areas;
}();

Codes areas_of(const Viewer& viewer) {
  const Portion portion(viewer, kAreas);
  Codes codes;
  for (const Area& area : kAreas)
    if (portion.has_area(area.code)) codes.push_back(area.code);
  return codes;
}

TEST(PortionTest, OfNobodyConfinedIsEverything) {
  const Portion portion({Audience::kPublic}, kAreas);
  EXPECT_TRUE(portion.is_everything());
  EXPECT_TRUE(portion.has_area("not in the list"));
  EXPECT_TRUE(portion.has_family("any"));
}

TEST(PortionTest, OfAnAreaIsAllThatLiesInIt) {
  EXPECT_EQ(areas_of({.areas = {"N1"}}), (Codes{"E1", "E2", "N1"}));
  EXPECT_EQ(areas_of({.areas = {"E3"}}), Codes{"E3"});
  EXPECT_EQ(areas_of({.areas = {"L"}}), (Codes{"E1", "E2", "E3", "L", "N1", "N2"}));
  EXPECT_EQ(areas_of({.areas = {"E1", "N2", "X"}}), (Codes{"E1", "E3", "N2", "X"}));
}

TEST(PortionTest, OfAnAreaThatIsNotThereIsNothing) {
  EXPECT_EQ(areas_of({.areas = {""}}), Codes{});
  EXPECT_EQ(areas_of({.areas = {"n1"}}), Codes{});
  EXPECT_FALSE(Portion({.areas = {"gone"}}, kAreas).within({}));
  EXPECT_FALSE(Portion({.areas = {"N1"}}, kAreas).has_every_area());
}

TEST(PortionTest, WithoutAFamilyNameIsNoFamily) {
  const Portion portion({.families = {""}}, kAreas);
  EXPECT_FALSE(portion.has_family("copis"));
  EXPECT_TRUE(portion.has_every_area());
  EXPECT_FALSE(portion.is_everything());
}

TEST(PortionTest, AQuestionIsAskedOfThePortionAlone) {
  const Portion portion({.areas = {"N1"}, .families = {"copis", "involvement"}}, kAreas);
  const auto all = portion.within({});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->areas, (Codes{"E1", "E2", "N1"}));
  EXPECT_EQ(all->families, (Codes{"copis", "involvement"}));
  FactQuery some;
  some.areas = {"E3", "E2", "L"};
  some.families = {"existing-pis", "copis"};
  some.indicators = {"C1"};
  const auto narrowed = portion.within(some);
  ASSERT_TRUE(narrowed);
  EXPECT_EQ(narrowed->areas, Codes{"E2"});
  EXPECT_EQ(narrowed->families, Codes{"copis"});
  EXPECT_EQ(narrowed->indicators, Codes{"C1"}) << "the rest of the question stays";
}

TEST(PortionTest, AQuestionAboutOthersAloneHasNoAnswer) {
  const Portion portion({.areas = {"N1"}, .families = {"copis"}}, kAreas);
  FactQuery areas, families;
  areas.areas = {"E3", "L"};
  families.families = {"existing-pis"};
  EXPECT_FALSE(portion.within(areas));
  EXPECT_FALSE(portion.within(families));
}

TEST(PortionTest, HasAnIndicatorOfItsFamiliesUnlessAnotherAreaOwnsIt) {
  const Portion portion({.areas = {"N1"}, .families = {"copis"}}, kAreas);
  Definition definition;
  definition.family = "copis";
  EXPECT_TRUE(portion.has(definition));
  definition.area = "E2";
  EXPECT_TRUE(portion.has(definition));
  definition.area = "N2";
  EXPECT_FALSE(portion.has(definition));
  definition.area.clear();
  definition.family = "involvement";
  EXPECT_FALSE(portion.has(definition));
}

TEST(PortionTest, HasAFigureOfItsAreasAndItsFamilies) {
  const Portion portion({.areas = {"N1"}, .families = {"copis"}}, kAreas);
  Definition definition;
  definition.family = "copis";
  FigureView figure;
  figure.definition = &definition;
  figure.area = "E1";
  EXPECT_TRUE(portion.has(figure));
  figure.area = "L";
  EXPECT_FALSE(portion.has(figure));
  figure.area = "E1";
  definition.family = "involvement";
  EXPECT_FALSE(portion.has(figure));
}

}  // namespace
}  // namespace qd::test
