// Runs what is due. The timer is an alarm clock only: each time it rings, the due list is computed
// anew from the store and the clock, and the next alarm is set.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/return_store.hpp"
#include "core/ports/schedule_store.hpp"
#include "jobs/backoff.hpp"
#include "jobs/due_list.hpp"
#include "jobs/return_job.hpp"

namespace qd::jobs {

struct SchedulerPass {
  std::vector<ReturnReport> reports;  // in the order they were run
  std::vector<Error> errors;          // stores and schedules that could not be read
  Instant next_alarm{};               // by the scheduler's clock
};

struct SchedulerSettings {
  // What must succeed once before anything is run: the schedules that ship are there. A pass in
  // which it fails runs nothing, and the next one tries again, for ever. May be empty.
  std::function<Result<void>()> start = {};
  Backoff start_backoff = {.first = std::chrono::seconds{1}, .cap = std::chrono::minutes{1}};
  std::chrono::milliseconds longest_wait = std::chrono::minutes{1};
  Backoff backoff;
  // Called after every pass, on the thread that made it: for metrics and tests. May be empty;
  // must not throw.
  std::function<void(const SchedulerPass&)> on_pass = {};
};

// What can be said before anything is run: owed, and when each may be tried.
struct SchedulerView {
  DueList due;
  std::vector<Due> ready;  // owed and not waiting for a lease or a retry
  Instant next_alarm{};
};
Result<SchedulerView> look_at_schedule(ScheduleStore& schedules, ReturnStore& returns,
                                       const SchedulerSettings& settings, Instant now);

// What a scheduler works with; all outlive it.
struct SchedulerParts {
  ScheduleStore& schedules;
  ReturnStore& returns;
  const ReturnJob& job;
  const Clock& clock;
};

class Scheduler {
 public:
  explicit Scheduler(const SchedulerParts& parts, SchedulerSettings settings = {});
  ~Scheduler();  // stops
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  // Starts the alarm clock; the first pass is made at once on its thread. Twice is once.
  void start();
  // Returns when no pass runs any more: at most one return is finished first. Twice is once.
  void stop();
  // One pass on the calling thread: runs all that is ready, one after the other, unless stop()
  // was called. Throws nothing.
  // Passes do not overlap; a second caller waits.
  SchedulerPass pass();
  // Why no return can be made by it yet: it was never started, or settings.start has only failed so
  // far. nullopt: it makes what is due. Thread-safe.
  std::optional<Error> not_started() const;

 private:
  class Alarm;
  std::unique_ptr<Alarm> alarm_;
};

}  // namespace qd::jobs
