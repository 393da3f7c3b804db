// A return job at the edges: the last midnight, a second attempt, files of others.
#include <gtest/gtest.h>

#include "core/model/digest.hpp"
#include "jobs/folder_delivery.hpp"
#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

const Period kQuarter = Period::quarter(2026, 1);
constexpr const char* kDueTime = "2026-07-21T07:00:00Z";
constexpr const char* kName = "executive-FY2026-27-Q1-r1.xlsx";
constexpr const char* kPath = "/out/executive-FY2026-27-Q1-r1.xlsx";

// Midnight in London, an hour before that of UTC.
TEST(ReturnJobEdges, MayBeMadeFromTheMidnightAfterThePeriodOn) {
  Bench bench("2026-06-30T22:59:59.999Z");
  EXPECT_EQ(bench.job().run(bench.due(kQuarter)).error().code, ErrorCode::kReturnNotDue);
  bench.clock.set(at("2026-06-30T23:00:00Z"));
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kDelivered);
}

TEST(ReturnJobEdges, IsClaimedForItsLease) {
  Bench bench(kDueTime);
  bench.returns.on_step = [](const std::string& step) -> Result<void> {
    if (step == "claim after") return fail(ErrorCode::kStoreUnavailable, "gone");
    return {};
  };
  EXPECT_FALSE(bench.job().run(bench.due(kQuarter)));
  EXPECT_EQ(bench.stored(kQuarter).lease_until, bench.clock.now() + std::chrono::minutes{30});
}

TEST(ReturnJobEdges, AnAttemptThatSucceedsForgetsWhyTheLastOneFailed) {
  Bench bench(kDueTime);
  bench.files.put(kPath, "somebody's own notes");
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_NE(bench.stored(kQuarter).reason, "");
  ASSERT_TRUE(bench.files.remove(kPath));
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kDelivered);
  EXPECT_EQ(bench.stored(kQuarter).reason, "");
  EXPECT_EQ(bench.stored(kQuarter).fence, 2);
}

TEST(ReturnJobEdges, WhatCannotBeStoredAsBuiltAgainIsNotDelivered) {
  Bench bench(kDueTime);
  bench.files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "write") return fail(ErrorCode::kDeliveryFailed, "No space left on device");
    return {};
  };
  ASSERT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kFailed);
  bench.files.on_step = [](const std::string&) { return Result<void>{}; };
  bench.returns.on_step = [](const std::string& step) -> Result<void> {
    if (step == "store_built") return fail(ErrorCode::kStoreUnavailable, "connection refused");
    return {};
  };
  bench.clock.advance(std::chrono::hours{2});
  const auto report = bench.job().run(bench.due(kQuarter));
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_EQ(report->error->message, "connection refused");
  EXPECT_TRUE(bench.files.workbooks().empty());
}

TEST(ReturnJobEdges, WhatCannotBeStoredAsBuiltIsNotDelivered) {
  Bench bench(kDueTime);
  bench.returns.on_step = [](const std::string& step) -> Result<void> {
    if (step == "store_built") return fail(ErrorCode::kStoreUnavailable, "connection refused");
    return {};
  };
  const auto report = bench.job().run(bench.due(kQuarter));
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_EQ(report->error->message, "connection refused");
  EXPECT_TRUE(bench.files.workbooks().empty());
}

TEST(ReturnJobEdges, StoredBytesWithoutTheirDigestAreNeverDelivered) {
  Bench bench(kDueTime);
  bench.files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "rename") return fail(ErrorCode::kDeliveryFailed, "No space left on device");
    return {};
  };
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kFailed);
  bench.files.on_step = [](const std::string&) { return Result<void>{}; };
  ReturnRun spoiled = **bench.returns.claim(jobs::kExecutiveQuarterly, kQuarter.id(), 1,
                                            bench.clock.now(), bench.clock.now());
  spoiled.workbook += "x";
  ASSERT_TRUE(bench.returns.store_built(spoiled));
  const auto report = bench.job().run(bench.due(kQuarter));
  EXPECT_EQ(report->error->code, ErrorCode::kReturnAltered);
  EXPECT_TRUE(bench.files.workbooks().empty());
}

// Renamed but not yet lasting: whoever finds the file there makes its name last.
TEST(FolderDelivery, SyncsTheFolderAlsoWhenTheFileIsThereAlready) {
  MemoryFileSystem files;
  ReturnRun run;
  run.file_name = kName;
  run.workbook = "PK bytes";
  run.sha256 = sha256(run.workbook);
  files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "sync_folder") return fail(ErrorCode::kDeliveryFailed, "stopped");
    return {};
  };
  EXPECT_FALSE(jobs::deliver_to_folder(files, "/out", run));
  files.on_step = [](const std::string&) { return Result<void>{}; };
  ASSERT_TRUE(files.workbooks().contains(kPath));
  ASSERT_TRUE(jobs::deliver_to_folder(files, "/out", run));
  files.cut_power();
  EXPECT_TRUE(files.workbooks().contains(kPath));
}

