// A scheduler that cannot begin tries again for ever, and says so meanwhile.
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

// Fails so many times, then works.
class Start {
 public:
  explicit Start(int failures) : failures_(failures) {}
  Result<void> operator()() {
    ++n_calls_;
    if (n_calls_ > failures_) return {};
    return fail(ErrorCode::kStoreConflict, "attempt " + std::to_string(n_calls_) + " was in vain");
  }
  int n_calls() const { return n_calls_; }

 private:
  int failures_;
  int n_calls_ = 0;
};

jobs::SchedulerSettings settings_with(Start& start) {
  jobs::SchedulerSettings settings;
  settings.start = [&start] { return start(); };
  return settings;
}

TEST(Starting, IsTriedAgainUntilItSucceedsThenNeverAgain) {
  Bench bench("2026-07-21T07:00:00Z");
  const jobs::ReturnJob job = bench.job();
  Start start(3);
  jobs::Scheduler scheduler(bench.parts(job), settings_with(start));
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto pass = scheduler.pass();
    EXPECT_TRUE(pass.reports.empty());
    ASSERT_EQ(pass.errors.size(), 1u);
    EXPECT_EQ(pass.errors[0].message, "attempt " + std::to_string(attempt) + " was in vain");
    EXPECT_EQ(scheduler.not_started()->message, pass.errors[0].message);
    bench.clock.set(pass.next_alarm);
  }
  const auto pass = scheduler.pass();
  EXPECT_TRUE(pass.errors.empty());
  ASSERT_EQ(pass.reports.size(), 1u);
  EXPECT_EQ(pass.reports[0].outcome, jobs::ReturnOutcome::kDelivered);
  EXPECT_FALSE(scheduler.not_started());
  static_cast<void>(scheduler.pass());
  EXPECT_EQ(start.n_calls(), 4);
}

TEST(Starting, WaitsTwiceAsLongEachTimeUpToAMinute) {
  Bench bench("2026-07-21T07:00:00Z");
  const jobs::ReturnJob job = bench.job();
  Start start(1'000);
  jobs::Scheduler scheduler(bench.parts(job), settings_with(start));
  for (int attempt = 1; attempt <= 40; ++attempt) {
    const Instant now = bench.clock.now();
    const auto wait = scheduler.pass().next_alarm - now;
    const auto whole = std::min<std::chrono::milliseconds>(
        std::chrono::minutes{1}, std::chrono::seconds{1} * (1LL << std::min(attempt - 1, 10)));
    EXPECT_LE(wait, whole) << attempt;
    EXPECT_GE(wait, whole / 2) << attempt;
    bench.clock.set(now + wait);
  }
}

TEST(Starting, ASchedulerThatWasNeverStartedSaysSo) {
  Bench bench("2026-07-21T07:00:00Z");
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  ASSERT_TRUE(scheduler.not_started());
  EXPECT_EQ(scheduler.not_started()->code, ErrorCode::kScheduleNotStarted);
  static_cast<void>(scheduler.pass());
  EXPECT_FALSE(scheduler.not_started());
}

// With the real alarm clock: waiting is a condition, not a time.
TEST(Starting, TheAlarmClockItselfTriesAgain) {
  Bench bench("2026-07-21T07:00:00Z");
  const jobs::ReturnJob job = bench.job();
  Start start(5);
  std::mutex mutex;
  std::condition_variable changed;
  bool delivered = false;
  jobs::SchedulerSettings settings = settings_with(start);
  settings.start_backoff = {.first = std::chrono::milliseconds{1},
                            .cap = std::chrono::milliseconds{5}};
  settings.on_pass = [&](const jobs::SchedulerPass& pass) {
    const std::lock_guard lock(mutex);
    delivered = delivered || !pass.reports.empty();
    changed.notify_all();
  };
  jobs::Scheduler scheduler(bench.parts(job), settings);
  scheduler.start();
  {
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds{20}, [&] { return delivered; }));
  }
  scheduler.stop();
  EXPECT_EQ(start.n_calls(), 6);
}

}  // namespace
}  // namespace qd
