// What servers and workers owe each other beyond a single run: nothing is left behind.
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "core/worker/parent/worker_run.hpp"
#include "engine_room.hpp"

namespace qd {
namespace {

class Household : public EngineRoom {
 protected:
  static std::ptrdiff_t open_files() {
    const std::filesystem::directory_iterator files("/proc/self/fd");
    return std::distance(begin(files), end(files));
  }
};

TEST_F(Household, RunsLeaveNeitherFilesNorProcessesBehind) {
  settings_.time_out = std::chrono::milliseconds(50);
  for (const char* name : {"tally", "aborts", "loops", "unknown_area", "leaves"}) put(name);
  ASSERT_TRUE(compute());
  const auto before = open_files();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(compute());
  EXPECT_EQ(open_files(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST_F(Household, ManyThreadsMayAskAtOnce) {
  for (const char* name : {"tally", "wrong_abi", "prints"}) put(name);
  std::vector<std::thread> askers;
  std::vector<std::size_t> accepted(6);
  for (auto& count : accepted)
    askers.emplace_back([&] {
      const auto listings = families::discover_families(folder_.path(), &facts_);
      for (const FamilyListing& listing : *listings) count += listing.family ? 1 : 0;
    });
  for (auto& asker : askers) asker.join();
  EXPECT_EQ(accepted, std::vector<std::size_t>(6, 2));
}

// The first child of a process, once it has one; 0 after ten seconds without.
pid_t child_of(pid_t parent) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  const auto path = "/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent);
  pid_t child = 0;
  while (child == 0 && std::chrono::steady_clock::now() < deadline)
    std::ifstream(path + "/children") >> child;
  return child;
}

// Whether the worker has got as far as the family's code: both lists of calls are then in force.
bool is_confined(pid_t worker) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (std::chrono::steady_clock::now() < deadline) {
    std::ifstream status("/proc/" + std::to_string(worker) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line == "Seccomp_filters:\t2") return true;
  }
  return false;
}

TEST_F(Household, AWorkerDiesWithItsServer) {
  settings_.time_out = std::chrono::minutes(5);
  const auto family = families::read_family(test_family("never_ready"));
  ASSERT_TRUE(family);
  const pid_t server = ::fork();
  if (server == 0) {
    auto run = worker::parent::WorkerRun::start(
        *family, {{}, {}, {}, AreaTree::build({}, {}).value(), {}}, settings_);
    (void)run->finish();
    ::_exit(0);
  }
  const pid_t worker = child_of(server);
  ASSERT_GT(worker, 0);
  ASSERT_TRUE(is_confined(worker));
  const int death = static_cast<int>(::syscall(SYS_pidfd_open, worker, 0));
  ASSERT_GE(death, 0);
  ::kill(server, SIGKILL);
  ::waitpid(server, nullptr, 0);
  pollfd dead{death, POLLIN, 0};
  EXPECT_EQ(::poll(&dead, 1, 10'000), 1);
  ::close(death);
}

}  // namespace
}  // namespace qd