TEST(FolderDelivery, SweepsItsOwnPartsAndNobodyElses) {
  MemoryFileSystem files;
  ReturnRun run;
  run.file_name = kName;
  run.workbook = "PK bytes";
  run.sha256 = sha256(run.workbook);
  const std::string own = std::string("/out/.") + kName + ".7.part";
  const std::vector<std::string> others = {
      "/out/.executive-FY2026-27-Q2-r1.xlsx.7.part", std::string("/out/.") + kName + ".7.notes",
      std::string("/out/") + kName + ".7.part", std::string("/out/.") + kName + "x.7.part"};
  files.put(own, "half");
  for (const auto& other : others) files.put(other, "not ours");
  ASSERT_TRUE(jobs::deliver_to_folder(files, "/out", run));
  const auto left = files.files();
  EXPECT_FALSE(left.contains(own));
  for (const auto& other : others) EXPECT_TRUE(left.contains(other)) << other;
  EXPECT_EQ(left.at(kPath), run.workbook);
}

TEST(FolderDelivery, WhoeverIsFasterWithTheSameBytesIsNoError) {
  MemoryFileSystem files;
  ReturnRun run;
  run.file_name = kName;
  run.workbook = "PK bytes";
  run.sha256 = sha256(run.workbook);
  for (const std::string& theirs : {run.workbook, std::string("others")}) {
    static_cast<void>(files.remove(kPath));
    files.on_step = [&](const std::string& step) -> Result<void> {
      if (step == "write after") files.put(kPath, theirs);
      return {};
    };
    EXPECT_EQ(jobs::deliver_to_folder(files, "/out", run).has_value(), theirs == run.workbook);
    EXPECT_EQ(files.files().size(), 1u) << "the part is gone";
    EXPECT_EQ(files.files().at(kPath), theirs);
  }
}

// Another process keeps taking what is ready: no pass after pass without a breath.
TEST(SchedulerEdges, WaitsASecondWhenWhatIsReadyIsTakenByOthers) {
  Bench bench(kDueTime);
  const jobs::ReturnJob job = bench.job();
  bench.returns.on_step = [](const std::string& step) -> Result<void> {
    if (step == "claim") return fail(ErrorCode::kStoreUnavailable, "deadlock");
    return {};
  };
  jobs::Scheduler scheduler(bench.parts(job));
  EXPECT_EQ(scheduler.pass().next_alarm, bench.clock.now() + std::chrono::seconds{1});
}

TEST(SchedulerEdges, ALeaseIsWaitedForToTheMillisecond) {
  Bench bench(kDueTime);
  const Instant lease = bench.clock.now() + std::chrono::seconds{40};
  ASSERT_TRUE(
      bench.returns.claim(jobs::kExecutiveQuarterly, kQuarter.id(), 1, bench.clock.now(), lease));
  const auto ready = [&](Instant now) {
    return jobs::look_at_schedule(bench.returns, bench.returns, {}, now)->ready.size();
  };
  EXPECT_EQ(ready(lease - std::chrono::milliseconds{1}), 0u);
  EXPECT_EQ(ready(lease), 1u);
  const auto view = jobs::look_at_schedule(bench.returns, bench.returns, {}, bench.clock.now());
  EXPECT_EQ(view->next_alarm, lease);
}

TEST(SchedulerEdges, TheClaimOfAnotherRevisionPeriodOrScheduleHoldsNothingUp) {
  Bench bench(kDueTime);
  const Instant lease = bench.clock.now() + std::chrono::hours{1};
  const std::string period = kQuarter.id(), other = kQuarter.next().id();
  ASSERT_TRUE(bench.returns.claim(jobs::kExecutiveQuarterly, period, 2, bench.clock.now(), lease));
  ASSERT_TRUE(bench.returns.claim(jobs::kExecutiveQuarterly, other, 1, bench.clock.now(), lease));
  ASSERT_TRUE(bench.returns.claim("board", period, 1, bench.clock.now(), lease));
  const auto view = jobs::look_at_schedule(bench.returns, bench.returns, {}, bench.clock.now());
  EXPECT_EQ(view->ready.size(), 1u);
}

}  // namespace
}  // namespace qd
