// What parts add up to, and what the areas above are told.
#include "core/worker/child/parts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace qd {
namespace {

const std::vector<ReadingWindow> kYear = Period::year(2026).readings();
enum Indicator : std::uint32_t { kRatio, kCount, kPeople, kMedian, kShare, kByLevel };

Definition definition(std::string code, std::string denominator, Aggregation aggregation) {
  Definition made;
  made.code = std::move(code);
  made.denominator = std::move(denominator);
  made.aggregation = aggregation;
  return made;
}

const std::vector<Definition>& definitions() {
  static const auto all = [] {
    std::vector<Definition> made = {
        definition("ratio", "homes", Aggregation::kFlowRatio),
        definition("count", "", Aggregation::kAdditiveCount),
        definition("people", "", Aggregation::kDistinctCount),
        definition("median", "homes", Aggregation::kQuantile),
        definition("share", "homes", Aggregation::kFlowRatio),
        definition("by_level", "", Aggregation::kAdditiveCount),
    };
    made[kMedian].percentile = 50;
    made[kShare].part_of_whole = true;
    made[kShare].unit = "%";
    made[kByLevel].breakdowns = {"level"};
    return made;
  }();
  return all;
}

const std::vector<FamilyBreakdown> kDeclared = {{"sex", "whose", {}},
                                                {"level", "of what", {"2", "3"}}};

Area area(std::string code, std::string parent, Date from = make_date(2020, 1, 1)) {
  return {std::move(code), "", "estate", std::move(parent), from, std::nullopt};
}

qd_fact part(Indicator indicator, const char* area, std::int64_t numerator,
             std::int64_t denominator = 0) {
  qd_fact fact = {};
  fact.definition = indicator;
  fact.area = area;
  fact.breakdown = "";
  fact.numerator = numerator;
  fact.denominator = denominator;
  fact.n = fact.population = -1;
  return fact;
}

qd_fact absent(Indicator indicator, const char* area, std::uint32_t reason) {
  qd_fact fact = part(indicator, area, 0);
  fact.null_reason = reason;
  return fact;
}

// L1 holds N1 and N2; N1 holds E1 and E2.
class Parts : public testing::Test {
 protected:
  AreaTree tree_ =
      *AreaTree::build({area("L1", ""), area("N1", "L1"), area("N2", "L1"), area("E1", "N1"),
                        area("E2", "N1"), area("LATER", "L1", make_date(2030, 1, 1))},
                       kYear);
  worker::child::PartTable parts_{tree_, definitions(), kDeclared};

