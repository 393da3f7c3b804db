// Returns: what must never be lost and never be made twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/return_run.hpp"

namespace qd {

class ReturnStore {
 public:
  virtual ~ReturnStore() = default;

  // Claims by inserting the unique row; when the row is there and unfinished and its lease has
  // ended, takes it over with a higher fence. nullopt: someone else has it, or it is finished.
  // A failed run may be claimed at once. Each claim of a row adds 1 to its fence, beginning with 1:
  // the fence counts the attempts. What an earlier attempt stored (bytes, digest, frozen runs,
  // as_of, due_rule) stays and is given back, so that a built return is never built again.
  virtual Result<std::optional<ReturnRun>> claim(const std::string& schedule,
                                                 const std::string& period, int revision,
                                                 Instant now, Instant lease_until) = 0;
  // All three refuse (kStoreConflict) when run.fence is no longer the newest, or the run is
  // finished; store_delivered also when it is not stored as built under that fence, when none of
  // its deliveries is made, or one is planned only.
  virtual Result<void> store_built(const ReturnRun& run) = 0;  // bytes, digest, frozen runs
  virtual Result<void> store_delivered(const ReturnRun& run) = 0;
  virtual Result<void> store_failed(const ReturnRun& run) = 0;  // keeps what was built

  virtual Result<std::vector<ReturnRun>> list() = 0;  // by schedule, period, revision; no bytes
  virtual Result<std::optional<ReturnRun>> find(const std::string& schedule,
                                                const std::string& period, int revision) = 0;
};

}  // namespace qd
