// One return from due to delivered.
#include "jobs/return_job.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/model/digest.hpp"
#include "jobs/folder_delivery.hpp"
#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

const Period kQuarter = Period::quarter(2026, 1);
constexpr const char* kDueTime = "2026-07-21T07:00:00Z";
constexpr const char* kPath = "/out/executive-FY2026-27-Q1-r1.xlsx";

jobs::DeliveryFolder own(Bench& bench) {
  return *jobs::look_at_delivery_folder(bench.files, "/out");
}

Result<void> disk_full() {
  return fail(ErrorCode::kDeliveryFailed, "cannot write: No space left on device");
}

TEST(ReturnJob, DeliversTheStoredBytesUnderTheirName) {
  Bench bench(kDueTime);
  const auto report = bench.job().run(bench.due(kQuarter));
  ASSERT_TRUE(report) << to_text(report.error());
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kDelivered);
  const ReturnRun run = bench.stored(kQuarter);
  EXPECT_EQ(run.state, ReturnState::kDelivered);
  EXPECT_EQ(run.fence, 1);
  EXPECT_EQ(run.fact_runs, std::vector<std::int64_t>{1});
  EXPECT_EQ(run.delivered_at, at(kDueTime));
  EXPECT_NE(run.due_rule.find("2026-07-21 08:00"), std::string::npos);
  EXPECT_EQ(sha256(run.workbook), run.sha256);
  EXPECT_EQ(bench.files.workbooks(), (std::map<std::string, std::string>{{kPath, run.workbook}}));
  EXPECT_EQ(report->path, kPath);
  EXPECT_EQ(jobs::verify_delivery(bench.files, own(bench), run, bench.delivery()),
            jobs::Verified::kAsDelivered);
}

TEST(ReturnJob, PreparesThePeriodBeforeItIsBuilt) {
  Bench bench(kDueTime);
  ASSERT_TRUE(bench.job().run(bench.due(kQuarter)));
  EXPECT_EQ(bench.n_prepared, 1);
}

TEST(ReturnJob, IsRefusedWhileThePeriodRunsAndClaimsNothing) {
  Bench bench(kDueTime);
  const auto report = bench.job().run(bench.due(kQuarter.next()));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kReturnNotDue);
  EXPECT_TRUE(bench.returns.list()->empty());
}

TEST(ReturnJob, ADeliveredReturnIsNotMadeAgain) {
  Bench bench(kDueTime);
  ASSERT_TRUE(bench.job().run(bench.due(kQuarter)));
  const std::string before = bench.stored(kQuarter).sha256;
  bench.compute(kQuarter);  // newer figures
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kTaken);
  EXPECT_EQ(bench.stored(kQuarter).sha256, before);
}

TEST(ReturnJob, WithoutFactsItFailsLoudlyAndDeliversNothing) {
  Bench bench(kDueTime);
  const jobs::ReturnJob job({.sources = {bench.facts, bench.facts, bench.facts},
                             .returns = bench.returns,
                             .deliveries = bench.returns,
                             .files = bench.files,
                             .clock = bench.clock,
                             .subject =
                                 [] {
                                   return jobs::ReturnSubject{"QH01", "Quarterday Homes"};
                                 },
                             .delivery_folder = "/out"});
  const auto report = job.run(bench.due(kQuarter));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_EQ(report->error->code, ErrorCode::kReturnHasNoFacts);
  EXPECT_EQ(bench.stored(kQuarter).state, ReturnState::kFailed);
  EXPECT_NE(bench.stored(kQuarter).reason.find("QD5003"), std::string::npos);
  EXPECT_TRUE(bench.files.workbooks().empty());
}

TEST(ReturnJob, TheCauseIsToldWhenComputingFailed) {
  Bench bench(kDueTime);
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
       .prepare = [](const Period&) -> Result<std::vector<returns::NotPrepared>> {
         return fail(ErrorCode::kNothingToCompute, "no family was found");
       }});
  EXPECT_EQ(job.run(bench.due(kQuarter))->error->code, ErrorCode::kNothingToCompute);
}

TEST(ReturnJob, WithoutAFigureItSaysWhichFamilyFailedAndWhy) {
  Bench bench(kDueTime);
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
       .prepare = [](const Period&) -> Result<std::vector<returns::NotPrepared>> {
         return std::vector<returns::NotPrepared>{{"copis", "stopped with signal 11"},
                                                  {"involvement", "took too long"}};
       }});
  EXPECT_EQ(job.run(bench.due(kQuarter))->error->message,
            fmt::format("there is no figure of 'QH01' for {}; copis: stopped with signal 11; "
                        "involvement: took too long",
                        kQuarter.id()));
}