  void add(const qd_fact& fact) {
    const auto added = parts_.add(fact, 100);
    ASSERT_TRUE(added) << to_text(added.error());
  }
  std::map<std::string, worker::wire::FactRow> rolled_up() {
    std::map<std::string, worker::wire::FactRow> rows;
    const auto all = parts_.roll_up();
    for (const worker::wire::FactRow& row : *all) rows[tree_.codes()[row.area]] = row;
    return rows;
  }
};

TEST_F(Parts, WhoIsCountedIsToldOfEveryAreaAndAddedUpOnce) {
  const std::vector<std::vector<std::uint32_t>> people = {{7, 3, 7}, {3, 9}, {50}, {}};
  const char* areas[] = {"E1", "E2", "N1", "N2"};
  for (std::size_t i = 0; i < people.size(); ++i) {
    qd_fact of_people = part(kPeople, areas[i], 0, 0);
    of_people.members = people[i].data();
    of_people.n_members = people[i].size();
    add(of_people);
  }
  add(part(kRatio, "E1", 1, 4));
  const auto rows = parts_.roll_up();
  std::map<std::string, std::set<std::uint32_t>> members;
  for (const auto& told : parts_.take_members()) {
    const worker::wire::FactRow& row = (*rows)[told.row];
    EXPECT_EQ(row.definition, kPeople);
    EXPECT_EQ(row.numerator, static_cast<std::int64_t>(told.codes.size()) * QD_ONE);
    members[tree_.codes()[row.area]] = {told.codes.begin(), told.codes.end()};
  }
  EXPECT_EQ(members, (std::map<std::string, std::set<std::uint32_t>>{{"E1", {3, 7}},
                                                                     {"E2", {3, 9}},
                                                                     {"L1", {3, 7, 9, 50}},
                                                                     {"N1", {3, 7, 9, 50}},
                                                                     {"N2", {}}}));
}

TEST_F(Parts, OfTheSameKeyAreAddedAndCountedInAllAreasAbove) {
  add(part(kRatio, "E1", 1, 4));
  add(part(kRatio, "E1", 2, 3));
  add(part(kRatio, "E2", 10, 20));
  add(part(kRatio, "N2", 100, 300));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").numerator, 3);
  EXPECT_EQ(rows.at("E1").denominator, 7);
  EXPECT_EQ(rows.at("N1").numerator, 13);
  EXPECT_EQ(rows.at("N1").denominator, 27);
  EXPECT_EQ(rows.at("L1").numerator, 113);
  EXPECT_EQ(rows.at("L1").denominator, 327);
  EXPECT_EQ(rows.size(), 5u);
}

// ---- Parts that cover everything in their area. -----------------------------------------------

class WholeParts : public Parts {
 protected:
  void add_whole(qd_fact fact) {
    fact.flags |= QD_WHOLE_AREA;
    add(fact);
  }
  static constexpr const char* kNote =
      "ratio: an area has figures of its own; those of the areas below are not added to them";
  using Notes = std::map<std::string, std::int64_t>;
};

TEST_F(WholeParts, StandAloneWhateverLiesBelow) {
  add_whole(part(kRatio, "N1", 10, 100));
  add_whole(part(kRatio, "L1", 30, 300));
  add_whole(part(kRatio, "N2", 20, 200));
  add(part(kRatio, "E1", 1, 2));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("L1").numerator, 30);
  EXPECT_EQ(rows.at("L1").denominator, 300);
  EXPECT_EQ(rows.at("N1").numerator, 10);
  EXPECT_EQ(rows.at("N2").numerator, 20);
  EXPECT_EQ(rows.at("E1").numerator, 1);
  EXPECT_EQ(parts_.notes(), (Notes{{kNote, 2}}));  // of L1 and of N1
  EXPECT_TRUE(parts_.stands_alone(kRatio, 0, "", *tree_.find("N1")));
  EXPECT_FALSE(parts_.stands_alone(kRatio, 0, "", *tree_.find("N2")));
  EXPECT_FALSE(parts_.stands_alone(kRatio, 0, "sex=F", *tree_.find("L1")));
}

TEST_F(WholeParts, AreAddedUpInAreasAboveThatHaveNone) {
  add_whole(part(kRatio, "N1", 10, 100));
  add_whole(part(kRatio, "N2", 20, 200));
  add_whole(part(kRatio, "E1", 1, 2));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("L1").numerator, 30);
  EXPECT_EQ(rows.at("L1").denominator, 300);
  EXPECT_EQ(parts_.notes(), (Notes{{kNote, 1}}));
}

TEST_F(WholeParts, WithNothingBelowNeedNoNote) {
  add_whole(part(kRatio, "L1", 30, 300));
  EXPECT_EQ(rolled_up().at("L1").numerator, 30);
  EXPECT_TRUE(parts_.notes().empty());
}

TEST_F(WholeParts, StandForTheirOwnBreakdownOnly) {
  qd_fact women = part(kRatio, "L1", 30, 300);
  women.breakdown = "sex=F";
  add_whole(women);
  add_whole(part(kRatio, "N1", 10, 100));
  EXPECT_EQ(parts_.roll_up()->size(), 3u);
  EXPECT_TRUE(parts_.notes().empty());
}

