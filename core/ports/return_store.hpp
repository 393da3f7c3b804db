// Schedules, returns and their deliveries: what must never be lost and never be sent twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd {

// When a return is due: data, not code.
struct Schedule {
  std::string id;  // "executive-quarterly"
  std::string title;
  std::string audience;                      // "Executive"
  std::string cadence;                       // "quarter" | "year"
  int working_day = 15;                      // the n-th working day after the end of the period
  int minute_of_day = 8 * 60;                // local time, Europe/London
  std::string first_period;                  // earlier periods are not owed
  std::string catch_up = "until_delivered";  // | "latest_only" | "never"
  std::string folder;                        // where the workbook is delivered
  bool paused = false;
  std::string pause_reason;
};

// One return for one period, in one revision. (schedule, period, revision) is unique in the store.
struct ReturnRun {
  std::int64_t id = 0;
  std::string schedule;
  std::string period;
  int revision = 1;
  std::string state;       // "claimed" | "built" | "delivered" | "failed"
  std::string reason;      // why it failed
  std::int64_t fence = 0;  // grows with every claim; later writes must carry the newest
  Instant claimed_at{};
  Instant lease_until{};
  Instant as_of{};                      // what the figures knew
  std::vector<std::int64_t> fact_runs;  // the frozen runs
  std::string file_name;
  std::string sha256;    // of the workbook
  std::string workbook;  // its bytes; left empty by list()
  std::optional<Instant> delivered_at;
  std::string due_rule;  // the local rule and the time zone data version it was resolved with
};

class ReturnStore {
 public:
  virtual ~ReturnStore() = default;

  virtual Result<void> save_schedule(const Schedule& schedule) = 0;
  virtual Result<std::vector<Schedule>> schedules() = 0;  // by id

  // Claims by inserting the unique row; when the row is there and unfinished and its lease has
  // ended, takes it over with a higher fence. nullopt: someone else has it, or it is finished.
  // A failed run may be claimed at once. Each claim of a row adds 1 to its fence, beginning with 1:
  // the fence counts the attempts. What an earlier attempt stored (bytes, digest, frozen runs,
  // as_of, due_rule) stays and is given back, so that a built return is never built again.
  virtual Result<std::optional<ReturnRun>> claim(const std::string& schedule,
                                                 const std::string& period, int revision,
                                                 Instant now, Instant lease_until) = 0;
  // All three refuse (kStoreConflict) when run.fence is no longer the newest, or the run is
  // finished; store_delivered also when it is not stored as built under that fence.
  virtual Result<void> store_built(const ReturnRun& run) = 0;  // bytes, digest, frozen runs
  virtual Result<void> store_delivered(const ReturnRun& run) = 0;
  virtual Result<void> store_failed(const ReturnRun& run) = 0;  // keeps what was built

  virtual Result<std::vector<ReturnRun>> list() = 0;  // by schedule, period, revision; no bytes
  virtual Result<std::optional<ReturnRun>> find(const std::string& schedule,
                                                const std::string& period, int revision) = 0;
};

}  // namespace qd
