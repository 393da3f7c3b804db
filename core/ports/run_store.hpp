// Runs: what was computed, by what, and which of them holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/run.hpp"

namespace qd {

// Empty fields do not restrict. Several values of a field: any of them.
struct CurrentRuns {
  std::vector<std::string> families, periods;
  std::optional<Instant> as_of;  // those that were current then; nullopt: current now
};

class RunStore {
 public:
  virtual ~RunStore() = default;

  // Registers a run as running, with a lease: whoever lets it end before the run did has died.
  // Returns its number. Errors: kStoreUnavailable.
  virtual Result<std::int64_t> begin_run(const Run& run, Instant lease_until) = 0;

  // Stores definitions not yet known, all facts, and the run as complete, in one transaction:
  // all or nothing. Sets fact.run, and fact.id by the order of the vector. `definitions` are those
  // the facts refer to.
  virtual Result<void> complete_run(const Run& run, const std::vector<Definition>& definitions,
                                    std::vector<Fact>& facts) = 0;
  // Both refuse a run that is not running any more: kStoreConflict.
  virtual Result<void> fail_run(const Run& run) = 0;
  // Turns running runs whose lease has ended into failed ones ("stopped: …"); how many. The program
  // died there, not the family: stopped_by_crash stays false.
  virtual Result<int> sweep_runs(Instant now) = 0;

  virtual Result<std::vector<Run>> runs(std::optional<std::string> family,
                                        std::optional<std::string> period) = 0;  // newest first
  virtual Result<std::optional<Run>> run(std::int64_t id) = 0;

  // What "current" means, said here and nowhere else: of each family and period the one complete
  // run, among those finished at or before as_of, that knew most: by Run::as_of, then by number, so
  // that looking back changes nothing. By number.
  virtual Result<std::vector<Run>> current_runs(const CurrentRuns& wanted) = 0;
};

}  // namespace qd
