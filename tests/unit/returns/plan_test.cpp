// What a plan may say, and how it is refused.
#include "core/returns/plan/plan.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace qd {
namespace {

using returns::plan::About;
using returns::plan::check_names;
using returns::plan::Layout;
using returns::plan::read_plan;

constexpr const char* kHead = "title = 'A return'\nabout = 'Of ours.'\n";

std::string refusal(const std::string& rest) {
  const auto plan = read_plan(kHead + rest, "own.toml");
  if (plan) return "taken";
  EXPECT_EQ(plan.error().code, ErrorCode::kReturnPlanMalformed);
  return plan.error().hint.empty() ? plan.error().message
                                   : plan.error().message + " (" + plan.error().hint + ")";
}

std::string section(const std::string& more) {
  return "[[section]]\ntitle = 'Ours'\nholds = 'All of it.'\n" + more + "\n";
}

TEST(Plan, TheOneThatShipsIsRight) {
  const auto plan = read_plan(returns::plan::executive_text(), "executive.toml");
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->sections.size(), 3u);
  EXPECT_EQ(plan->sections[0].layout, Layout::kAreas);
  EXPECT_EQ(plan->sections[1].layout, Layout::kLines);
  EXPECT_EQ(plan->sections[2].layout, Layout::kLinks);
  ASSERT_TRUE(plan->pyramid);
  EXPECT_EQ(plan->pyramid->levels.size(), 3u);
  EXPECT_EQ(plan->sections[1].official, Reading::kYear);
}

TEST(Plan, WhatIsLeftOutIsThatOfTheLayout) {
  const auto plan = read_plan(kHead + section("families = ['voids']"), "own.toml");
  ASSERT_TRUE(plan) << plan.error().message;
  const auto& own = plan->sections.front();
  EXPECT_EQ(own.heading, "Ours");
  EXPECT_EQ(own.layout, Layout::kLines);
  EXPECT_EQ(own.columns, returns::plan::usual_columns(Layout::kLines));
  EXPECT_EQ(own.order, returns::plan::Order::kDeclared);
  EXPECT_FALSE(own.official);
  EXPECT_FALSE(own.breakdowns);
  EXPECT_EQ(own.areas, (std::vector<std::string>{"landlord", "region", "neighbourhood"}));
}

struct Refused {
  const char* name;
  std::string rest;
  std::string sentence;
};

class RefusedPlan : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedPlan, SaysWhereAndWhat) { EXPECT_EQ(refusal(GetParam().rest), GetParam().sentence); }

const std::string kFamilies = "families = ['voids']\n";

