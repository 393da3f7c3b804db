// What is owed, at the edges: the instant itself, the millisecond before, the other schedule, the
// other revision.
#include <gtest/gtest.h>

#include "jobs/backoff.hpp"
#include "jobs/due_list.hpp"
#include "jobs/schedules.hpp"

namespace qd {
namespace {

using std::chrono::milliseconds;

const Instant kDue = *parse_instant("2026-07-21T07:00:00Z");  // of FY2026-27-Q1
const Period kFirst = Period::quarter(2026, 1);

Schedule schedule(const char* catch_up = "until_delivered") {
  Schedule made = jobs::executive_quarterly("FY2026-27-Q1");
  made.catch_up = catch_up;
  return made;
}

ReturnRun run(const Period& period, ReturnState state, const char* sha256 = "") {
  ReturnRun made;
  made.schedule = jobs::kExecutiveQuarterly;
  made.period = period.id();
  made.state = state;
  made.sha256 = sha256;
  return made;
}

std::vector<std::string> owed(const std::vector<Schedule>& schedules,
                              const std::vector<ReturnRun>& runs, Instant now) {
  std::vector<std::string> told;
  for (const jobs::Due& due : jobs::due_list(schedules, runs, now).owed)
    told.push_back(due.schedule.id + " " + due.period.id());
  return told;
}

const std::string kOwed = std::string(jobs::kExecutiveQuarterly) + " FY2026-27-Q1";

TEST(DueListEdges, DueAtTheInstantItselfAndNotAMillisecondBefore) {
  EXPECT_EQ(owed({schedule()}, {}, kDue), std::vector<std::string>{kOwed});
  EXPECT_TRUE(owed({schedule()}, {}, kDue - milliseconds{1}).empty());
  EXPECT_EQ(jobs::due_list({schedule()}, {}, kDue - milliseconds{1}).next_due, kDue);
  EXPECT_GT(jobs::due_list({schedule()}, {}, kDue).next_due, kDue);
}

TEST(DueListEdges, OnlyADeliveredFirstRevisionSettlesTheDebt) {
  for (const auto state : {ReturnState::kClaimed, ReturnState::kBuilt, ReturnState::kFailed})
    EXPECT_EQ(owed({schedule()}, {run(kFirst, state)}, kDue).size(), 1u) << to_text(state);
  ReturnRun second = run(kFirst, ReturnState::kDelivered);
  second.revision = 2;
  EXPECT_EQ(owed({schedule()}, {second}, kDue).size(), 1u) << "the first was never delivered";
  EXPECT_TRUE(owed({schedule()}, {second, run(kFirst, ReturnState::kDelivered)}, kDue).empty());
}

TEST(DueListEdges, ASecondRevisionThatWasBegunIsNotThisDebt) {
  ReturnRun second = run(kFirst, ReturnState::kBuilt, "ab");
  second.revision = 2;
  const Instant late = kDue + std::chrono::hours{24 * 200};
  for (const auto& one : owed({schedule("latest_only")}, {second}, late)) EXPECT_NE(one, kOwed);
}

TEST(DueListEdges, WhatAnotherScheduleDeliveredSettlesNothingHere) {
  ReturnRun other = run(kFirst, ReturnState::kDelivered);
  other.schedule = "board-quarterly";
  EXPECT_EQ(owed({schedule()}, {other}, kDue).size(), 1u);
}

TEST(DueListEdges, NeverStillOwesWhatWasBegun) {
  const Instant late = kDue + std::chrono::hours{24};
  EXPECT_TRUE(owed({schedule("never")}, {}, late).empty());
  EXPECT_EQ(owed({schedule("never")}, {}, late - milliseconds{1}).size(), 1u);
  EXPECT_TRUE(owed({schedule("never")}, {run(kFirst, ReturnState::kFailed)}, late).empty());
  EXPECT_EQ(owed({schedule("never")}, {run(kFirst, ReturnState::kFailed, "ab")}, late).size(), 1u);
}

TEST(DueListEdges, ByDueTimeThenByScheduleAndTheNextOfAllOfThem) {
  Schedule early = schedule(), same = schedule();
  early.id = "z-early";
  early.minute_of_day = 7 * 60;
  same.id = "a-same";
  EXPECT_EQ(owed({schedule(), early, same}, {}, kDue),
            (std::vector<std::string>{"z-early FY2026-27-Q1", "a-same FY2026-27-Q1", kOwed}));
  const Instant before = kDue - std::chrono::hours{24};
  EXPECT_EQ(jobs::due_list({schedule(), early}, {}, before).next_due, kDue - std::chrono::hours{1});
  EXPECT_EQ(jobs::due_list({early, schedule()}, {}, before).next_due, kDue - std::chrono::hours{1});
}

TEST(DueListEdges, APausedOneHidesNoOther) {
  Schedule paused = schedule();
  paused.id = "a-paused";
  paused.paused = true;
  EXPECT_EQ(owed({paused, schedule()}, {}, kDue), std::vector<std::string>{kOwed});
}

TEST(DueListEdges, EarlierPeriodsThanTheFirstAreNotOwed) {
  Schedule later = schedule();
  later.first_period = "FY2026-27-Q2";
  EXPECT_TRUE(owed({later}, {}, kDue).empty());
}

TEST(DueOfEdges, TheFirstWorkingDayIsTheEarliestThereIs) {
  Schedule changed = schedule();
  changed.working_day = 1;
  EXPECT_TRUE(jobs::due_of(changed, kFirst));
  changed.working_day = 0;
  EXPECT_EQ(jobs::due_of(changed, kFirst).error().code, ErrorCode::kPeriodMalformed);
}

TEST(RehearseEdges, BeginsAfterTheInstantAndGivesAsManyAsAsked) {
  EXPECT_EQ(jobs::rehearse(schedule(), kDue, 1)->at(0).period, kFirst.next());
  EXPECT_EQ(jobs::rehearse(schedule(), kDue - milliseconds{1}, 1)->at(0).period, kFirst);
  EXPECT_TRUE(jobs::rehearse(schedule(), kDue, 0)->empty());
}

TEST(RehearseEdges, AScheduleThatIsNeverDueIsRefused) {
  Schedule never = schedule();
  never.working_day = 0;
  const auto coming = jobs::rehearse(never, kDue, 1);
  ASSERT_FALSE(coming);
  EXPECT_EQ(coming.error().code, ErrorCode::kPeriodMalformed);
}

TEST(BackoffEdges, DoublesFromTheFirstStep) {
  const jobs::Backoff backoff;
  for (const auto& [attempt, minutes] : std::vector<std::pair<int, int>>{{1, 1}, {2, 2}, {3, 4}}) {
    const auto wait = jobs::wait_after(backoff, "a", attempt);
    EXPECT_LE(wait, std::chrono::minutes{minutes}) << attempt;
    EXPECT_GE(wait, std::chrono::minutes{minutes} / 2) << attempt;
  }
}

TEST(BackoffEdges, WaitsFromTheClaimByTheNumberOfAttempts) {
  ReturnRun failed = run(kFirst, ReturnState::kFailed);
  failed.claimed_at = kDue;
  failed.fence = 5;
  const auto name = std::string(jobs::kExecutiveQuarterly) + "/FY2026-27-Q1/1";
  EXPECT_EQ(jobs::not_before({}, failed), kDue + jobs::wait_after({}, name, 5));
}

TEST(BackoffEdges, OneThatIsClaimedKeepsItsLeaseAndADeliveredOneWaitsForNothing) {
  ReturnRun claimed = run(kFirst, ReturnState::kClaimed);
  claimed.lease_until = kDue;
  EXPECT_EQ(jobs::not_before({}, claimed), kDue);
  claimed.state = ReturnState::kDelivered;
  EXPECT_EQ(jobs::not_before({}, claimed), Instant{});
}

}  // namespace
}  // namespace qd
