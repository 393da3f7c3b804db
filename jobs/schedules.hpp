// Schedules are data; this is the one that ships.
#pragma once

#include <string>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/ports/schedule_store.hpp"

namespace qd::jobs {

inline constexpr const char* kExecutiveQuarterly = "executive-quarterly";

// The Executive's return: 15th working day after the quarter, 08:00, until it is delivered.
Schedule executive_quarterly(std::string first_period);

// Errors: kScheduleUnknown, kStoreUnavailable.
Result<Schedule> find_schedule(ScheduleStore& store, const std::string& id);

}  // namespace qd::jobs
