// Everybody reads what is theirs, and of the rest what they would read if it were not there.
#include "core/reading/access/figure_door.hpp"

#include <gtest/gtest.h>

#include "core/model/run.hpp"
#include "tests/support/memory_fact_store.hpp"

namespace qd::test {
namespace {

using reading::access::FigureDoor;

class Access : public ::testing::Test {
 protected:
  Access() {
    for (const auto& [code, parent] :
         {std::pair{"L", ""}, std::pair{"N1", "L"}, std::pair{"E1", "N1"}, std::pair{"N2", "L"}})
      store_.areas_.push_back({code, code, "", parent, make_date(2020, 4, 1), std::nullopt});
    add_run("involvement", "FY2026-27-Q1");
    add_run("copis", "FY2026-27-Q2");
  }
  void add_run(const std::string& family, const std::string& period,
               Counted counts = Counted::kThings) {
    ::qd::Run run;
    run.family = family;
    run.period = period;
    run.id = *store_.begin_run(run, {});
    run.finished_at = instant_of(10);
    Definition definition;
    definition.code = family == "copis" ? "C1" : "INV1";
    definition.family = family;
    definition.counts = counts;
    std::vector<Fact> facts;
    for (const char* area : {"E1", "L", "N1", "N2"}) {
      Fact fact;
      fact.indicator = definition.code;
      fact.area = area;
      fact.period = period;
      facts.push_back(fact);
    }
    run.state = RunState::kComplete;
    run.n_facts = 4;
    ASSERT_TRUE(store_.complete_run(run, {definition}, facts));
  }

  // "C1 E1, C1 N1"
  std::string read(const Viewer& viewer, const FactQuery& query = {}) {
    std::string text;
    const auto figures = reading::all_of(**door().open(query, viewer));
    for (const Figure& figure : *figures)
      text += (text.empty() ? "" : ", ") + figure.fact.indicator + " " + figure.fact.area;
    return text;
  }
  std::int64_t id_of(const std::string& indicator, const std::string& area) {
    const auto figures = store_.facts({});
    for (const Figure& figure : *figures)
      if (figure.fact.indicator == indicator && figure.fact.area == area) return figure.fact.id;
    return 0;
  }
  FigureDoor& door() { return door_.door(); }

  MemoryFactStore store_;
  reading::access::StoreDoor door_{store_, store_, store_};
};

TEST_F(Access, GivesFiguresOfItsAreasAndFamiliesAlone) {
  EXPECT_EQ(read({}), "C1 E1, C1 L, C1 N1, C1 N2, INV1 E1, INV1 L, INV1 N1, INV1 N2");
  EXPECT_EQ(read({.areas = {"N1"}}), "C1 E1, C1 N1, INV1 E1, INV1 N1");
  EXPECT_EQ(read({.families = {"copis"}}), "C1 E1, C1 L, C1 N1, C1 N2");
  EXPECT_EQ(read({.areas = {"E1"}, .families = {"copis"}}), "C1 E1");
}

TEST_F(Access, CountsPeopleTogetherForTheExecutiveAlone) {
  EXPECT_FALSE(door().count_together({Audience::kPublic}));
  EXPECT_FALSE(door().count_together({Audience::kBoard}));
  for (Fact& fact : store_.facts_)
    if (fact.indicator == "INV1")
      fact.members =
          fact.area == "L" ? std::vector<std::uint32_t>{1, 2, 3} : std::vector<std::uint32_t>{3, 4};
  const auto together = door().count_together({Audience::kExecutive});
  EXPECT_EQ(**together({id_of("INV1", "L"), id_of("INV1", "E1"), id_of("INV1", "N1")}), 4);
  EXPECT_EQ(*together({id_of("INV1", "L"), id_of("C1", "L")}), std::nullopt);
}

TEST_F(Access, GivesNothingOfAnAreaThatIsNotThere) {
  FactQuery of_all, of_one;
  of_one.areas = {"E1"};
  EXPECT_EQ(read({.areas = {"gone"}}, of_all), "");
  EXPECT_EQ(read({.areas = {"gone"}}, of_one), "");
}

TEST_F(Access, KnowsNoFigureOfOthersByItsNumber) {
  const Viewer viewer{.areas = {"N1"}, .families = {"copis"}};
  EXPECT_TRUE(*door().fact(id_of("C1", "E1"), viewer));
  EXPECT_FALSE(*door().fact(id_of("C1", "L"), viewer));
  EXPECT_FALSE(*door().fact(id_of("INV1", "E1"), viewer));
  EXPECT_FALSE(*door().fact(4711, viewer));
  EXPECT_TRUE(*door().fact(id_of("INV1", "L"), {}));
}

// How long an answer takes is told to everybody: what is not theirs costs what is not there costs,
// whether it was decided upon already or not, is current or past, is of people or of things.
TEST_F(Access, AsksTheStoreNoMoreForAFigureOfOthersThanForOneThatIsNotThere) {
  const auto past = id_of("INV1", "L");
  add_run("involvement", "FY2026-27-Q1", Counted::kPeople);
  const Viewer viewer{Audience::kPublic, {"N1"}, {"copis"}};
  ASSERT_TRUE(*door().fact(id_of("C1", "E1"), viewer));
  const auto n_calls = [&](std::int64_t id) {
    int n = 0;
    store_.on_call = [&n] {
      ++n;
      return Result<void>{};
    };
    EXPECT_FALSE(*door().fact(id, viewer));
    store_.on_call = [] { return Result<void>{}; };
    return n;
  };
  const int of_none = n_calls(4711);
  EXPECT_GT(of_none, 0);
  EXPECT_EQ(n_calls(past), of_none);
  EXPECT_EQ(n_calls(id_of("INV1", "E1")), of_none);
  EXPECT_EQ(n_calls(id_of("C1", "L")), of_none);
}

TEST_F(Access, TellsThePeriodsOfItsFamilies) {
  using Ids = std::vector<std::string>;
  EXPECT_EQ(*door().periods({}), (Ids{"FY2026-27-Q1", "FY2026-27-Q2"}));
  EXPECT_EQ(*door().periods({.families = {"copis"}}), Ids{"FY2026-27-Q2"});
  EXPECT_EQ(*door().periods({.families = {"none"}}), Ids{});
}

// An estate that was moved takes its past along.
TEST_F(Access, FollowsAnAreaToWhereItLiesNow) {
  const Viewer first{.areas = {"N1"}}, second{.areas = {"N2"}};
  EXPECT_EQ(read(first), "C1 E1, C1 N1, INV1 E1, INV1 N1");
  store_.areas_[2].parent = "N2";
  add_run("copis", "FY2026-27-Q3");  // the data has another version
  EXPECT_EQ(read(first), "C1 N1, C1 N1, INV1 N1");
  EXPECT_EQ(read(second), "C1 E1, C1 E1, C1 N2, C1 N2, INV1 E1, INV1 N2");
}

}  // namespace
}  // namespace qd::test
