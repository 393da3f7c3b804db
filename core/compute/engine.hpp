// Runs families: inputs out of the store, into a worker process, facts back, checked and stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/host/family.hpp"
#include "core/model/period.hpp"
#include "core/model/run.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/fact_store.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/progress.hpp"

namespace qd {

struct ComputeRequest {
  Period period;
  std::vector<std::string> families;  // empty: every family found
  std::optional<Instant> as_of;       // nullopt: now
};

struct RunOutcome {
  Run run;                     // run.id 0: it never started (refused or quarantined)
  std::optional<Error> error;  // set when it did not complete
};

struct ExplainedRow {
  std::string table;
  std::vector<std::string> columns;
  StoredRecord record;
};

struct Explanation {
  Figure figure;
  Run run;
  std::vector<ExplainedRow> rows;  // by table, then record number; the first 10,000
  std::int64_t n_rows = 0;         // all of them
  bool reproduced = false;         // the same library and rows gave the same figure again
  std::string difference;          // if not: what differs, a sentence
};

class Engine {
 public:
  Engine(ObservationStore& observations, FactStore& facts, const Clock& clock,
         std::filesystem::path family_folder, WorkerSettings settings);

  // One outcome a family, by family id. One family's failure is never another's.
  // Errors (of the whole): kFamilyUnknown, kNothingToCompute, kStoreUnavailable. Thread-safe.
  Result<std::vector<RunOutcome>> compute(const ComputeRequest& request, Progress& progress);

  // Errors: kFactUnknown, and those of a run. Thread-safe.
  Result<Explanation> explain(std::int64_t fact_id);

  // What is in the folder now; read anew when the folder changed. Thread-safe.
  Result<std::vector<FamilyListing>> families();

 private:
  ObservationStore& observations_;
  FactStore& facts_;
  const Clock& clock_;
  std::filesystem::path family_folder_;
  WorkerSettings settings_;
};

}  // namespace qd
