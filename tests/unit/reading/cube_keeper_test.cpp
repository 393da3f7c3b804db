// The cube is as new as the data: what is new is read once, and what is past is never shown.
#include "core/reading/cube/cube_keeper.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "tests/support/figure_questions.hpp"
#include "tests/support/memory_fact_store.hpp"

namespace qd::reading::cube {
namespace {

// Stands for the store: tells when it is asked.
class Asked final : public stages::FigureReader {
 public:
  Result<std::unique_ptr<FigureReading>> open(const FactQuery&) override {
    ++n_asked;
    return fail(ErrorCode::kStoreUnavailable, "the store was asked");
  }
  std::atomic<int> n_asked = 0;
};

class Keeping : public ::testing::Test {
 protected:
  std::int64_t complete(const std::string& period, std::int64_t finished) {
    ::qd::Run run;
    run.family = "one";
    run.period = period;
    run.as_of = instant_of(finished);
    run.id = store_.begin_run(run, instant_of(1'000)).value();
    run.finished_at = instant_of(finished);
    auto facts = dice_.facts(definitions_, period, 2);
    EXPECT_TRUE(store_.complete_run(run, definitions_, facts));
    return run.id;
  }
  std::optional<std::size_t> read(const FactQuery& query) {
    const auto reading = keeper_.open(query);
    if (!reading) return std::nullopt;
    test::KeptFigures kept;
    return (*reading)->read(1'000'000, kept).value();
  }
  std::optional<std::size_t> read_at(std::int64_t data_version,
                                     std::optional<Instant> as_of = std::nullopt) {
    FactQuery query;
    query.data_version = data_version;
    query.as_of = as_of;
    return read(query);
  }
  std::size_t n_facts_of(std::int64_t run) const {
    return static_cast<std::size_t>(std::count_if(store_.facts_.begin(), store_.facts_.end(),
                                                  [&](const Fact& f) { return f.run == run; }));
  }

  test::FigureDice dice_{7};
  std::vector<Definition> definitions_ = test::definitions_of("one", {"A1", "A2"});
  MemoryFactStore store_;
  Asked asked_;
  CubeKeeper keeper_{store_, store_, asked_};
};

TEST_F(Keeping, BeforeThereIsACubeTheStoreAnswers) {
  complete("FY2026-27-Q1", 10);
  EXPECT_EQ(keeper_.cube(), nullptr);
  EXPECT_EQ(read_at(1), std::nullopt);
  EXPECT_EQ(asked_.n_asked, 1);
}

TEST_F(Keeping, AnswersOfItsOwnVersionAloneAndOfNoEarlierInstant) {
  const auto run = complete("FY2026-27-Q1", 10);
  ASSERT_TRUE(keeper_.refresh());
  EXPECT_EQ(read_at(1), n_facts_of(run));
  EXPECT_EQ(read_at(1, instant_of(10)), n_facts_of(run));
  EXPECT_EQ(asked_.n_asked, 0);
  EXPECT_EQ(read_at(2), std::nullopt) << "the data is newer";
  EXPECT_EQ(read_at(0), std::nullopt) << "the asker saw older data";
  EXPECT_EQ(read_at(1, instant_of(9)), std::nullopt) << "the past";
  EXPECT_EQ(read({}), std::nullopt) << "nobody said what the present is";
  EXPECT_EQ(asked_.n_asked, 4);
}

TEST_F(Keeping, WhatIsNewIsReadAndWhatIsThereIsKept) {
  const auto first = complete("FY2026-27-Q1", 10);
  ASSERT_TRUE(keeper_.refresh());
  const auto kept = keeper_.cube()->of_run(first);
  const auto second = complete("FY2026-27-Q2", 20);
  ASSERT_TRUE(keeper_.refresh());
  EXPECT_EQ(keeper_.cube()->of_run(first), kept);
  EXPECT_EQ(read_at(2), n_facts_of(first) + n_facts_of(second));
  EXPECT_EQ(keeper_.cube()->newest(), instant_of(20));
}

TEST_F(Keeping, ANewerRunTakesThePlaceOfTheOneBefore) {
  const auto first = complete("FY2026-27-Q1", 10);
  ASSERT_TRUE(keeper_.refresh());
  const auto second = complete("FY2026-27-Q1", 20);
  ASSERT_TRUE(keeper_.refresh());
  EXPECT_EQ(keeper_.cube()->of_run(first), nullptr);
  EXPECT_EQ(read_at(2), n_facts_of(second));
}

TEST_F(Keeping, NothingNewIsNoWork) {
  complete("FY2026-27-Q1", 10);
  ASSERT_TRUE(keeper_.refresh());
  const auto before = keeper_.cube();
  ASSERT_TRUE(keeper_.refresh());
  EXPECT_EQ(keeper_.cube(), before);
}

// Each reading is of one state: of all figures of so many runs, or of none.
TEST_F(Keeping, ReadersSeeWholeStatesWhileItIsMadeAnew) {
  std::set<std::size_t> whole = {0};
  std::vector<std::set<std::size_t>> seen(4);
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (auto& mine : seen)
    readers.emplace_back([&] {
      while (!done) {
        const auto cube = keeper_.cube();
        if (cube) mine.insert(read_at(cube->data_version()).value_or(0));
      }
    });
  std::size_t n_facts = 0;
  for (int year = 2000; year < 2030; ++year) {
    n_facts += n_facts_of(complete("FY" + std::to_string(year), year));
    whole.insert(n_facts);
    ASSERT_TRUE(keeper_.refresh());
  }
  done = true;
  for (auto& reader : readers) reader.join();
  for (const auto& mine : seen)
    EXPECT_TRUE(std::includes(whole.begin(), whole.end(), mine.begin(), mine.end()));
}

TEST_F(Keeping, WhatCannotBeReadLeavesTheCubeAsItWas) {
  complete("FY2026-27-Q1", 10);
  ASSERT_TRUE(keeper_.refresh());
  const auto before = keeper_.cube();
  complete("FY2026-27-Q2", 20);
  int n_calls = 0;
  for (int n_good = 0; n_good < 2; ++n_good) {  // the list of runs is lost, then a run's figures
    n_calls = 0;
    store_.on_call = [&] {
      return ++n_calls > n_good ? Result<void>(fail(ErrorCode::kStoreUnavailable, "gone"))
                                : Result<void>{};
    };
    const auto refreshed = keeper_.refresh();
    ASSERT_FALSE(refreshed);
    EXPECT_EQ(refreshed.error().code, ErrorCode::kStoreUnavailable);
    EXPECT_EQ(n_calls, n_good + 1);
    EXPECT_EQ(keeper_.cube(), before);
  }
  store_.on_call = [] { return Result<void>{}; };
  ASSERT_TRUE(keeper_.refresh());
  EXPECT_NE(keeper_.cube(), before);
}

}  // namespace
}  // namespace qd::reading::cube