TEST_F(WholeParts, ThatAreMissingAreNotMadeUpFromBelow) {
  qd_fact withheld = absent(kRatio, "L1", QD_SUPPRESSED);
  add_whole(withheld);
  add_whole(part(kRatio, "N1", 10, 100));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("L1").null_reason, QD_SUPPRESSED);
  EXPECT_EQ(rows.at("L1").flags, 0);
}

TEST_F(WholeParts, AreNotPartialForWhatIsMissingBelow) {
  add_whole(part(kRatio, "L1", 30, 300));
  add_whole(absent(kRatio, "N1", QD_NOT_AVAILABLE));
  EXPECT_EQ(rolled_up().at("L1").flags, 0);
}

TEST_F(WholeParts, CountTheirOwnMembersOnly) {
  const std::uint32_t all[] = {1, 2}, some[] = {2, 3};
  qd_fact fact = part(kPeople, "N1", 0);
  fact.members = all;
  fact.n_members = 2;
  add_whole(fact);
  fact.area = "E1";
  fact.members = some;
  add_whole(fact);
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").numerator, 2 * QD_ONE);
  EXPECT_EQ(rows.at("N1").numerator, 2 * QD_ONE);
  EXPECT_EQ(rows.at("L1").numerator, 2 * QD_ONE);
}

TEST(OwnedParts, StopAtTheAreaOfTheIndicatorsOwners) {
  const auto tree = *AreaTree::build({area("L1", ""), area("N1", "L1"), area("E1", "N1")}, kYear);
  Definition owned;
  owned.code = "COPI-N1-C01";
  owned.area = "N1";
  const std::vector<Definition> all = {owned};
  worker::child::PartTable parts(tree, all, kDeclared);
  ASSERT_TRUE(parts.add(part(kRatio, "E1", 2), 0));
  ASSERT_TRUE(parts.add(part(kRatio, "N1", 3), 0));
  std::map<std::string, std::int64_t> numerators;
  const auto rows = parts.roll_up();
  for (const worker::wire::FactRow& row : *rows) numerators[tree.codes()[row.area]] = row.numerator;
  EXPECT_EQ(numerators, (std::map<std::string, std::int64_t>{{"E1", 2}, {"N1", 5}}));
}

TEST_F(Parts, OfAPersonSeenInTwoPlacesCountOnceAbove) {
  const std::uint32_t first[] = {1, 2, 2, 3}, second[] = {3, 4};
  qd_fact fact = part(kPeople, "E1", 999);
  fact.members = first;
  fact.n_members = 4;
  add(fact);
  fact.area = "E2";
  fact.members = second;
  fact.n_members = 2;
  add(fact);
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").numerator, 3 * QD_ONE);
  EXPECT_EQ(rows.at("E2").numerator, 2 * QD_ONE);
  EXPECT_EQ(rows.at("N1").numerator, 4 * QD_ONE);
  EXPECT_EQ(rows.at("L1").numerator, 4 * QD_ONE);
}

TEST_F(Parts, WithoutMembersSayNobody) {
  add(part(kPeople, "E1", 5));
  EXPECT_EQ(rolled_up().at("L1").numerator, 0);
}

TEST_F(Parts, ThatAreMissingLeaveThePartialSumOfTheOthersAbove) {
  add(absent(kRatio, "E1", QD_NOT_AVAILABLE));
  add(part(kRatio, "E2", 1, 2));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").null_reason, QD_NOT_AVAILABLE);
  EXPECT_EQ(rows.at("E2").flags, 0);
  EXPECT_EQ(rows.at("N1").null_reason, QD_HAS_VALUE);
  EXPECT_EQ(rows.at("N1").numerator, 1);
  EXPECT_EQ(rows.at("N1").flags, QD_PARTIAL);
  EXPECT_EQ(rows.at("L1").flags, QD_PARTIAL);
}

TEST_F(Parts, ThatAllAreMissingPassTheReasonUp) {
  add(absent(kRatio, "E1", QD_NOT_AVAILABLE));
  add(absent(kRatio, "E2", QD_NOT_AVAILABLE));
  EXPECT_EQ(rolled_up().at("L1").null_reason, QD_NOT_AVAILABLE);
}

