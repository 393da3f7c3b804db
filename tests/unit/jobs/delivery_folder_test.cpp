// Where a delivery lies: its folder is known by itself, not by a path or a schedule.
#include "jobs/delivery_folder.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "jobs/folder_delivery.hpp"
#include "tests/unit/jobs/bench_of_parts.hpp"

namespace qd {
namespace {

const Period kQuarter = Period::quarter(2026, 1);
constexpr const char* kDueTime = "2026-07-21T07:00:00Z";
constexpr const char* kName = "executive-FY2026-27-Q1-r1.xlsx";

jobs::ReturnJob job_of_server(Bench& bench, const std::string& folder) {
  return jobs::ReturnJob({.sources = {bench.facts, bench.facts, bench.facts},
                          .returns = bench.returns,
                          .deliveries = bench.returns,
                          .files = bench.files,
                          .clock = bench.clock,
                          .subject =
                              [] {
                                return jobs::ReturnSubject{"QH01", "Quarterday Homes"};
                              },
                          .delivery_folder = folder});
}

// Delivered by a server whose folder is /a/returns, seen from a server of any folder.
class Delivered : public ::testing::Test {
 protected:
  Delivered() {
    bench_.compute(kQuarter);
    report_ = *job_of_server(bench_, "/a/returns").run(bench_.due(kQuarter));
  }
  Result<jobs::Verified> seen_from(const std::string& folder) {
    const auto own = jobs::look_at_delivery_folder(bench_.files, folder);
    return jobs::verify_delivery(bench_.files, *own, bench_.stored(kQuarter), bench_.delivery());
  }
  void copy(const std::string& from, const std::string& to) {
    for (const auto& [path, bytes] : bench_.files.files())
      if (path.starts_with(from + "/")) bench_.files.put(to + path.substr(from.size()), bytes);
  }
  void remove(const std::string& folder) {
    for (const auto& [path, bytes] : bench_.files.files())
      if (path.starts_with(folder + "/")) static_cast<void>(bench_.files.remove(path));
  }

  Bench bench_{kDueTime};
  jobs::ReturnReport report_;
};

TEST(FolderIdentity, IsMadeOnceAndReadAgain) {
  MemoryFileSystem files;
  EXPECT_EQ(jobs::look_at_delivery_folder(files, "/a")->identity, "");
  const auto first = jobs::open_delivery_folder(files, "/a");
  EXPECT_EQ(first->identity.size(), 32u);
  EXPECT_EQ(jobs::open_delivery_folder(files, "/a")->identity, first->identity);
  EXPECT_EQ(jobs::look_at_delivery_folder(files, "/a")->identity, first->identity);
  EXPECT_NE(jobs::open_delivery_folder(files, "/b")->identity, first->identity);
  EXPECT_EQ(files.files().size(), 2u) << "no parts are left";
}

TEST(FolderIdentity, OfEightThatOpenOneFolderAllGetTheSame) {
  for (int round = 0; round < 50; ++round) {
    MemoryFileSystem files;
    std::vector<std::string> got(8);
    std::vector<std::thread> threads;
    for (auto& identity : got)
      threads.emplace_back([&] { identity = jobs::open_delivery_folder(files, "/a")->identity; });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::set<std::string>(got.begin(), got.end()).size(), 1u);
    EXPECT_EQ(files.files().size(), 1u);
  }
}

// Stopped while it wrote the identity: whoever opens the folder next clears up, whether somebody
// else gave it one meanwhile or not; and only parts of the identity.
TEST(FolderIdentity, WhatAStoppedServerLeftIsSwept) {
  MemoryFileSystem files;
  const std::string part = "/a/.quarterday-folder.0f.part", other = "/a/.someone.0f.part";
  files.put(other, "not ours");
  for (int opening = 0; opening < 2; ++opening) {
    files.put(part, "half");
    ASSERT_TRUE(jobs::open_delivery_folder(files, "/a"));
    EXPECT_FALSE(files.files().contains(part)) << "opening " << opening;
  }
  EXPECT_TRUE(files.files().contains(other));
}

TEST(FolderIdentity, AFullDiskIsToldAndLeavesNothing) {
  MemoryFileSystem files;
  files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "write after") return fail(ErrorCode::kDeliveryFailed, "No space left on device");
    return {};
  };
  EXPECT_EQ(jobs::open_delivery_folder(files, "/a").error().code, ErrorCode::kDeliveryFailed);
  EXPECT_TRUE(files.files().empty());
}

TEST(FolderIdentity, AFolderThatHasOneIsNotWrittenTo) {
  MemoryFileSystem files;
  const auto made = jobs::open_delivery_folder(files, "/a");
  files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "write") return fail(ErrorCode::kDeliveryFailed, "Read-only file system");
    return {};
  };
  ASSERT_TRUE(jobs::open_delivery_folder(files, "/a"));
  EXPECT_EQ(jobs::open_delivery_folder(files, "/a")->identity, made->identity);
}

