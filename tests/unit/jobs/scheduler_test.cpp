// The scheduler: what is due is run, whatever the clock does.
#include "jobs/scheduler.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

std::vector<std::string> periods(const jobs::SchedulerPass& pass) {
  std::vector<std::string> made;
  for (const jobs::ReturnReport& report : pass.reports) {
    if (report.outcome == jobs::ReturnOutcome::kDelivered) made.push_back(report.run.period);
  }
  return made;
}

TEST(Scheduler, RunsWhatIsDueAndThenNothing) {
  Bench bench("2026-07-21T06:59:00Z");
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  const auto early = scheduler.pass();
  EXPECT_TRUE(early.reports.empty());
  EXPECT_EQ(early.next_alarm, at("2026-07-21T07:00:00Z"));
  bench.clock.set(early.next_alarm);
  EXPECT_EQ(periods(scheduler.pass()), std::vector<std::string>{"FY2026-27-Q1"});
  EXPECT_TRUE(scheduler.pass().reports.empty());
  EXPECT_EQ(bench.files.workbooks().size(), 1u);
}

TEST(Scheduler, WakesAtMostEveryMinuteAndAtTheNextDueInstant) {
  Bench bench("2026-07-01T00:00:00Z");
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  EXPECT_EQ(scheduler.pass().next_alarm, at("2026-07-01T00:01:00Z"));
  bench.clock.set(at("2026-07-21T06:59:30Z"));
  EXPECT_EQ(scheduler.pass().next_alarm, at("2026-07-21T07:00:00Z"));
}

TEST(Scheduler, CatchesUpThreeYearsInOnePassInOrder) {
  Bench bench("2026-11-01T00:00:00Z", "FY2023-24-Q3");
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  const auto made = periods(scheduler.pass());
  ASSERT_EQ(made.size(), 12u);
  EXPECT_EQ(made.front(), "FY2023-24-Q3");
  EXPECT_EQ(made.back(), "FY2026-27-Q2");
  EXPECT_TRUE(std::is_sorted(made.begin(), made.end()));
  EXPECT_EQ(bench.files.workbooks().size(), 12u);
}

TEST(Scheduler, AClockThatJumpsBackAndForthDeliversEachReturnOnce) {
  Bench bench("2026-07-22T00:00:00Z");
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  std::vector<std::string> made;
  for (const char* now : {"2026-07-22T00:00:00Z", "2026-07-21T00:00:00Z", "2025-07-22T00:00:00Z",
                          "2027-07-22T00:00:00Z", "2026-07-22T00:00:00Z", "2027-07-23T00:00:00Z"}) {
    bench.clock.set(at(now));
    for (const std::string& period : periods(scheduler.pass())) made.push_back(period);
  }
  const std::vector<std::string> expected = {"FY2026-27-Q1", "FY2026-27-Q2", "FY2026-27-Q3",
                                             "FY2026-27-Q4", "FY2027-28-Q1"};
  EXPECT_EQ(made, expected);
}

TEST(Scheduler, AFailedReturnIsTriedAgainLaterAndLater) {
  Bench bench("2026-07-21T07:00:00Z");
  bench.files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "write") return fail(ErrorCode::kDeliveryFailed, "No space left on device");
    return {};
  };
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  std::vector<int> minutes_of_failures;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    for (const jobs::ReturnReport& report : scheduler.pass().reports) {
      EXPECT_EQ(report.outcome, jobs::ReturnOutcome::kFailed);
      minutes_of_failures.push_back(minute);
    }
    bench.clock.advance(std::chrono::minutes{1});
  }
  // Doubling to an hour at most: some 30 attempts a day, not 1,440.
  EXPECT_GE(minutes_of_failures.size(), 24u);
  EXPECT_LE(minutes_of_failures.size(), 54u);
  bench.files.on_step = [](const std::string&) { return Result<void>{}; };
  bench.clock.advance(std::chrono::hours{1});
  EXPECT_EQ(periods(scheduler.pass()).size(), 1u);
}

TEST(Scheduler, AnExceptionFromTheHookKeepsNoOtherReturnWaiting) {
  Bench bench("2026-11-01T00:00:00Z");
  bench.compute(Period::quarter(2026, 2));
  const jobs::ReturnJob job(
      {.sources = {bench.facts, bench.facts, bench.facts},
       .returns = bench.returns,
       .deliveries = bench.returns,
       .files = bench.files,
       .clock = bench.clock,
       .subject =
           [] {
             return jobs::ReturnSubject{"QH01", "Quarterday Homes"};
           },
       .delivery_folder = "/out",
       .prepare = [](const Period& period) -> Result<std::vector<returns::NotPrepared>> {
         if (period == Period::quarter(2026, 2)) return std::vector<returns::NotPrepared>{};
         throw std::runtime_error("a hook that throws");
       }});
  jobs::Scheduler scheduler(bench.parts(job));
  const auto pass = scheduler.pass();
  ASSERT_EQ(pass.errors.size(), 1u);
  EXPECT_NE(pass.errors[0].message.find("a hook that throws"), std::string::npos);
  EXPECT_EQ(periods(pass), std::vector<std::string>{"FY2026-27-Q2"});
}