TEST(ReturnJob, AFullDiskLeavesNothingVisibleAndIsTriedAgainWithTheSameBytes) {
  Bench bench(kDueTime);
  bench.files.on_step = [](const std::string& step) {
    return step == "write" ? disk_full() : Result<void>{};
  };
  const auto report = bench.job().run(bench.due(kQuarter));
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_NE(bench.stored(kQuarter).reason.find("No space left on device"), std::string::npos);
  EXPECT_TRUE(bench.files.workbooks().empty());
  const std::string built = bench.stored(kQuarter).sha256;

  bench.files.on_step = [](const std::string&) { return Result<void>{}; };
  bench.compute(kQuarter);  // newer figures must not get into a return that is built
  bench.clock.advance(std::chrono::hours{2});
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kDelivered);
  EXPECT_EQ(sha256(bench.files.workbooks().at(kPath)), built);
}

TEST(ReturnJob, AHalfWrittenFileIsSweptAway) {
  Bench bench(kDueTime);
  bench.files.on_step = [](const std::string& step) {
    return step == "write after" ? disk_full() : Result<void>{};  // written in part
  };
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_TRUE(bench.files.workbooks().empty());
}

TEST(ReturnJob, AnotherFileOfThatNameIsNeverOverwritten) {
  Bench bench(kDueTime);
  bench.files.put(kPath, "somebody's own notes");
  const auto report = bench.job().run(bench.due(kQuarter));
  EXPECT_EQ(report->outcome, jobs::ReturnOutcome::kFailed);
  EXPECT_EQ(report->error->code, ErrorCode::kDeliveryFailed);
  EXPECT_EQ(bench.files.workbooks().at(kPath), "somebody's own notes");
}

TEST(ReturnJob, TheSameFileThereAlreadyCountsAsDelivered) {
  Bench bench(kDueTime), other(kDueTime);
  ASSERT_TRUE(other.job().run(other.due(kQuarter)));
  bench.files.put(kPath, other.stored(kQuarter).workbook);
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kDelivered);
}

TEST(ReturnJob, WhoeverSleptPastTheLeaseIsFenced) {
  Bench bench(kDueTime);
  // While the first builds, its lease ends and a second takes over and delivers.
  bool first = true;
  bench.returns.on_step = [&](const std::string& step) -> Result<void> {
    if (step != "store_built" || !first) return {};
    first = false;
    bench.clock.advance(std::chrono::hours{2});
    EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kDelivered);
    return {};
  };
  EXPECT_EQ(bench.job().run(bench.due(kQuarter))->outcome, jobs::ReturnOutcome::kFenced);
  EXPECT_EQ(bench.stored(kQuarter).fence, 2);
  EXPECT_EQ(bench.stored(kQuarter).state, ReturnState::kDelivered);
  EXPECT_EQ(bench.files.workbooks().size(), 1u);
}

TEST(ReturnJob, SixteenThreadsMakeOneReturn) {
  for (int round = 0; round < 20; ++round) {
    Bench bench(kDueTime);
    bench.compute(kQuarter);
    const jobs::Due due = bench.due(kQuarter);
    const jobs::ReturnJob job = bench.job();
    std::atomic<int> delivered = 0, taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&] {
        const auto report = job.run(due);
        if (report && report->outcome == jobs::ReturnOutcome::kDelivered) ++delivered;
        if (report && report->outcome == jobs::ReturnOutcome::kTaken) ++taken;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(delivered, 1);
    EXPECT_EQ(taken, 15);
    EXPECT_EQ(bench.files.workbooks().size(), 1u);
  }
}

TEST(VerifyDelivery, TellsAChangedFileFromAMissingOne) {
  Bench bench(kDueTime);
  ASSERT_TRUE(bench.job().run(bench.due(kQuarter)));
  const ReturnRun run = bench.stored(kQuarter);
  bench.files.put(kPath, "changed by hand");
  const Delivery delivery = bench.delivery();
  const auto changed = jobs::verify_delivery(bench.files, own(bench), run, delivery);
  EXPECT_EQ(changed.error().code, ErrorCode::kReturnAltered);
  EXPECT_NE(changed.error().message.find("is not the workbook"), std::string::npos);
  ASSERT_TRUE(bench.files.remove(kPath));
  const auto gone = jobs::verify_delivery(bench.files, own(bench), run, delivery);
  EXPECT_NE(gone.error().message.find("is gone"), std::string::npos);
}

}  // namespace
}  // namespace qd