TEST_F(Parts, MissingForSeveralReasonsPassUpTheOneThatProtectsMost) {
  add(absent(kRatio, "E1", QD_NOT_APPLICABLE));
  add(absent(kRatio, "E2", QD_SUPPRESSED));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("L1").null_reason, QD_SUPPRESSED);
  EXPECT_EQ(rows.at("L1").flags, 0);
}

TEST_F(Parts, WhereTheQuestionDoesNotAriseMakeNothingPartial) {
  add(absent(kRatio, "E1", QD_NOT_APPLICABLE));
  add(part(kRatio, "E2", 1, 2));
  EXPECT_EQ(rolled_up().at("N1").flags, 0);
}

TEST_F(Parts, OverNothingHaveNoValue) {
  add(part(kRatio, "E1", 0, 0));
  add(part(kRatio, "E2", 1, 2));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").null_reason, QD_ZERO_DENOMINATOR);
  EXPECT_EQ(rows.at("N1").null_reason, QD_HAS_VALUE);
  EXPECT_EQ(rows.at("N1").flags, 0);
}

TEST_F(Parts, CarryCasesAndPopulationUpOnlyWhereAllStateThem) {
  qd_fact fact = part(kRatio, "E1", 1, 2);
  fact.n = 20;
  fact.population = 200;
  add(fact);
  fact.area = "E2";
  fact.population = -1;
  add(fact);
  add(absent(kRatio, "N2", QD_NOT_APPLICABLE));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").population, 200);
  EXPECT_EQ(rows.at("L1").n, 40);
  EXPECT_EQ(rows.at("L1").population, -1);
}

TEST_F(Parts, PassFlagsUpButPartialIsTheHostsToSay) {
  qd_fact fact = part(kCount, "E1", 1);
  fact.flags = QD_PROVISIONAL | QD_PARTIAL;
  add(fact);
  EXPECT_EQ(rolled_up().at("L1").flags, QD_PROVISIONAL);
}

TEST_F(Parts, OfAnAreaOfAnotherTimeStayThereWithANote) {
  add(part(kCount, "LATER", 1));
  const auto rows = rolled_up();
  EXPECT_EQ(rows.size(), 1u);
  ASSERT_EQ(parts_.notes().size(), 1u);
  EXPECT_NE(parts_.notes().begin()->first.find("area LATER did not exist"), std::string::npos);
}

TEST_F(Parts, ThatPassSixtyFourBitsAreNotComputed) {
  add(part(kCount, "E1", INT64_MAX));
  add(part(kCount, "E2", 1));
  const auto rows = parts_.roll_up();
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, ErrorCode::kFamilyFailed);
  EXPECT_EQ(rows.error().message, "failed: a sum passes what 64 bits hold, at count, area L1");
}

TEST_F(Parts, ThatPassSixtyFourBitsOnTheWayOnlyAreFine) {
  for (const auto value : {INT64_MAX, INT64_MAX, -INT64_MAX, -INT64_MAX})
    add(part(kCount, "E1", value));
  EXPECT_EQ(rolled_up().at("L1").numerator, 0);
}

TEST_F(Parts, AboutNothingThatExistsAreRubbish) {
  const std::uint32_t members[] = {100};
  std::vector<qd_fact> facts(9, part(kRatio, "E1", 1, 2));
  facts[0].definition = 6;
  facts[1].reading = 1;
  facts[2].area = nullptr;
  facts[3].area = "E9";
  facts[4].breakdown = nullptr;
  facts[5].breakdown = "b=1;a=1";
  facts[6].null_reason = 7;
  facts[7].flags = 64;
  facts[8] = part(kPeople, "E1", 0);
  facts[8].members = members;
  facts[8].n_members = 1;
  for (const qd_fact& fact : facts) {
    const auto added = parts_.add(fact, 100);
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, ErrorCode::kFamilyRubbish);
    EXPECT_TRUE(added.error().message.starts_with("answered with rubbish: "));
  }
  EXPECT_TRUE(parts_.roll_up()->empty());
}

