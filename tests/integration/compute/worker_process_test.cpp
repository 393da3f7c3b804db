// No program that calls itself a worker can hold up the server.
#include "core/worker/parent/worker_process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "core/worker/child/worker_channel.hpp"
#include "engine_room.hpp"

namespace qd {
namespace {

using std::chrono::milliseconds;

class Worker : public testing::Test {
 protected:
  // A worker that is this shell script.
  Result<worker::parent::WorkerProcess> start(const std::string& script, milliseconds time_out) {
    const auto program = folder_.path() / "worker.sh";
    std::ofstream(program) << "#!/bin/sh\n" << script << '\n';
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    return worker::parent::WorkerProcess::start({program, time_out, std::uint64_t{4} << 20});
  }
  TemporaryFolder folder_;
  const milliseconds patience_ = std::chrono::seconds(30);
};

TEST_F(Worker, ThatReadsNothingTimesOutUnderAFrameLargerThanAnyPipe) {
  auto worker = start("exec tail -f /dev/null", milliseconds(400));
  ASSERT_TRUE(worker);
  EXPECT_FALSE(worker->send(worker::wire::FrameKind::kTexts, std::string(8 << 20, 'x')));
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kTimedOut);
}

TEST_F(Worker, ThatWritesBeforeItReadsIsHeardWhileItIsWrittenTo) {
  const auto frames = folder_.path() / "frames";
  std::ofstream(frames) << worker::child::framed(worker::wire::FrameKind::kFacts,
                                                 std::string(3 << 20, '\0'));
  std::ofstream(folder_.path() / "status")
      << worker::child::framed(worker::wire::FrameKind::kStatus, "done");
  auto worker = start(
      "cat " + frames.string() + "; cat > /dev/null; cat " + (folder_.path() / "status").string(),
      patience_);
  ASSERT_TRUE(worker);
  EXPECT_TRUE(worker->send(worker::wire::FrameKind::kTexts, std::string(8 << 20, 'x')));
  worker->close_input();
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kAnswered);
  ASSERT_EQ(worker->frames().size(), 2u);
  EXPECT_EQ(worker->frames()[0].bytes.size(), std::size_t{3} << 20);
}

TEST_F(Worker, ThatEchoesIsNotBelieved) {
  auto worker = start("exec cat", patience_);
  worker->send(worker::wire::FrameKind::kRun, "hello");
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kMalformed);
}

TEST_F(Worker, ThatPromisesMoreThanItMaySendIsAFlood) {
  const auto head = folder_.path() / "head";
  const worker::wire::FrameHead promise{worker::wire::kFrameMark, worker::wire::FrameKind::kFacts,
                                        std::uint64_t{1} << 62};
  std::ofstream(head).write(reinterpret_cast<const char*>(&promise), sizeof promise);
  auto worker = start("cat " + head.string() + "; exec tail -f /dev/null", patience_);
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kFlooded);
}

TEST_F(Worker, ThatEndsIsReportedWithItsExitCode) {
  auto worker = start("exit 7", patience_);
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kDied);
  EXPECT_EQ(worker->death(), "ended by itself with exit code 7 before it was done");
}

TEST_F(Worker, WhoseChildKeepsTheChannelOpenIsNotWaitedFor) {
  auto worker = start("tail -f /dev/null & kill -9 $$", patience_);
  EXPECT_FALSE(worker->send(worker::wire::FrameKind::kTexts, std::string(8 << 20, 'x')));
  EXPECT_EQ(worker->finish(), worker::parent::WorkerEnd::kDied);
  EXPECT_EQ(worker->death(), "stopped with signal 9 (Killed)");
}

TEST_F(Worker, InheritsNeitherFilesNorEnvironment) {
  const auto seen = folder_.path() / "seen";
  const int open_here = ::open("/dev/null", O_RDONLY);  // without CLOEXEC
  auto worker = start("ls /proc/self/fd | wc -l > " + seen.string() +
                          "; env | grep -vc '^PWD=\\|"
                          "^SHLVL=\\|^_=\\|^OLDPWD=' >> " +
                          seen.string(),
                      patience_);
  worker->finish();
  ::close(open_here);
  int files = -1, variables = -1;
  std::ifstream(seen) >> files >> variables;
  EXPECT_LE(files, 4);  // 0, 1, 2 and the folder ls reads
  EXPECT_EQ(variables, 0);
}

TEST(WorkerWithoutProgram, CannotBeStarted) {
  const auto worker =
      worker::parent::WorkerProcess::start({"/nowhere/quarterday", std::chrono::seconds(1), 1000});
  ASSERT_FALSE(worker);
  EXPECT_EQ(worker.error().code, ErrorCode::kWorkerUnavailable);
  EXPECT_NE(worker.error().message.find("No such file or directory"), std::string::npos);
}

}  // namespace
}  // namespace qd
