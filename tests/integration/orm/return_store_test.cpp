#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "tests/integration/orm/stores.hpp"

namespace qd::tests {
namespace {

constexpr const char* kSchedule = "executive-quarterly";
constexpr const char* kPeriod = "FY2026-27-Q1";

class ReturnStoreTest : public StoreTest {
 protected:
  std::optional<ReturnRun> claim(std::int64_t now, std::int64_t lease_until) {
    return must(returns().claim(kSchedule, kPeriod, 1, instant_of(now), instant_of(lease_until)));
  }
  ReturnRun built(ReturnRun run) {
    run.as_of = instant_of(77);
    run.fact_runs = {3, 15, 4};
    run.file_name = "executive-FY2026-27-Q1-r1.xlsx";
    run.sha256 = "abc";
    run.workbook = std::string("PK\0\xff\xc3\x28 '\\", 9);
    run.due_rule = "15th working day, 08:00 Europe/London, tzdata 2026a";
    return run;
  }
  void deliver(const ReturnRun& run) {
    Delivery wanted;
    wanted.return_run = run.id;
    wanted.recipient = "Executive";
    Delivery made = must(deliveries().plan(run, wanted));
    made.delivered_at = instant_of(49);
    must(deliveries().store_delivered(run, made));
  }
  ReturnRun stored() { return must(returns().find(kSchedule, kPeriod, 1)).value(); }
};
QUARTERDAY_BOTH_ENGINES(ReturnStoreTest);

TEST_P(ReturnStoreTest, AScheduleIsSavedAndReplaced) {
  Schedule schedule;
  schedule.id = kSchedule;
  schedule.title = "Executive return";
  schedule.audience = "Executive";
  schedule.cadence = "quarter";
  schedule.working_day = 10;
  schedule.minute_of_day = 61;
  schedule.first_period = kPeriod;
  must(schedules().save(schedule));
  schedule.paused = true;
  schedule.pause_reason = "merger";
  must(schedules().save(schedule));
  Schedule earlier = schedule;
  earlier.id = "board-yearly";
  must(schedules().save(earlier));
  const auto all = must(schedules().schedules());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, "board-yearly");
  EXPECT_EQ(all[1].title, schedule.title);
  EXPECT_EQ(all[1].audience, schedule.audience);
  EXPECT_EQ(all[1].cadence, schedule.cadence);
  EXPECT_EQ(all[1].working_day, 10);
  EXPECT_EQ(all[1].minute_of_day, 61);
  EXPECT_EQ(all[1].first_period, kPeriod);
  EXPECT_EQ(all[1].catch_up, "until_delivered");
  EXPECT_TRUE(all[1].paused);
  EXPECT_EQ(all[1].pause_reason, "merger");
}

TEST_P(ReturnStoreTest, ClaimedBuiltAndDeliveredOnce) {
  const auto run = claim(10, 100);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->state, ReturnState::kClaimed);
  EXPECT_EQ(run->fence, 1);
  ReturnRun done = built(*run);
  must(returns().store_built(done));
  const ReturnRun kept = stored();
  EXPECT_EQ(kept.state, ReturnState::kBuilt);
  EXPECT_EQ(kept.workbook, done.workbook);
  EXPECT_EQ(kept.fact_runs, done.fact_runs);
  EXPECT_EQ(kept.sha256, done.sha256);
  EXPECT_EQ(kept.file_name, done.file_name);
  EXPECT_EQ(kept.as_of, done.as_of);
  EXPECT_EQ(kept.due_rule, done.due_rule);
  done.delivered_at = instant_of(50);
  EXPECT_EQ(refusal(returns().store_delivered(done)), ErrorCode::kStoreConflict)
      << "nothing was sent to anybody";
  deliver(done);
  must(returns().store_delivered(done));
  EXPECT_EQ(stored().state, ReturnState::kDelivered);
  EXPECT_EQ(stored().delivered_at, instant_of(50));
  EXPECT_FALSE(claim(1000, 2000)) << "what is delivered is never claimed again";
  EXPECT_EQ(refusal(returns().store_built(done)), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(returns().store_failed(done)), ErrorCode::kStoreConflict);
}

TEST_P(ReturnStoreTest, OfEightWhoClaimOneWins) {
  std::vector<std::thread> threads;
  std::atomic<int> winners{0};
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&] { winners += claim(10, 100) ? 1 : 0; });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(number("SELECT count(*) FROM return_runs"), 1);
}

