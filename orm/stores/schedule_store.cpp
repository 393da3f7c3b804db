#include "orm/stores/schedule_store.hpp"

#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

rows::ScheduleRow row_of(const Schedule& schedule) {
  rows::ScheduleRow row;
  row.id = schedule.id;
  row.title = schedule.title;
  row.audience = schedule.audience;
  row.cadence = schedule.cadence;
  row.working_day = schedule.working_day;
  row.minute_of_day = schedule.minute_of_day;
  row.first_period = schedule.first_period;
  row.catch_up = schedule.catch_up;
  row.paused = schedule.paused ? 1 : 0;
  row.pause_reason = schedule.pause_reason;
  return row;
}

Schedule schedule_of(const rows::ScheduleRow& row) {
  return {row.id,          row.title,         row.audience,     row.cadence,
          row.working_day, row.minute_of_day, row.first_period, row.catch_up,
          row.paused != 0, row.pause_reason};
}

bool is_there(const Result<void>& written) {
  return !written && written.error().code == ErrorCode::kStoreConflict;
}

}  // namespace

// Claims by inserting; when the unique index says no, what the other wrote is read. Looking first
// would be a race: two servers that start together both find nothing.
Result<Schedule> SqlScheduleStore::add(const Schedule& schedule) {
  const auto inserted = retried([&] {
    rows::ScheduleRow row = row_of(schedule);
    gateway_.persist(row);
  });
  if (inserted) return schedule;
  if (!is_there(inserted)) return fail(inserted.error());
  return guarded([&]() -> Result<Schedule> {
    const auto row = gateway_.find<rows::ScheduleRow>(schedule.id);
    if (row) return schedule_of(*row);
    return fail(inserted.error());
  });
}

Result<void> SqlScheduleStore::save(const Schedule& schedule) {
  const auto save_once = [&] {
    return retried([&] {
      rows::ScheduleRow row = row_of(schedule);
      gateway_.save(row);
    });
  };
  // Another writer may insert it between the look and the insert: then it is there to be replaced.
  auto saved = save_once();
  return is_there(saved) ? save_once() : saved;
}

Result<std::vector<Schedule>> SqlScheduleStore::schedules() {
  return guarded([&] {
    std::vector<Schedule> schedules;
    for (const auto& row : gateway_.schedules()) schedules.push_back(schedule_of(row));
    return schedules;
  });
}

}  // namespace qd::orm
