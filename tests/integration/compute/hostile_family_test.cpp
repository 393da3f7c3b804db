// What a family has no business with is stopped: in its run and while it is loaded, whoever runs
// it.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "engine_room.hpp"

namespace qd {
namespace {

namespace fs = std::filesystem;
constexpr unsigned kNobody = 65534;

struct Way {
  const char* family;
  bool as_nobody;
};

class HostileFamily : public EngineRoom, public testing::WithParamInterface<Way> {
 protected:
  void SetUp() override {
    if (GetParam().as_nobody && ::geteuid() != 0)
      GTEST_SKIP() << "only root can run a worker as somebody else";
    worker_ = folder_.path() / "its-own-worker";
    fs::copy_file(TEST_WORKER, worker_);
    settings_.executable = worker_;
    place_ = folder_.path() / "place";
    fs::create_directories(place_ / "empty");
    std::ofstream(place_ / "figures") << "of others";
    if (GetParam().as_nobody) run_as_nobody();
    settings_.options[GetParam().family]["path"] = (place_ / "figures").string();
    put(GetParam().family);
    put("tally");
  }

  // It owns the place that it attacks: nothing but the sandbox is in its way.
  void run_as_nobody() {
    fs::permissions(folder_.path(), fs::perms(0755));
    for (const auto& path : {place_, place_ / "empty", place_ / "figures"})
      ASSERT_EQ(::chown(path.c_str(), kNobody, kNobody), 0);
    settings_.executable = folder_.path() / "as-nobody";
    std::ofstream(settings_.executable)
        << "#!/bin/sh\nexec /usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups "
        << worker_.string() << " worker\n";
    fs::permissions(settings_.executable, fs::perms(0755));
  }

  // "read a file: stopped, EPERM" each.
  std::vector<std::string> attempts() {
    const auto outcome = compute_one(GetParam().family);
    EXPECT_FALSE(outcome.error) << outcome.error->message;
    std::vector<std::string> lines;
    for (const auto& note : facts_.runs_.back().notes) lines.push_back(note.message);
    return lines;
  }
  std::set<std::string> in_place() {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(place_)) names.insert(entry.path().filename());
    return names;
  }
  // Processes of this test's worker: nobody else has that program.
  int n_left_behind() {
    int n = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::error_code gone;
      n += fs::read_symlink(entry.path() / "exe", gone) == worker_ ? 1 : 0;
    }
    return n;
  }

  fs::path worker_, place_;
};

TEST_P(HostileFamily, ComesThroughWithNothing) {
  const auto lines = attempts();
  EXPECT_GE(lines.size(), 80U);
  for (const auto& line : lines) {
    // Its own library has to be read to be loaded.
    if (line == "read a file: DONE" && GetParam().family == std::string("hostile_at_load"))
      continue;
    EXPECT_EQ(line.find("DONE"), std::string::npos) << line;
  }
  EXPECT_EQ(in_place(), (std::set<std::string>{"empty", "figures"}));
  std::string text;
  std::getline(std::ifstream(place_ / "figures") >> std::ws, text);
  EXPECT_EQ(text, "of others");
  EXPECT_EQ(n_left_behind(), 0);
  EXPECT_FALSE(compute_one("tally").error) << "other families are none the worse";
}

INSTANTIATE_TEST_SUITE_P(Each, HostileFamily,
                         testing::Values(Way{"hostile", false}, Way{"hostile", true},
                                         Way{"hostile_at_load", false},
                                         Way{"hostile_at_load", true}),
                         [](const auto& way) {
                           return std::string(way.param.family) +
                                  (way.param.as_nobody ? "_as_nobody" : "");
                         });

// The same attempts without a sandbox, by a user without privileges: most come through, so they are
// real.
TEST(WithoutASandbox, MostAttemptsComeThrough) {
  TemporaryFolder folder;
  const fs::path place = folder.path() / "place";
  fs::create_directory(place);
  std::string command = std::string(HOSTILE_ALONE) + " " + (place / "figures").string();
  if (::geteuid() == 0) {
    fs::permissions(folder.path(), fs::perms(0755));
    ASSERT_EQ(::chown(place.c_str(), kNobody, kNobody), 0);
    command = "/usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups " + command;
  }
  const std::unique_ptr<FILE, int (*)(FILE*)> output(::popen(command.c_str(), "r"), ::pclose);
  int n_done = 0;
  for (char line[256]; std::fgets(line, sizeof line, output.get());)
    n_done += std::string(line).find("DONE") != std::string::npos ? 1 : 0;
  EXPECT_GE(n_done, 40);
}

}  // namespace
}  // namespace qd
