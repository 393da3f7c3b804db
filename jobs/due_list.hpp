// What is owed now. Computed from schedules, finished runs and the clock; nothing is remembered
// between two calls, so that no tick can be lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/period.hpp"
#include "core/model/return_run.hpp"
#include "core/model/schedule.hpp"

namespace qd::jobs {

struct Due {
  Schedule schedule;
  Period period;
  int revision{};
  Instant due_at{};
  std::string rule;  // the local rule and the versions of calendar and tz data it was resolved with
};

// When the return of a period falls due. Errors: kPeriodMalformed (cadence and period disagree),
// kScheduleUnknown (the cadence is not one), kInternal (no tz database).
Result<Due> due_of(const Schedule& schedule, const Period& period);

// Owed: due at or before now, not before first_period, not delivered, and wanted by the schedule's
// catch-up policy. By due time, then schedule id. Paused schedules owe nothing.
//   until_delivered  every period
//   latest_only      the newest due period; older ones only if they were begun
//   never            only within a day of the due time; older ones only if they were begun
// Begun means: its workbook is stored but not delivered.
// `runs` as ReturnStore::list() gives them. Errors: as due_of; a schedule in error hides no other.
struct DueList {
  std::vector<Due> owed;
  std::optional<Instant> next_due;  // the next time something falls due after now
  std::vector<Error> refused;       // schedules that cannot be read, one sentence each
};
DueList due_list(const std::vector<Schedule>& schedules, const std::vector<ReturnRun>& runs,
                 Instant now);

// The n due times after `from`, paused or not: what `jobs rehearse` shows.
Result<std::vector<Due>> rehearse(const Schedule& schedule, Instant from, int n);

}  // namespace qd::jobs