// ---- Quantiles. ---------------------------------------------------------------------------------

class Samples : public Parts {
 protected:
  void sample(const char* area, std::vector<qd_number> values) {
    qd_fact fact = part(kMedian, area, 0);
    fact.values = values.data();
    fact.n_values = values.size();
    add(fact);
  }
};

TEST_F(Samples, GiveTheMedianOfAllThatLieInAnArea) {
  sample("E1", {3 * QD_ONE, QD_ONE});
  sample("E1", {2 * QD_ONE});
  sample("E2", {10 * QD_ONE});
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").numerator, 2 * QD_ONE);
  EXPECT_EQ(rows.at("E1").denominator, QD_ONE);
  EXPECT_EQ(rows.at("E1").n, 3);
  EXPECT_EQ(rows.at("L1").numerator, 5 * QD_ONE);  // (2 + 3) / 2, and no mean of medians
  EXPECT_EQ(rows.at("L1").denominator, 2 * QD_ONE);
  EXPECT_EQ(rows.at("L1").n, 4);
}

TEST_F(Samples, WithoutValuesHaveNone) {
  add(part(kMedian, "E1", 0));
  EXPECT_EQ(rolled_up().at("E1").null_reason, QD_ZERO_DENOMINATOR);
}

TEST_F(Samples, ThatAreNotThereAreRubbish) {
  qd_fact fact = part(kMedian, "E1", 0);
  fact.n_values = 1;
  EXPECT_EQ(parts_.add(fact, 100).error().message,
            "answered with rubbish: sample values that are not there");
}

// ---- Breakdowns that are declared. ------------------------------------------------------------

TEST_F(Parts, CarryOnlyBreakdownsThatAreDeclared) {
  const auto said_of = [&](Indicator indicator, const char* breakdown) -> std::string {
    qd_fact fact = part(indicator, "E1", 1, 2);
    fact.breakdown = breakdown;
    const auto added = parts_.add(fact, 100);
    return added ? "" : added.error().message;
  };
  EXPECT_EQ(said_of(kRatio, "sex=F"), "");
  EXPECT_EQ(said_of(kRatio, "level=2;sex=F"), "");
  EXPECT_EQ(said_of(kRatio, "age=65+"),
            "answered with rubbish: breakdown key 'age' is not declared");
  EXPECT_EQ(said_of(kRatio, "level=3;tenure=LCRA"),
            "answered with rubbish: breakdown key 'tenure' is not declared");
  EXPECT_EQ(said_of(kRatio, "level=4"),
            "answered with rubbish: '4' is no declared value of breakdown key 'level', those are "
            "2, 3");
  EXPECT_EQ(said_of(kByLevel, "level=2"), "");
  EXPECT_EQ(said_of(kByLevel, ""), "");
  EXPECT_EQ(said_of(kByLevel, "level=2;sex=F"),
            "answered with rubbish: 'level=2;sex=F' of by_level, whose breakdowns are declared to "
            "be level");
}

// ---- Figures that cannot be right. --------------------------------------------------------------

TEST_F(Parts, ThatCannotBeRightAreMarkedAndNotedAndKept) {
  add(part(kShare, "E1", 5, 4));
  qd_fact women = part(kShare, "E2", 3, 2);
  women.breakdown = "sex=F";
  add(women);
  const auto rows = rolled_up();
  EXPECT_EQ(rows.at("E1").flags, QD_IMPLAUSIBLE);
  EXPECT_EQ(rows.at("E1").numerator, 5);
  EXPECT_EQ(rows.at("E1").null_reason, QD_HAS_VALUE);
  EXPECT_TRUE(parts_.notes().contains("E1: share is above 100 %"));
  EXPECT_TRUE(parts_.notes().contains("E2 sex=F: share is above 100 %"));
}