INSTANTIATE_TEST_SUITE_P(
    All, RefusedPlan,
    ::testing::Values(
        Refused{"key", "abuot = 'x'\n",
                "own.toml:3:1: 'abuot' is no key of a plan (did you mean 'about'?)"},
        Refused{"section_key", section(kFamilies + "colums = ['code']"),
                "own.toml:7:1: 'colums' is no key of [section] (did you mean 'columns'?)"},
        Refused{"layout", section(kFamilies + "layout = 'line'"),
                "own.toml:7:10: 'line' is no layout of [section] (did you mean 'lines'?)"},
        Refused{"column", section(kFamilies + "columns = ['code', 'titel']"),
                "own.toml:7:20: 'titel' is no column of this layout (did you mean 'title'?)"},
        Refused{"link_column", section(kFamilies + "columns = ['adds']"),
                "own.toml:7:12: 'adds' is no column of this layout (known are: area, code, title, "
                "measure, part, unit, period, ytd, full_year, previous, before, answers, "
                "counts_for, numerator, denominator, shortfall, n, margin, interval, status)"},
        Refused{"heading", section(kFamilies + "headings = { titel = 'x' }"),
                "own.toml:7:22: 'titel' is no column (did you mean 'title'?)"},
        Refused{"twice", section(kFamilies + "columns = ['code', 'code']"),
                "own.toml:7:11: 'columns' is empty or names a column twice"},
        Refused{"same_heading",
                section(kFamilies + "columns = ['code', 'unit']\nheadings = { unit = 'code' }"),
                "own.toml:7:11: two columns are headed 'code'"},
        Refused{"previous", section(kFamilies + "columns = ['code', 'before', 'previous']"),
                "own.toml:7:11: 'before' is one of 'previous' already"},
        Refused{"nothing_in_a_year", section(kFamilies + "columns = ['ytd', 'full_year']"),
                "own.toml:7:11: a return of a year has no column left"},
        Refused{"neither", section("layout = 'lines'"),
                "own.toml:3:1: section 'Ours' has neither 'families' and 'indicators' (name whole "
                "families, or indicators in their order)"},
        Refused{"both", section(kFamilies + "indicators = ['X']"),
                "own.toml:3:1: section 'Ours' has both 'families' and 'indicators' (name whole "
                "families, or indicators in their order)"},
        Refused{"own_sheet", "[[section]]\ntitle = 'NOTES'\nholds = 'x'\n" + kFamilies,
                "own.toml:4:9: every return has a sheet 'NOTES' already"},
        Refused{"same_title", section(kFamilies) + section(kFamilies),
                "own.toml:9:9: two sections have the title 'Ours'"},
        Refused{
            "long_title",
            "[[section]]\ntitle = '12345678901234567890123456789012'\nholds = 'x'\n" + kFamilies,
            "own.toml:4:9: '12345678901234567890123456789012' is longer than 31 characters"},
        Refused{"odd_title", "[[section]]\ntitle = 'a/b'\nholds = 'x'\n" + kFamilies,
                "own.toml:4:9: 'a/b' has one of []:*?/\\' (a sheet's name cannot have it)"},
        Refused{"no_holds", "[[section]]\ntitle = 'a'\n" + kFamilies,
                "own.toml:3:1: [section] has no 'holds'"},
        Refused{"kind_of_area", section(kFamilies + "areas = ['estates']"),
                "own.toml:7:10: 'estates' is no kind of area (did you mean 'estate'?)"},
        Refused{"reading", section(kFamilies + "official = 'yaer'"),
                "own.toml:7:12: 'yaer' is no official of [section] (did you mean 'year'?)"},
        Refused{"text", "keywords = 3\n",
                "own.toml:3:12: 'keywords' is not a text (put it in quotes)"},
        Refused{"place",
                "[[sentence]]\nabout = 'figure'\nindicators = ['X']\nsays = '{figures} came'\n",
                "own.toml:6:8: '{figures}' cannot be filled in here (did you mean 'figure'?)"},
        Refused{"open_place",
                "[[sentence]]\nabout = 'figure'\nindicators = ['X']\nsays = '{figure'\n",
                "own.toml:6:8: '{figure}' cannot be filled in here (did you mean 'figure'?)"},
        Refused{"about", "[[sentence]]\nabout = 'figur'\nindicators = ['X']\nsays = 'x'\n",
                "own.toml:4:9: 'figur' is no about of [sentence] (did you mean 'figure'?)"},
        Refused{"of_nothing", "[[sentence]]\nabout = 'lines'\nindicators = ['X']\nsays = 'x'\n",
                "own.toml:3:1: [sentence] has no 'families'"},
        Refused{"one_alone",
                "[[sentence]]\nabout = 'figure'\nindicators = ['X']\none = 'x'\nsays = 'x'\n",
                "own.toml:3:1: 'one' and 'many' go together"},
        Refused{"no_levels", "[pyramid]\nheading = 'a'\nchart = 'b'\ntotal = 'c'\n",
                "own.toml:3:1: [pyramid] has 0 levels, not one to 3"},
        Refused{"no_toml", "= 3\n",
                "own.toml:3:1: Error while parsing root table: expected keys, tables, whitespace "
                "or comments, saw '=' (write it as TOML)"}),
    [](const auto& one) { return one.param.name; });

TEST(Plan, ATitleOf31CharactersIsTaken) {
  EXPECT_EQ(
      refusal("[[section]]\ntitle = '1234567890123456789012345678901'\nholds = 'x'\n" + kFamilies),
      "taken");
}

TEST(Plan, AThreeStepPyramidIsTakenAFourthStepIsNot) {
  const auto pyramid = [](int levels) {
    std::string text = "[pyramid]\nheading = 'a'\nchart = 'b'\ntotal = 'c'\n";
    for (int i = 0; i < levels; ++i)
      text += "[[pyramid.level]]\nname = 'a'\nlabel = 'a'\nbreakdown = 'level=1'\n";
    return text + "[[pyramid.column]]\nheading = 'x'\nindicator = 'X'\n";
  };
  EXPECT_EQ(refusal(pyramid(3)), "taken");
  EXPECT_EQ(refusal(pyramid(4)), "own.toml:3:1: [pyramid] has 4 levels, not one to 3");
}

TEST(Plan, NamesThatAreNotKnownAreSaidWithTheirPlace) {
  const auto plan = read_plan(kHead + section("families = ['voids', 'viods']") +
                                  "[[sentence]]\nabout = 'figure'\nindicators = ['INV1.t']\n"
                                  "says = '{figure}'\n",
                              "own.toml");
  ASSERT_TRUE(plan) << plan.error().message;
  const auto families = check_names(*plan, {"voids"}, {"INV1.t"});
  ASSERT_FALSE(families);
  EXPECT_EQ(families.error().hint, "did you mean 'voids'?");
  const auto indicators = check_names(*plan, {"voids", "viods"}, {"INV1.T"});
  ASSERT_FALSE(indicators);
  EXPECT_EQ(indicators.error().message, "own.toml:9:15: there is no indicator 'INV1.t'");
  EXPECT_EQ(indicators.error().hint, "did you mean 'INV1.T'?");
  EXPECT_TRUE(check_names(*plan, {"voids", "viods"}, {"INV1.t"}));
}

}  // namespace
}  // namespace qd
