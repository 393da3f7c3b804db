// Schedules: what is owed, and when.
#pragma once

#include <vector>

#include "core/model/error.hpp"
#include "core/model/schedule.hpp"

namespace qd {

class ScheduleStore {
 public:
  virtual ~ScheduleStore() = default;

  // Adds it unless one of that id is there; gives the one that is kept. Several servers may do so
  // at the same time: each gets the same answer.
  virtual Result<Schedule> add(const Schedule& schedule) = 0;
  virtual Result<void> save(const Schedule& schedule) = 0;  // adds or replaces
  virtual Result<std::vector<Schedule>> schedules() = 0;    // by id
};

}  // namespace qd