TEST_F(Parts, OfTheWholeAndOfNothingAreRight) {
  add(part(kShare, "E1", 4, 4));
  add(part(kShare, "E2", 0, 4));
  add(part(kRatio, "N2", 5, 4));  // of something else
  for (const auto& [area, row] : rolled_up()) EXPECT_EQ(row.flags, 0) << area;
  EXPECT_TRUE(parts_.notes().empty());
}

TEST_F(Parts, AreNotMarkedByTheFamily) {
  qd_fact fact = part(kShare, "E1", 1, 4);
  fact.flags = QD_IMPLAUSIBLE;
  add(fact);
  EXPECT_EQ(rolled_up().at("E1").flags, 0);
}

TEST_F(Parts, OfAThousandImplausibleFiguresTwentyAreNamed) {
  for (int i = 0; i < 30; ++i) {
    const auto breakdown = "sex=" + std::to_string(i);
    qd_fact fact = part(kShare, "L1", 2, 1);
    fact.breakdown = breakdown.c_str();
    add(fact);
  }
  rolled_up();
  EXPECT_EQ(parts_.notes().size(), 21u);
  EXPECT_EQ(parts_.notes().at("further figures that cannot be right"), 10);
}

// ---- Any tree, any parts: against sums made the slow and obvious way. -------------------------

struct Said {
  std::uint32_t indicator, area, breakdown;
  std::int64_t numerator, denominator;
  std::vector<std::uint32_t> members;
};

constexpr const char* kBreakdowns[] = {"", "sex=F", "sex=M"};

