// Why a run has no figures: one word, and one sentence wherever it is shown.
#include "core/model/run.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/model/fact.hpp"

namespace qd {
namespace {

qd::Run failed(RunFailure failure, std::string reason) {
  qd::Run run;
  run.family = "copis";
  run.family_version = "1.2.0";
  run.state = RunState::kFailed;
  run.failure = failure;
  run.reason = std::move(reason);
  return run;
}

TEST(RunFailure, IsWordedInOneWay) {
  EXPECT_EQ(failure_text(failed(RunFailure::kStopped, "stopped with signal 11")),
            "not computed: family copis 1.2.0 stopped with signal 11");
  EXPECT_EQ(failure_text(failed(RunFailure::kQuarantined, "is in quarantine")),
            "not computed: family copis 1.2.0 is in quarantine");
  EXPECT_EQ(failure_text(failed(RunFailure::kElsewhere, "the disk is full")),
            "not computed: family copis 1.2.0: the disk is full");
  EXPECT_EQ(failure_text(failed(RunFailure::kReplaced, "its library was replaced")),
            "not computed: family copis 1.2.0: its library was replaced");
  EXPECT_EQ(failure_text(failed(RunFailure::kRefused, "family copis refused: it has no title")),
            "not computed: family copis refused: it has no title");
  EXPECT_EQ(failure_text(failed(RunFailure::kNone, "nothing")), "");
}

TEST(RunFailure, HasAWordOfItsOwnAndThreeAreCrashes) {
  std::set<std::string_view> words;
  std::set<int> crashes;
  for (int i = 0; i <= static_cast<int>(RunFailure::kElsewhere); ++i) {
    const auto failure = static_cast<RunFailure>(i);
    words.insert(to_text(failure));
    if (is_crash(failure)) crashes.insert(i);
  }
  EXPECT_EQ(words.size(), 11u);
  EXPECT_EQ(crashes, (std::set<int>{3, 4, 5}));  // stopped, timed out, flooded
}

TEST(Facts, OfARunAreAsManyAsItsNumbersHaveRoomFor) {
  EXPECT_TRUE(fits_in_a_run(0));
  EXPECT_TRUE(fits_in_a_run(std::size_t{1} << 24));
  EXPECT_FALSE(fits_in_a_run((std::size_t{1} << 24) + 1));
}

}  // namespace
}  // namespace qd
