// The return job on the real store, stopped before and after every call it makes.
#include <atomic>
#include <thread>

#include "core/model/digest.hpp"
#include "tests/integration/orm/stores.hpp"
#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd::tests {
namespace {

const Period kQuarter = Period::quarter(2026, 1);
constexpr const char* kPath = "/out/executive-FY2026-27-Q1-r1.xlsx";

// Counts steps; from one of them on nothing succeeds, as for a process that was killed there.
class Stop {
 public:
  explicit Stop(int after) : left_(after) {}
  Result<void> step() {
    if (running_ || left_-- > 0) return {};
    stopped_ = true;
    return fail(ErrorCode::kStoreUnavailable, "stopped");
  }
  bool stopped() const { return stopped_; }
  void restart() { running_ = true; }

 private:
  int left_;
  bool running_ = false, stopped_ = false;
};

// One call, stopped before it or after it.
template <class Call>
auto around(Stop& stop, Call call) -> decltype(call()) {
  if (const auto before = stop.step(); !before) return fail(before.error());
  auto answer = call();
  if (const auto after = stop.step(); !after) return fail(after.error());
  return answer;
}

class StoppableReturns final : public ReturnStore {
 public:
  StoppableReturns(ReturnStore& store, Stop& stop) : store_(store), stop_(stop) {}

  Result<std::optional<ReturnRun>> claim(const std::string& schedule, const std::string& period,
                                         int revision, Instant now, Instant lease_until) override {
    return around(stop_,
                  [&] { return store_.claim(schedule, period, revision, now, lease_until); });
  }
  Result<void> store_built(const ReturnRun& run) override {
    return around(stop_, [&] { return store_.store_built(run); });
  }
  Result<void> store_delivered(const ReturnRun& run) override {
    return around(stop_, [&] { return store_.store_delivered(run); });
  }
  Result<void> store_failed(const ReturnRun& run) override {
    return around(stop_, [&] { return store_.store_failed(run); });
  }
  Result<std::vector<ReturnRun>> list() override { return store_.list(); }
  Result<std::optional<ReturnRun>> find(const std::string& schedule, const std::string& period,
                                        int revision) override {
    return store_.find(schedule, period, revision);
  }

 private:
  ReturnStore& store_;
  Stop& stop_;
};

class StoppableDeliveries final : public DeliveryStore {
 public:
  StoppableDeliveries(DeliveryStore& store, Stop& stop) : store_(store), stop_(stop) {}

  Result<Delivery> plan(const ReturnRun& run, const Delivery& wanted) override {
    return around(stop_, [&] { return store_.plan(run, wanted); });
  }
  Result<void> store_delivered(const ReturnRun& run, const Delivery& delivery) override {
    return around(stop_, [&] { return store_.store_delivered(run, delivery); });
  }
  Result<std::vector<Delivery>> deliveries() override { return store_.deliveries(); }

 private:
  DeliveryStore& store_;
  Stop& stop_;
};

class StoredReturn : public StoreTest {
 protected:
  jobs::ReturnJob job(Bench& bench, ReturnStore& store, DeliveryStore& deliveries) {
    return jobs::ReturnJob({.sources = {bench.facts, bench.facts, bench.facts},
                            .returns = store,
                            .deliveries = deliveries,
                            .files = bench.files,
                            .clock = bench.clock,
                            .subject =
                                [] {
                                  return jobs::ReturnSubject{"QH01", "Quarterday Homes"};
                                },
                            .delivery_folder = "/out"});
  }
  jobs::Due due(Bench& bench, int revision) {
    jobs::Due due = bench.due(kQuarter);
    due.revision = revision;
    return due;
  }
};

// Revisions 1, 2, … of one database are stopped after 0, 1, … steps.
TEST_P(StoredReturn, StoppedAnywhereIsResumedToOneFileWithTheStoredBytes) {
  must(schedules().save(jobs::executive_quarterly("FY2026-27-Q1")));
  for (int after = 0;; ++after) {
    SCOPED_TRACE("stopped after " + std::to_string(after) + " steps");
    Bench bench("2026-07-21T07:00:00Z");
    bench.compute(kQuarter);
    Stop stop(after);
    StoppableReturns store(returns(), stop);
    StoppableDeliveries sent(deliveries(), stop);
    bench.files.on_step = [&](const std::string&) { return stop.step(); };
    const jobs::Due wanted = due(bench, after + 1);
    static_cast<void>(job(bench, store, sent).run(wanted));
    if (!stop.stopped()) break;
    stop.restart();
    const auto before = must(returns().find(jobs::kExecutiveQuarterly, kQuarter.id(), after + 1));

    bench.clock.advance(std::chrono::hours{2});
    bench.compute(kQuarter);  // the figures have changed meanwhile
    const auto report = must(job(bench, store, sent).run(wanted));
    const auto run = *must(returns().find(jobs::kExecutiveQuarterly, kQuarter.id(), after + 1));
    EXPECT_EQ(run.state, ReturnState::kDelivered) << to_text(report.outcome);
    EXPECT_TRUE(!before || before->sha256.empty() || before->sha256 == run.sha256);
    const auto files = bench.files.workbooks();
    ASSERT_EQ(files.size(), 1u);
    EXPECT_EQ(sha256(files.begin()->second), run.sha256);
    ASSERT_LT(after, 100);
  }
}

TEST_P(StoredReturn, SixteenThreadsMakeOne) {
  Bench bench("2026-07-21T07:00:00Z");
  bench.compute(kQuarter);
  const jobs::ReturnJob one = job(bench, returns(), deliveries());
  const jobs::Due wanted = due(bench, 1);
  std::atomic<int> delivered = 0, taken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const auto report = one.run(wanted);
      if (report && report->outcome == jobs::ReturnOutcome::kDelivered) ++delivered;
      if (report && report->outcome == jobs::ReturnOutcome::kTaken) ++taken;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(delivered, 1);
  EXPECT_EQ(taken, 15);
  EXPECT_EQ(bench.files.workbooks().count(kPath), 1u);
}

QUARTERDAY_BOTH_ENGINES(StoredReturn);

}  // namespace
}  // namespace qd::tests
