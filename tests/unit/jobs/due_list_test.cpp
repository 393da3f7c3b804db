// What is owed, and when.
#include "jobs/due_list.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "jobs/schedules.hpp"

namespace qd {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

Schedule schedule(const char* catch_up = "until_delivered") {
  Schedule made = jobs::executive_quarterly("FY2020-21-Q1");
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

std::vector<std::string> owed(const Schedule& schedule, const std::vector<ReturnRun>& runs,
                              Instant now) {
  std::vector<std::string> periods;
  for (const jobs::Due& due : jobs::due_list({schedule}, runs, now).owed)
    periods.push_back(due.period.id());
  return periods;
}

TEST(DueOf, TheExecutivesReturnIsDueOnTheFifteenthWorkingDayAtEight) {
  const auto due = jobs::due_of(schedule(), Period::quarter(2026, 1));
  ASSERT_TRUE(due);
  EXPECT_EQ(to_text(due->due_at), "2026-07-21T07:00:00.000Z");
  EXPECT_NE(due->rule.find("working day 15 after FY2026-27-Q1: 2026-07-21 08:00 (Europe/London, "
                           "tzdata 20"),
            std::string::npos)
      << due->rule;
  EXPECT_NE(due->rule.find("england-and-wales/"), std::string::npos);
}

TEST(DueOf, SummerAndWinterTimeMoveTheInstantNotTheLocalHour) {
  Schedule night = schedule();
  night.minute_of_day = 90;  // 01:30
  night.working_day = 1;
  EXPECT_EQ(to_text(jobs::due_of(night, Period::quarter(2026, 1))->due_at),
            "2026-07-01T00:30:00.000Z");
  EXPECT_EQ(to_text(jobs::due_of(night, Period::quarter(2026, 3))->due_at),
            "2027-01-04T01:30:00.000Z");
}

TEST(DueOf, RefusesWhatTheCadenceDoesNotKnow) {
  Schedule odd = schedule();
  odd.cadence = "fortnight";
  EXPECT_EQ(jobs::due_of(odd, Period::quarter(2026, 1)).error().code, ErrorCode::kScheduleUnknown);
  EXPECT_EQ(jobs::due_of(schedule(), Period::year(2026)).error().code, ErrorCode::kPeriodMalformed);
}

TEST(DueList, FortyYearsOfQuarterEndsAreEachOwedExactlyOnce) {
  std::map<std::string, int> times;
  std::vector<ReturnRun> runs;
  std::mt19937 wait(20'260'401);  // passes come irregularly: after an hour, or after 40 days
  for (Instant now = at("2020-06-01T12:00:00Z"); now < at("2060-05-31T12:00:00Z");
       now += std::chrono::hours{1 + wait() % 960}) {
    for (const jobs::Due& due : jobs::due_list({schedule()}, runs, now).owed) {
      EXPECT_LE(due.due_at, now);
      ++times[due.period.id()];
      runs.push_back(run(due.period, ReturnState::kDelivered));
    }
  }
  ASSERT_EQ(times.size(), 160u);  // FY2020-21-Q1 to FY2059-60-Q4
  EXPECT_EQ(times.begin()->first, "FY2020-21-Q1");
  EXPECT_EQ(times.rbegin()->first, "FY2059-60-Q4");
  for (const auto& [period, n] : times) EXPECT_EQ(n, 1) << period;
}

TEST(DueList, ThreeYearsOutageIsCaughtUpInOrder) {
  const auto runs = std::vector{run(Period::quarter(2020, 1), ReturnState::kDelivered)};
  const auto periods = owed(schedule(), runs, at("2023-10-31T00:00:00Z"));
  ASSERT_EQ(periods.size(), 13u);
  EXPECT_EQ(periods.front(), "FY2020-21-Q2");
  EXPECT_EQ(periods.back(), "FY2023-24-Q2");
  EXPECT_TRUE(std::is_sorted(periods.begin(), periods.end()));
}

TEST(DueList, LatestOnlyOwesTheNewestAndWhatWasBuilt) {
  const std::vector<ReturnRun> runs = {run(Period::quarter(2020, 2), ReturnState::kBuilt, "ab"),
                                       run(Period::quarter(2020, 3), ReturnState::kFailed)};
  const std::vector<std::string> expected = {"FY2020-21-Q2", "FY2021-22-Q1"};
  EXPECT_EQ(owed(schedule("latest_only"), runs, at("2021-08-31T00:00:00Z")), expected);
}

TEST(DueList, NeverOwesOnlyWithinADayOfTheDueTime) {
  const auto periods = [](const char* now) { return owed(schedule("never"), {}, at(now)); };
  EXPECT_EQ(periods("2020-07-21T06:59:59Z"), std::vector<std::string>{});
  EXPECT_EQ(periods("2020-07-21T07:00:00Z"), std::vector<std::string>{"FY2020-21-Q1"});
  EXPECT_EQ(periods("2020-07-22T06:59:59Z"), std::vector<std::string>{"FY2020-21-Q1"});
  EXPECT_EQ(periods("2020-07-22T07:00:00Z"), std::vector<std::string>{});
}

TEST(DueList, AClockThatJumpsOwesNothingTwiceAndNothingAhead) {
  std::vector<ReturnRun> runs;
  std::map<std::string, int> times;
  const char* jumps[] = {"2021-08-01T00:00:00Z", "2021-07-31T00:00:00Z", "2022-08-01T00:00:00Z",
                         "2021-08-01T00:00:00Z", "2020-01-01T00:00:00Z", "2022-08-02T00:00:00Z"};
  for (const char* now : jumps) {
    for (const jobs::Due& due : jobs::due_list({schedule()}, runs, at(now)).owed) {
      EXPECT_LE(due.due_at, at(now));
      ++times[due.period.id()];
      runs.push_back(run(due.period, ReturnState::kDelivered));
    }
  }
  EXPECT_EQ(times.size(), 9u);
  for (const auto& [period, n] : times) EXPECT_EQ(n, 1) << period;
}

TEST(DueList, APausedScheduleOwesNothingAndCatchesUpLater) {
  Schedule paused = schedule();
  paused.paused = true;
  EXPECT_TRUE(owed(paused, {}, at("2021-08-31T00:00:00Z")).empty());
  EXPECT_FALSE(jobs::due_list({paused}, {}, at("2021-08-31T00:00:00Z")).next_due);
  paused.paused = false;
  EXPECT_EQ(owed(paused, {}, at("2021-08-31T00:00:00Z")).size(), 5u);
}

TEST(DueList, AYearlyScheduleOwesYears) {
  Schedule yearly = schedule();
  yearly.cadence = "year";
  yearly.first_period = "FY2024-25";
  const std::vector<std::string> expected = {"FY2024-25", "FY2025-26"};
  EXPECT_EQ(owed(yearly, {}, at("2026-12-31T00:00:00Z")), expected);
}

TEST(DueList, TenThousandSchedulesDueAtOneSecondAreAllOwed) {
  std::vector<Schedule> schedules;
  for (int i = 0; i < 10'000; ++i) {
    schedules.push_back(schedule());
    schedules.back().id = "s" + std::to_string(i);
    schedules.back().first_period = "FY2026-27-Q1";
  }
  EXPECT_EQ(jobs::due_list(schedules, {}, at("2026-07-21T07:00:00Z")).owed.size(), 10'000u);
  EXPECT_EQ(jobs::due_list(schedules, {}, at("2026-07-21T06:59:59Z")).owed.size(), 0u);
}

TEST(DueList, SaysWhenTheNextFallsDue) {
  const auto list = jobs::due_list({schedule()}, {}, at("2026-08-01T00:00:00Z"));
  ASSERT_TRUE(list.next_due);
  EXPECT_EQ(to_text(*list.next_due), "2026-10-21T07:00:00.000Z");
}

TEST(Rehearse, ShowsWhatIsComing) {
  const auto coming = jobs::rehearse(schedule(), at("2026-08-01T00:00:00Z"), 3);
  ASSERT_TRUE(coming);
  ASSERT_EQ(coming->size(), 3u);
  EXPECT_EQ(to_text((*coming)[1].due_at), "2027-01-22T08:00:00.000Z");
  EXPECT_EQ(to_text((*coming)[2].due_at), "2027-04-21T07:00:00.000Z");  // Easter was in March
}

TEST(DueList, SchedulesInErrorHideNoOther) {
  Schedule odd = schedule();
  odd.id = "a-odd";
  odd.catch_up = "sometimes";
  const auto list = jobs::due_list({odd, schedule()}, {}, at("2020-08-01T00:00:00Z"));
  ASSERT_EQ(list.refused.size(), 1u);
  EXPECT_NE(list.refused[0].message.find("'sometimes' is not a catch-up policy"),
            std::string::npos);
  EXPECT_EQ(list.owed.size(), 1u);
}

TEST(DueList, ASchedulesDayThatIsNoneIsRefusedWithItsSentence) {
  Schedule odd = schedule();
  odd.id = "a-odd";
  odd.working_day = 0;
  const auto list = jobs::due_list({odd, schedule()}, {}, at("2020-08-01T00:00:00Z"));
  ASSERT_EQ(list.refused.size(), 1u);
  EXPECT_EQ(list.refused[0].code, ErrorCode::kPeriodMalformed);
  EXPECT_EQ(list.owed.size(), 1u);
}

}  // namespace
}  // namespace qd
