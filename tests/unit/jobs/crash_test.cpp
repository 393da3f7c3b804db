// A return job stopped at every step it takes, before and after it, with and without a power cut:
// after the restart there is one file, and it holds the bytes that are stored.
#include <gtest/gtest.h>

#include "core/model/digest.hpp"
#include "jobs/folder_delivery.hpp"
#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

const Period kQuarter = Period::quarter(2026, 1);
constexpr const char* kPath = "/out/executive-FY2026-27-Q1-r1.xlsx";

// Lets so many steps pass; from then on nothing succeeds until it is told to go on. That is what
// a process that was killed sees of the world: nothing it asks for happens any more.
class Stop {
 public:
  explicit Stop(int after) : left_(after) {}
  Result<void> step(const std::string& name) {
    if (running_) return {};
    if (left_-- > 0) return {};
    if (at_.empty()) at_ = name;
    return fail(ErrorCode::kStoreUnavailable, "stopped at " + name);
  }
  bool stopped() const { return !at_.empty(); }
  const std::string& at() const { return at_; }
  void restart() { running_ = true; }

 private:
  int left_;
  std::string at_;
  bool running_ = false;
};

struct Ending {
  bool stopped = false;
  std::string at;
};

Ending stop_and_restart(int after, bool power_cut) {
  Bench bench("2026-07-21T07:00:00Z");
  static_cast<void>(bench.files.remove(std::string("/out/") + jobs::kIdentityFile));
  Stop stop(after);
  const auto step = [&](const std::string& name) { return stop.step(name); };
  bench.returns.on_step = step;
  bench.files.on_step = step;
  const jobs::Due due{jobs::executive_quarterly("FY2026-27-Q1"), kQuarter, 1, bench.clock.now(),
                      "rule"};
  static_cast<void>(bench.job().run(due));
  if (power_cut) bench.files.cut_power();
  for (const auto& [path, bytes] : bench.files.files()) {
    EXPECT_TRUE(path == kPath || path.starts_with("/out/.")) << "visible and half: " << path;
  }
  stop.restart();
  const std::string built = bench.stored(kQuarter).sha256;

  bench.clock.advance(std::chrono::hours{2});
  bench.compute(kQuarter);  // the figures have changed meanwhile
  const jobs::ReturnJob job = bench.job();
  jobs::Scheduler scheduler(bench.parts(job));
  static_cast<void>(scheduler.pass());

  const ReturnRun run = bench.stored(kQuarter);
  EXPECT_EQ(run.state, ReturnState::kDelivered);
  EXPECT_TRUE(built.empty() || run.sha256 == built) << "built twice";
  const auto files = bench.files.files();
  EXPECT_EQ(files.size(), 2u) << "the workbook and the folder's identity; no part of either";
  EXPECT_EQ(files.count(kPath) ? sha256(files.at(kPath)) : "", run.sha256);
  return {stop.stopped(), stop.at()};
}

TEST(Crash, AtEveryStepEndsInOneFileWithTheStoredBytes) {
  for (const bool power_cut : {false, true}) {
    std::string steps;
    int after = 0;
    for (;; ++after) {
      SCOPED_TRACE("stopped after " + std::to_string(after) + " steps" +
                   (power_cut ? ", power cut" : ""));
      const Ending ending = stop_and_restart(after, power_cut);
      if (!ending.stopped) break;
      steps += ending.at + ";";
    }
    for (const char* step :
         {"claim;", "claim after;", "store_built;", "store_built after;", "plan;", "plan after;",
          "delivery;", "delivery after;", "write;", "write after;", "rename;", "rename after;",
          "sync_folder;", "sync_folder after;", "store_delivered;", "store_delivered after;"}) {
      EXPECT_NE(steps.find(step), std::string::npos) << step << " was never stopped at";
    }
    EXPECT_GE(after, 16);
  }
}

}  // namespace
}  // namespace qd
