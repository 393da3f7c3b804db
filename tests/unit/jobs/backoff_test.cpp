// How long a failed return waits.
#include "jobs/backoff.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace qd {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

RC_GTEST_PROP(Backoff, WaitsBetweenHalfAndTheWholeOfADoublingCappedStep, ()) {
  const int attempt = *rc::gen::inRange(1, 2'000);
  const jobs::Backoff backoff{minutes{1}, hours{1}, *rc::gen::arbitrary<std::uint64_t>()};
  const auto wait = jobs::wait_after(backoff, "executive-quarterly/FY2026-27-Q1/1", attempt);
  const auto whole = std::min<std::chrono::milliseconds>(
      hours{1}, minutes{1} * (1LL << std::min(attempt - 1, 20)));
  RC_ASSERT(wait <= whole);
  RC_ASSERT(wait >= whole / 2);
}

TEST(Backoff, TheSameSeedRunAndAttemptWaitTheSame) {
  const jobs::Backoff backoff{.seed = 7};
  EXPECT_EQ(jobs::wait_after(backoff, "a", 3), jobs::wait_after(backoff, "a", 3));
  EXPECT_NE(jobs::wait_after(backoff, "a", 3), jobs::wait_after(backoff, "b", 3));
  EXPECT_NE(jobs::wait_after(backoff, "a", 3), jobs::wait_after(jobs::Backoff{.seed = 8}, "a", 3));
}

TEST(Backoff, AFailedRunWaitsAClaimedOneKeepsItsLease) {
  ReturnRun run;
  run.claimed_at = *parse_instant("2026-07-21T07:00:00Z");
  run.lease_until = run.claimed_at + minutes{30};
  run.fence = 1;
  run.state = ReturnState::kFailed;
  EXPECT_GT(jobs::not_before({}, run), run.claimed_at);
  EXPECT_LE(jobs::not_before({}, run), run.claimed_at + minutes{1});
  run.state = ReturnState::kBuilt;
  EXPECT_EQ(jobs::not_before({}, run), run.lease_until);
}

}  // namespace
}  // namespace qd