TEST(Scheduler, AStoreThatIsGoneIsToldAndWaitedFor) {
  Bench bench("2026-07-21T07:00:00Z");
  bench.returns.on_step = [](const std::string&) -> Result<void> {
    return fail(ErrorCode::kStoreUnavailable, "connection refused");
  };
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  const auto pass = scheduler.pass();
  ASSERT_EQ(pass.errors.size(), 1u);
  EXPECT_EQ(pass.next_alarm, at("2026-07-21T07:01:00Z"));
  bench.returns.on_step = [](const std::string&) { return Result<void>{}; };
  EXPECT_EQ(periods(scheduler.pass()).size(), 1u);
}

TEST(Scheduler, ReturnsThatCannotBeListedAreToldAndNothingIsMade) {
  Bench bench("2026-07-21T07:00:00Z");
  bench.returns.on_step = [](const std::string& step) -> Result<void> {
    if (step == "list") return fail(ErrorCode::kStoreUnavailable, "connection refused");
    return {};
  };
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  const auto pass = scheduler.pass();
  ASSERT_EQ(pass.errors.size(), 1u);
  EXPECT_EQ(pass.errors[0].message, "connection refused");
  EXPECT_TRUE(pass.reports.empty());
}

// With the real alarm clock: waiting is a condition, not a time.
class Passes {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++n_;
    changed_.notify_all();
  }
  bool reached(int n) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds{20}, [&] { return n_ >= n; });
  }
  int n() {
    const std::lock_guard lock(mutex_);
    return n_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int n_ = 0;
};

TEST(Scheduler, TheAlarmRingsAtOnceAndAgainUntilItIsStopped) {
  Bench bench("2026-07-21T07:00:00Z");
  const jobs::ReturnJob job = bench.job();
  Passes passes;
  jobs::Scheduler scheduler(bench.parts(job),
                            {.start = {},
                             .start_backoff = {},
                             .longest_wait = std::chrono::milliseconds{20},
                             .backoff = {},
                             .on_pass = [&](const jobs::SchedulerPass&) { passes.add(); }});
  scheduler.start();
  scheduler.start();
  EXPECT_TRUE(passes.reached(3));
  EXPECT_EQ(bench.stored(Period::quarter(2026, 1)).state, ReturnState::kDelivered);
  scheduler.stop();
  scheduler.stop();
  const int after_stop = passes.n();
  bench.clock.advance(std::chrono::hours{24 * 365});
  EXPECT_EQ(passes.n(), after_stop);
  scheduler.start();
  EXPECT_TRUE(passes.reached(after_stop + 2));
}

TEST(Schedules, OurOwnIsAddedOnceAndAnOperatorsChangesStay) {
  Bench bench("2026-07-21T07:00:00Z");
  Schedule changed = (*bench.returns.schedules())[0];
  changed.working_day = 10;
  ASSERT_TRUE(bench.returns.save(changed));
  const auto kept = bench.returns.add(jobs::executive_quarterly("FY2026-27-Q1"));
  EXPECT_EQ(kept, changed);
  EXPECT_EQ(jobs::find_schedule(bench.returns, jobs::kExecutiveQuarterly)->working_day, 10);
  EXPECT_EQ(jobs::find_schedule(bench.returns, "no-such").error().code,
            ErrorCode::kScheduleUnknown);
  bench.returns.on_step = [](const std::string&) -> Result<void> {
    return fail(ErrorCode::kStoreUnavailable, "connection refused");
  };
  EXPECT_EQ(jobs::find_schedule(bench.returns, jobs::kExecutiveQuarterly).error().code,
            ErrorCode::kStoreUnavailable);
}

TEST(Schedules, TheExecutivesSaysWhatItIs) {
  const Schedule schedule = jobs::executive_quarterly("FY2026-27-Q1");
  EXPECT_EQ(schedule.id, "executive-quarterly");
  EXPECT_EQ(schedule.title, "Quarterly return to the Executive");
  EXPECT_EQ(schedule.audience, "Executive");
  EXPECT_EQ(schedule.cadence, "quarter");
  EXPECT_EQ(schedule.first_period, "FY2026-27-Q1");
}

}  // namespace
}  // namespace qd