TEST(FolderIdentity, WhoCannotGiveItAndCannotReadAnothersSaysWhy) {
  MemoryFileSystem files;
  bool renamed = false;
  files.on_step = [&](const std::string& step) -> Result<void> {
    if (step == "rename") {
      renamed = true;
      return fail(ErrorCode::kDeliveryFailed, "Operation not permitted");
    }
    if (step == "read" && renamed) return fail(ErrorCode::kDeliveryFailed, "Input/output error");
    return {};
  };
  EXPECT_EQ(jobs::open_delivery_folder(files, "/a").error().message, "Operation not permitted");
  EXPECT_TRUE(files.files().empty());
}

TEST(FolderIdentity, WhoCannotGiveItWhereThereIsNoneSaysWhy) {
  MemoryFileSystem files;
  files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "rename") return fail(ErrorCode::kDeliveryFailed, "Operation not permitted");
    return {};
  };
  EXPECT_EQ(jobs::open_delivery_folder(files, "/a").error().message, "Operation not permitted");
}

TEST_F(Delivered, IsWrittenDownWithItsOwnPlace) {
  const Delivery delivery = bench_.delivery();
  EXPECT_EQ(delivery.recipient, "Executive");
  EXPECT_EQ(delivery.channel, DeliveryChannel::kFolder);
  EXPECT_EQ(delivery.state, DeliveryState::kDelivered);
  EXPECT_EQ(delivery.folder, "/a/returns");
  EXPECT_EQ(delivery.file_name, kName);
  EXPECT_EQ(delivery.delivered_at, bench_.clock.now());
  EXPECT_EQ(delivery.return_run, bench_.stored(kQuarter).id);
  EXPECT_EQ(delivery.folder_identity,
            jobs::look_at_delivery_folder(bench_.files, "/a/returns")->identity);
  EXPECT_EQ(report_.path, std::string("/a/returns/") + kName);
  EXPECT_EQ(jobs::path_of(delivery), report_.path);
}

// The defect: two servers with default folders overwrote each other's, and both said "is gone".
TEST_F(Delivered, IsFoundByAServerThatHasAnotherFolder) {
  static_cast<void>(jobs::open_delivery_folder(bench_.files, "/b/returns"));
  EXPECT_EQ(seen_from("/a/returns"), jobs::Verified::kAsDelivered);
  EXPECT_EQ(seen_from("/b/returns"), jobs::Verified::kAsDelivered);
  EXPECT_EQ(bench_.delivery().folder, "/a/returns");
  bench_.files.put(report_.path, "changed by hand");
  EXPECT_EQ(seen_from("/b/returns").error().code, ErrorCode::kReturnAltered);
}

TEST_F(Delivered, InAFolderThatCannotBeLookedAtIsElsewhereAndNotGone) {
  remove("/a/returns");
  EXPECT_EQ(seen_from("/b/returns"), jobs::Verified::kElsewhere);
  EXPECT_NE(seen_from("/a/returns").error().message.find("is gone"), std::string::npos);
}

TEST_F(Delivered, IsNotTakenForWhatLiesUnderItsPathNow) {
  remove("/a/returns");
  static_cast<void>(jobs::open_delivery_folder(bench_.files, "/a/returns"));  // somebody else's
  EXPECT_EQ(seen_from("/b/returns"), jobs::Verified::kElsewhere);
}

TEST_F(Delivered, AFolderThatMayNotBeReadIsElsewhere) {
  const auto own = *jobs::look_at_delivery_folder(bench_.files, "/b/returns");
  const ReturnRun run = bench_.stored(kQuarter);
  const Delivery delivery = bench_.delivery();
  bench_.files.on_step = [](const std::string& step) -> Result<void> {
    if (step == "read") return fail(ErrorCode::kDeliveryFailed, "Permission denied");
    return {};
  };
  EXPECT_EQ(jobs::verify_delivery(bench_.files, own, run, delivery), jobs::Verified::kElsewhere);
}

// The defect: a state folder that was moved kept the old path, and verify looked at the original.
TEST_F(Delivered, InAStateFolderThatWasMovedIsLookedAtWhereThatIsNow) {
  copy("/a", "/moved");
  remove("/a");
  EXPECT_EQ(seen_from("/moved/returns"), jobs::Verified::kAsDelivered);
}