rc::Gen<Said> any_part(std::uint32_t n_areas) {
  return rc::gen::build<Said>(
      rc::gen::set(&Said::indicator, rc::gen::inRange(0u, 3u)),
      rc::gen::set(&Said::area, rc::gen::inRange(0u, n_areas)),
      rc::gen::set(&Said::breakdown, rc::gen::inRange(0u, 3u)),
      rc::gen::set(&Said::numerator, rc::gen::inRange<std::int64_t>(0, 1'000'000'000)),
      rc::gen::set(&Said::denominator, rc::gen::inRange<std::int64_t>(0, 1'000'000'000)),
      rc::gen::set(&Said::members,
                   rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0u, 50u))));
}

std::string code_of(std::uint32_t area) { return "A" + std::to_string(1000 + area); }

// parents[i] < i or i itself, which makes a root.
std::vector<std::uint32_t> any_parents(std::uint32_t n_areas) {
  std::vector<std::uint32_t> parents;
  for (std::uint32_t i = 0; i < n_areas; ++i) parents.push_back(*rc::gen::inRange(0u, i + 1));
  return parents;
}

AreaTree tree_of(const std::vector<std::uint32_t>& parents) {
  std::vector<Area> areas;
  for (std::uint32_t i = 0; i < parents.size(); ++i)
    areas.push_back(area(code_of(i), parents[i] == i ? "" : code_of(parents[i])));
  return *AreaTree::build(areas, kYear);
}

using Key = std::tuple<std::uint32_t, std::uint32_t, std::string>;  // indicator, area, breakdown
struct Sums {
  std::int64_t numerator = 0, denominator = 0;
  friend bool operator==(const Sums&, const Sums&) = default;
};

std::map<Key, Sums> by_the_host(const AreaTree& tree, const std::vector<Said>& said) {
  worker::child::PartTable parts(tree, definitions(), kDeclared);
  for (const Said& one : said) {
    const auto code = code_of(one.area);
    qd_fact fact =
        part(static_cast<Indicator>(one.indicator), code.c_str(), one.numerator, one.denominator);
    fact.breakdown = kBreakdowns[one.breakdown];
    fact.members = one.members.data();
    fact.n_members = one.members.size();
    RC_ASSERT(parts.add(fact, 50).has_value());
  }
  const auto rows = parts.roll_up();
  RC_ASSERT(rows.has_value());
  std::map<Key, Sums> facts;
  for (const worker::wire::FactRow& row : *rows)
    facts[{row.definition, row.area, parts.breakdowns()[row.breakdown]}] = {row.numerator,
                                                                            row.denominator};
  return facts;
}

std::map<Key, Sums> by_hand(const std::vector<std::uint32_t>& parents,
                            const std::vector<Said>& said) {
  std::map<Key, Sums> facts;
  std::map<Key, std::set<std::uint32_t>> people;
  for (const Said& one : said) {
    for (auto at = one.area;; at = parents[at]) {
      const Key key{one.indicator, at, kBreakdowns[one.breakdown]};
      Sums& sums = facts[key];
      if (one.indicator != kPeople) sums.numerator += one.numerator;
      if (one.indicator == kRatio) sums.denominator += one.denominator;
      if (one.indicator == kPeople) {
        people[key].insert(one.members.begin(), one.members.end());
        sums.numerator = static_cast<std::int64_t>(people[key].size()) * QD_ONE;
      }
      if (parents[at] == at) break;
    }
  }
  return facts;
}

RC_GTEST_PROP(RollUp, EqualsTheSlowAndObviousWay, ()) {
  const auto n_areas = *rc::gen::inRange(1u, 40u);
  const auto parents = any_parents(n_areas);
  const auto said = *rc::gen::container<std::vector<Said>>(any_part(n_areas));
  RC_ASSERT(by_the_host(tree_of(parents), said) == by_hand(parents, said));
}

RC_GTEST_PROP(RollUp, DoesNotDependOnTheOrderOfTheParts, ()) {
  const auto n_areas = *rc::gen::inRange(1u, 20u);
  const auto tree = tree_of(any_parents(n_areas));
  auto said = *rc::gen::container<std::vector<Said>>(any_part(n_areas));
  const auto before = by_the_host(tree, said);
  for (std::size_t i = said.size(); i > 1; --i)
    std::swap(said[i - 1], said[*rc::gen::inRange<std::size_t>(0, i)]);
  RC_ASSERT(by_the_host(tree, said) == before);
}

RC_GTEST_PROP(RollUp, CountsPeopleAboveNoMoreThanTheirSumAndNoLessThanTheMost, ()) {
  const auto n_areas = *rc::gen::inRange(2u, 20u);
  std::vector<std::uint32_t> parents(n_areas, 0);  // everything lies in the first
  const auto said = *rc::gen::container<std::vector<Said>>(any_part(n_areas));
  const auto facts = by_the_host(tree_of(parents), said);
  for (const char* breakdown : kBreakdowns) {
    std::int64_t sum = 0, most = 0;
    for (const auto& [key, sums] : by_hand({[&] {
                                             std::vector<std::uint32_t> alone(n_areas);
                                             for (std::uint32_t i = 0; i < n_areas; ++i)
                                               alone[i] = i;
                                             return alone;
                                           }()},
                                           said)) {
      if (std::get<0>(key) != kPeople || std::get<2>(key) != breakdown) continue;
      sum += sums.numerator;
      most = std::max(most, sums.numerator);
    }
    const auto above = facts.find({kPeople, 0, breakdown});
    if (above == facts.end()) continue;
    RC_ASSERT(above->second.numerator <= sum);
    RC_ASSERT(above->second.numerator >= most);
  }
}

RC_GTEST_PROP(RepeatSieve, KeepsEveryCodeOnce, (std::vector<std::uint16_t> codes)) {
  worker::child::RepeatSieve sieve;
  std::vector<std::uint32_t> kept(codes.begin(), codes.end());
  sieve.drop_repeats(kept);
  const std::set<std::uint32_t> once(kept.begin(), kept.end());
  RC_ASSERT(once == std::set<std::uint32_t>(codes.begin(), codes.end()));
  RC_ASSERT(once.size() == kept.size());
  auto again = kept;
  sieve.drop_repeats(again);  // nothing of the last call is left behind
  RC_ASSERT(again == kept);
}

}  // namespace
}  // namespace qd
