#include "jobs/due_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/calendar/bank_holidays.hpp"
#include "core/calendar/zone.hpp"

namespace qd::jobs {
namespace {

// "never" catches up nothing that is older than this: a machine that was restarted over breakfast
// still delivers.
constexpr std::chrono::hours kNeverWindow{24};

Result<Period::Kind> kind_of(const Schedule& schedule) {
  if (schedule.cadence == "quarter") return Period::Kind::kQuarter;
  if (schedule.cadence == "year") return Period::Kind::kYear;
  return fail(ErrorCode::kScheduleUnknown,
              fmt::format("schedule '{}': '{}' is not a cadence", schedule.id, schedule.cadence),
              "write quarter or year");
}

Result<Period> first_period(const Schedule& schedule) {
  const auto kind = kind_of(schedule);
  if (!kind) return fail(kind.error());
  const auto period = Period::parse(schedule.first_period);
  if (!period) return fail(period.error());
  if (period->kind() == *kind) return *period;
  return fail(ErrorCode::kPeriodMalformed,
              fmt::format("schedule '{}': first period '{}' is not a {}", schedule.id,
                          schedule.first_period, schedule.cadence),
              "write a quarter as FY2026-27-Q3, a year as FY2026-27");
}

// What is known of the runs of one schedule.
struct History {
  std::set<std::string> delivered, begun;  // period ids
};

History history_of(const Schedule& schedule, const std::vector<ReturnRun>& runs) {
  History history;
  for (const ReturnRun& run : runs) {
    if (run.schedule != schedule.id || run.revision != 1) continue;
    if (run.state == ReturnState::kDelivered) {
      history.delivered.insert(run.period);
    } else if (!run.sha256.empty()) {
      history.begun.insert(run.period);
    }
  }
  return history;
}

struct Passed {
  std::vector<Due> due;  // everything due at or before now, ascending
  std::optional<Instant> next_due;
};

Result<Passed> passed_by(const Schedule& schedule, Instant now) {
  auto period = first_period(schedule);
  if (!period) return fail(period.error());
  Passed passed;
  for (Period next = *period;; next = next.next()) {
    const auto due = due_of(schedule, next);
    if (!due) return fail(due.error());
    if (due->due_at > now) {
      passed.next_due = due->due_at;
      return passed;
    }
    passed.due.push_back(*due);
  }
}

bool wanted(const Due& due, const Due& newest, Instant now) {
  const std::string& policy = due.schedule.catch_up;
  if (policy == "latest_only") return due.period == newest.period;
  if (policy == "never") return now - due.due_at < kNeverWindow;
  return true;
}

Result<void> check_policy(const Schedule& schedule) {
  static const std::set<std::string> policies = {"until_delivered", "latest_only", "never"};
  if (policies.contains(schedule.catch_up)) return {};
  return fail(
      ErrorCode::kScheduleUnknown,
      fmt::format("schedule '{}': '{}' is not a catch-up policy", schedule.id, schedule.catch_up),
      "write until_delivered, latest_only or never");
}

// Adds what one schedule owes.
Result<void> add_owed(const Schedule& schedule, const std::vector<ReturnRun>& runs, Instant now,
                      DueList& list) {
  if (auto known = check_policy(schedule); !known) return known;
  const auto passed = passed_by(schedule, now);
  if (!passed) return fail(passed.error());
  if (!list.next_due || *passed->next_due < *list.next_due) list.next_due = passed->next_due;
  const History history = history_of(schedule, runs);
  for (const Due& due : passed->due) {
    const std::string id = due.period.id();
    if (history.delivered.contains(id)) continue;
    if (history.begun.contains(id) || wanted(due, passed->due.back(), now))
      list.owed.push_back(due);
  }
  return {};
}

}  // namespace

Result<Due> due_of(const Schedule& schedule, const Period& period) {
  const auto kind = kind_of(schedule);
  if (!kind) return fail(kind.error());
  if (period.kind() != *kind || schedule.working_day < 1) {
    return fail(ErrorCode::kPeriodMalformed,
                fmt::format("schedule '{}' has no due day for {} on working day {}", schedule.id,
                            period.id(), schedule.working_day));
  }
  const calendar::LocalTime local{calendar::nth_working_day(period.until(), schedule.working_day),
                                  schedule.minute_of_day};
  const auto due_at = calendar::to_instant(local);
  if (!due_at) return fail(due_at.error());
  return Due{schedule, period, 1, *due_at,
             fmt::format("working day {} after {}: {} {:02}:{:02} ({}; working days {})",
                         schedule.working_day, period.id(), to_text(local.date),
                         local.minute_of_day / 60, local.minute_of_day % 60,
                         calendar::zone_version(), calendar::kBankHolidayVersion)};
}

DueList due_list(const std::vector<Schedule>& schedules, const std::vector<ReturnRun>& runs,
                 Instant now) {
  DueList list;
  for (const Schedule& schedule : schedules) {
    if (schedule.paused) continue;
    const auto added = add_owed(schedule, runs, now, list);
    if (!added) list.refused.push_back(added.error());
  }
  std::stable_sort(list.owed.begin(), list.owed.end(), [](const Due& a, const Due& b) {
    return std::pair(a.due_at, a.schedule.id) < std::pair(b.due_at, b.schedule.id);
  });
  return list;
}

Result<std::vector<Due>> rehearse(const Schedule& schedule, Instant from, int n) {
  const auto first = first_period(schedule);
  if (!first) return fail(first.error());
  std::vector<Due> coming;
  for (Period period = *first; static_cast<int>(coming.size()) < n; period = period.next()) {
    auto due = due_of(schedule, period);
    if (!due) return fail(due.error());
    if (due->due_at > from) coming.push_back(std::move(*due));
  }
  return coming;
}

}  // namespace qd::jobs