TEST_F(Delivered, OfAStateFolderThatWasCopiedTheCopyIsLookedAtAndNotTheOriginal) {
  copy("/a", "/copy");
  bench_.files.put(std::string("/copy/returns/") + kName, "changed by hand");
  EXPECT_EQ(seen_from("/a/returns"), jobs::Verified::kAsDelivered);
  const auto altered = seen_from("/copy/returns");
  ASSERT_FALSE(altered);
  EXPECT_NE(altered.error().message.find("/copy/returns"), std::string::npos);
}

TEST_F(Delivered, BeforeFoldersHadAnIdentityIsLookedForUnderItsPathThenWithUs) {
  Delivery old = bench_.delivery();
  old.folder_identity.clear();
  const auto find = [&](const std::string& own) {
    return **jobs::find_delivery_folder(bench_.files,
                                        *jobs::look_at_delivery_folder(bench_.files, own), old);
  };
  EXPECT_EQ(find("/b/returns"), "/a/returns");
  remove("/a/returns");
  EXPECT_EQ(find("/b/returns"), "/b/returns");
}

TEST_F(Delivered, ThatIsOnlyPlannedIsNotVerified) {
  Delivery planned = bench_.delivery();
  planned.state = DeliveryState::kPlanned;
  const auto own = *jobs::look_at_delivery_folder(bench_.files, "/a/returns");
  const auto verified = jobs::verify_delivery(bench_.files, own, bench_.stored(kQuarter), planned);
  EXPECT_EQ(verified.error().code, ErrorCode::kReturnUnknown);
}

TEST_F(Delivered, StoredBytesThatNoLongerHaveTheirDigestAreTold) {
  ReturnRun run = bench_.stored(kQuarter);
  run.workbook += "x";
  const auto own = *jobs::look_at_delivery_folder(bench_.files, "/a/returns");
  const auto verified = jobs::verify_delivery(bench_.files, own, run, bench_.delivery());
  EXPECT_EQ(verified.error().code, ErrorCode::kReturnAltered);
  run.workbook.clear();  // a listed one carries no bytes: only the file is looked at
  EXPECT_EQ(jobs::verify_delivery(bench_.files, own, run, bench_.delivery()),
            jobs::Verified::kAsDelivered);
}

// Whoever takes over a return finds where it was being delivered.
class TakenOver : public ::testing::Test {
 protected:
  // A server of /a/returns stops right after its file is there; one of /b/returns goes on.
  void stop_after(const std::string& step) {
    bench_.compute(kQuarter);
    const auto stop = [this, step, stopped = std::make_shared<bool>(false)](
                          const std::string& now) -> Result<void> {
      *stopped = *stopped || now == step;
      if (!*stopped || goes_on_) return {};
      return fail(ErrorCode::kStoreUnavailable, "stopped at " + now);
    };
    bench_.returns.on_step = bench_.files.on_step = stop;
    static_cast<void>(job_of_server(bench_, "/a/returns").run(bench_.due(kQuarter)));
    goes_on_ = true;
    bench_.clock.advance(std::chrono::hours{2});
  }
  jobs::ReturnReport go_on() {
    return *job_of_server(bench_, "/b/returns").run(bench_.due(kQuarter));
  }

  Bench bench_{kDueTime};
  bool goes_on_ = false;
};

TEST_F(TakenOver, IsDeliveredOnceWhereItWasPlanned) {
  stop_after("delivery");
  const auto report = go_on();
  EXPECT_EQ(report.outcome, jobs::ReturnOutcome::kDelivered);
  EXPECT_EQ(report.path, std::string("/a/returns/") + kName);
  EXPECT_EQ(bench_.files.workbooks().size(), 1u);
  EXPECT_EQ(bench_.returns.deliveries()->size(), 1u);
}

TEST_F(TakenOver, IsNotDeliveredAgainWhenItsDeliveryIsWrittenDown) {
  stop_after("store_delivered");
  const Instant first = *bench_.delivery().delivered_at;
  static_cast<void>(bench_.files.remove(std::string("/a/returns/") + kName));  // read and filed
  EXPECT_EQ(go_on().outcome, jobs::ReturnOutcome::kDelivered);
  EXPECT_TRUE(bench_.files.workbooks().empty());
  EXPECT_EQ(bench_.stored(kQuarter).delivered_at, first);
}

TEST_F(TakenOver, IsDeliveredHereWhenNobodyHereCanLookThere) {
  stop_after("delivery");
  for (const auto& [path, bytes] : bench_.files.files())
    if (path.starts_with("/a/")) static_cast<void>(bench_.files.remove(path));
  const auto report = go_on();
  EXPECT_EQ(report.path, std::string("/b/returns/") + kName);
  EXPECT_EQ(bench_.delivery().folder, "/b/returns");
  EXPECT_EQ(bench_.delivery().folder_identity,
            jobs::look_at_delivery_folder(bench_.files, "/b/returns")->identity);
}

}  // namespace
}  // namespace qd
