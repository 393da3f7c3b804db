// "Current" is said once, in SQL; what it gives is held against the rule told in plain words.
#include <algorithm>
#include <map>
#include <random>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CurrentRunsTest : public StoreTest {
 protected:
  qd::Run begun(const std::string& family, const std::string& period, std::int64_t as_of) {
    qd::Run run;
    run.family = family;
    run.period = period;
    run.as_of = instant_of(as_of);
    run.started_at = instant_of(1);
    run.id = must(runs().begin_run(run, instant_of(1000)));
    return run;
  }
  std::int64_t complete(const std::string& family, const std::string& period, std::int64_t as_of,
                        std::int64_t finished) {
    qd::Run run = begun(family, period, as_of);
    run.finished_at = instant_of(finished);
    std::vector<Fact> none;
    must(runs().complete_run(run, {}, none));
    return run.id;
  }
  void fail_one(const std::string& family, const std::string& period, std::int64_t as_of,
                std::int64_t finished) {
    qd::Run run = begun(family, period, as_of);
    run.finished_at = instant_of(finished);
    must(runs().fail_run(run));
  }
  std::vector<std::int64_t> current(const CurrentRuns& wanted) {
    std::vector<std::int64_t> numbers;
    for (const auto& run : must(runs().current_runs(wanted))) numbers.push_back(run.id);
    return numbers;
  }
};
QUARTERDAY_BOTH_ENGINES(CurrentRunsTest);

TEST_P(CurrentRunsTest, OfEachFamilyAndPeriodTheOneThatKnewMost) {
  const auto most = complete("copis", "FY2026-27", 20, 30);
  complete("copis", "FY2026-27", 19, 40);
  const auto other_period = complete("copis", "FY2025-26", 5, 10);
  const auto other_family = complete("involvement", "FY2026-27", 5, 10);
  EXPECT_THAT(current({}), ElementsAre(most, other_period, other_family));
  const auto as_much = complete("copis", "FY2026-27", 20, 50);
  EXPECT_THAT(current({}), ElementsAre(other_period, other_family, as_much)) << "by number";
}

TEST_P(CurrentRunsTest, FinishedByThatInstantAndNotAMillisecondLater) {
  const auto first = complete("copis", "FY2026-27", 5, 10);
  const auto second = complete("copis", "FY2026-27", 6, 20);
  EXPECT_THAT(current({{}, {}, instant_of(9)}), IsEmpty());
  EXPECT_THAT(current({{}, {}, instant_of(10)}), ElementsAre(first));
  EXPECT_THAT(current({{}, {}, instant_of(19)}), ElementsAre(first));
  EXPECT_THAT(current({{}, {}, instant_of(20)}), ElementsAre(second));
}

TEST_P(CurrentRunsTest, OnlyCompleteOnesAndOnlyThoseAskedFor) {
  const auto known = complete("copis", "FY2026-27", 5, 10);
  const auto last = complete("copis", "FY2026-27-Q1", 5, 10);
  const auto involved = complete("involvement", "FY2026-27", 5, 10);
  fail_one("copis", "FY2026-27", 9, 20);
  begun("copis", "FY2026-27", 9);
  EXPECT_THAT(current({}), ElementsAre(known, last, involved));
  EXPECT_THAT(current({{"copis"}, {}, {}}), ElementsAre(known, last));
  EXPECT_THAT(current({{}, {"FY2026-27"}, {}}), ElementsAre(known, involved));
  EXPECT_THAT(current({{"copis"}, {"FY2026-27", "FY2026-27-Q1"}, {}}), ElementsAre(known, last));
  EXPECT_THAT(current({{"none"}, {}, {}}), IsEmpty());
}

TEST_P(CurrentRunsTest, ARunComesBackWhole) {
  qd::Run run = begun("copis", "FY2026-27", 5);
  run.finished_at = instant_of(10);
  run.notes = {{"a note", 3}};
  std::vector<Fact> none;
  must(runs().complete_run(run, {}, none));
  const auto found = must(runs().current_runs({}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].state, RunState::kComplete);
  ASSERT_EQ(found[0].notes.size(), 1U);
  EXPECT_EQ(found[0].notes[0].message, "a note");
}

// The rule in plain words, over a made-up history with every tie there can be.
TEST_P(CurrentRunsTest, AreThoseOfTheRuleWhateverTheHistory) {
  struct Past {
    std::int64_t id, as_of, finished;
    std::string family;
  };
  std::mt19937 dice(20'260'401);
  std::vector<Past> history;
  for (int i = 0; i < 60; ++i) {
    const std::string family = dice() % 2 == 0 ? "a" : "b";
    const std::int64_t as_of = 1 + dice() % 5, finished = 1 + dice() % 20;
    history.push_back({complete(family, "FY2026-27", as_of, finished), as_of, finished, family});
  }
  for (std::int64_t then = 0; then <= 21; ++then) {
    std::map<std::string, const Past*> best;
    for (const Past& run : history) {
      if (run.finished > then) continue;
      const Past*& known = best.try_emplace(run.family, &run).first->second;
      if (run.as_of >= known->as_of) known = &run;  // numbers ascend
    }
    std::vector<std::int64_t> expected;
    for (const auto& [family, run] : best) expected.push_back(run->id);
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(current({{}, {}, instant_of(then)}), expected) << then;
  }
}

}  // namespace
}  // namespace qd::tests