TEST_P(ReturnStoreTest, OfEightWhoTakeOverOneWins) {
  ASSERT_TRUE(claim(10, 100));
  std::vector<std::thread> threads;
  std::atomic<int> winners{0};
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&] { winners += claim(100, 200) ? 1 : 0; });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(stored().fence, 2);
}

// With leases that end at once everybody takes over from everybody; the fence read back must be the
// one that was written, not that of whoever came right after.
TEST_P(ReturnStoreTest, NoTwoClaimsEverHaveTheSameFence) {
  std::mutex mutex;
  std::multiset<std::int64_t> fences;
  std::vector<std::thread> threads;
  for (int at = 0; at < 8; ++at)
    threads.emplace_back([&] {
      for (int i = 0; i < 40; ++i) {
        const auto run = returns().claim(kSchedule, kPeriod, 1, instant_of(10), instant_of(10));
        if (!run || !*run) continue;
        const std::lock_guard lock(mutex);
        fences.insert((*run)->fence);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_FALSE(fences.empty());
  for (const auto fence : fences) EXPECT_EQ(fences.count(fence), 1U) << fence;
}

TEST_P(ReturnStoreTest, ALeaseProtectsUntilItEnds) {
  ASSERT_TRUE(claim(10, 100));
  EXPECT_FALSE(claim(99, 200));
  const auto second = claim(100, 200);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->fence, 2);
  EXPECT_EQ(second->lease_until, instant_of(200));
}

TEST_P(ReturnStoreTest, ALateWriterIsRefusedByItsFence) {
  const auto first = claim(10, 100);
  const auto second = claim(100, 200);
  ASSERT_TRUE(first && second);
  ReturnRun late = built(*first);
  late.delivered_at = instant_of(150);
  EXPECT_EQ(refusal(returns().store_built(late)), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(returns().store_delivered(late)), ErrorCode::kStoreConflict);
  EXPECT_EQ(refusal(returns().store_failed(late)), ErrorCode::kStoreConflict);
  EXPECT_EQ(number("SELECT count(*) FROM workbooks"), 0);
  must(returns().store_built(built(*second)));
}

TEST_P(ReturnStoreTest, WhoTakesOverABuiltReturnFindsWhatWasFrozen) {
  must(returns().store_built(built(*claim(10, 100))));
  const auto second = claim(100, 200);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->state, ReturnState::kClaimed);
  EXPECT_EQ(second->fact_runs, (std::vector<std::int64_t>{3, 15, 4}));
  EXPECT_EQ(second->as_of, instant_of(77));
  EXPECT_FALSE(second->workbook.empty());
}

TEST_P(ReturnStoreTest, AFailedReturnMayBeClaimedAgainAtOnce) {
  auto run = *claim(10, 100);
  run.reason = "the folder is full";
  must(returns().store_failed(run));
  EXPECT_EQ(stored().state, ReturnState::kFailed);
  EXPECT_EQ(stored().reason, "the folder is full");
  const auto again = claim(11, 100);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->fence, 2);
  EXPECT_EQ(again->reason, "");
}

TEST_P(ReturnStoreTest, NothingIsDeliveredThatWasNotBuilt) {
  auto run = *claim(10, 100);
  run.delivered_at = instant_of(20);
  EXPECT_EQ(refusal(returns().store_delivered(run)), ErrorCode::kStoreConflict);
}

TEST_P(ReturnStoreTest, ReturnsAreListedInOrderWithoutTheirBytes) {
  must(returns().store_built(built(*claim(10, 100))));
  must(returns().claim(kSchedule, kPeriod, 2, instant_of(10), instant_of(100)));
  must(returns().claim("board-yearly", "FY2026-27", 1, instant_of(10), instant_of(100)));
  const auto all = must(returns().list());
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].schedule, "board-yearly");
  EXPECT_EQ(all[1].revision, 1);
  EXPECT_EQ(all[1].workbook, "");
  EXPECT_EQ(all[1].sha256, "abc");
  EXPECT_EQ(all[2].revision, 2);
  EXPECT_FALSE(must(returns().find(kSchedule, kPeriod, 3)));
}

TEST_P(ReturnStoreTest, ALargeWorkbookIsKeptByteByByte) {
  auto run = built(*claim(10, 100));
  run.workbook.assign(3'000'000, '\0');
  for (std::size_t at = 0; at < run.workbook.size(); ++at) {
    run.workbook[at] = static_cast<char>(at * 7 + at / 256);
  }
  must(returns().store_built(run));
  EXPECT_TRUE(stored().workbook == run.workbook);
}

}  // namespace
}  // namespace qd::tests
