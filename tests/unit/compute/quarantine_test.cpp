#include "core/compute/quarantine.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

const Instant kNoon = *parse_instant("2026-07-14T12:00:00Z");

Family family(std::string sha256) {
  Family family;
  family.id = "copis";
  family.version = "1.2.0";
  family.library_sha256 = std::move(sha256);
  return family;
}

// Newest first: C crashed, f failed otherwise, c complete, r running; upper case is a crash.
std::vector<Run> history(std::string_view letters, std::string sha256 = "aa") {
  std::vector<Run> runs;
  for (const char letter : letters) {
    Run run;
    run.library_sha256 = sha256;
    run.state = letter == 'r'   ? RunState::kRunning
                : letter == 'c' ? RunState::kComplete
                                : RunState::kFailed;
    run.failure = letter == 'C'   ? RunFailure::kStopped
                  : letter == 'f' ? RunFailure::kSaidNo
                                  : RunFailure::kNone;
    run.finished_at = kNoon;
    run.reason = "stopped with signal 11 (Segmentation fault)";
    runs.push_back(run);
  }
  return runs;
}

TEST(Quarantine, BeginsWithTheThirdCrashInARow) {
  for (const char* free : {"", "C", "CC", "CCc", "CCfC", "cCCC", "fCCC"})
    EXPECT_FALSE(compute::quarantined(family("aa"), history(free), kNoon)) << free;
  for (const char* held : {"CCC", "CCCc", "CCCCC", "rCCC", "CrCrC"})
    EXPECT_TRUE(compute::quarantined(family("aa"), history(held), kNoon)) << held;
}

TEST(Quarantine, SaysSinceWhatAndUntilWhen) {
  const auto held = compute::quarantined(family("aa"), history("CCC"), kNoon);
  EXPECT_EQ(held->code, ErrorCode::kFamilyQuarantined);
  EXPECT_EQ(held->message,
            "is in quarantine until 2026-07-15T12:00:00.000Z after "
            "3 crashes in a row, the last: stopped with signal 11 (Segmentation fault)");
}

TEST(Quarantine, EndsWithAnotherLibrary) {
  EXPECT_FALSE(compute::quarantined(family("bb"), history("CCC"), kNoon));
}

TEST(Quarantine, EndsAfterADayForOneMoreChance) {
  EXPECT_TRUE(
      compute::quarantined(family("aa"), history("CCC"),
                           kNoon + compute::kQuarantineRest - std::chrono::milliseconds(1)));
  EXPECT_FALSE(
      compute::quarantined(family("aa"), history("CCC"), kNoon + compute::kQuarantineRest));
}

}  // namespace
}  // namespace qd
