#include "jobs/schedules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::jobs {

Schedule executive_quarterly(std::string first_period) {
  Schedule schedule;
  schedule.id = kExecutiveQuarterly;
  schedule.title = "Quarterly return to the Executive";
  schedule.audience = "Executive";
  schedule.cadence = "quarter";
  schedule.first_period = std::move(first_period);
  return schedule;
}

Result<Schedule> find_schedule(ScheduleStore& store, const std::string& id) {
  const auto schedules = store.schedules();
  if (!schedules) return fail(schedules.error());
  const auto found = std::find_if(schedules->begin(), schedules->end(),
                                  [&](const Schedule& schedule) { return schedule.id == id; });
  if (found != schedules->end()) return *found;
  return fail(ErrorCode::kScheduleUnknown, fmt::format("there is no schedule '{}'", id),
              "quarterday jobs list shows those there are");
}

}  // namespace qd::jobs
