// One family computed once: inputs out of the store, through a worker, and its answer accepted.
// Stores nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/fact.hpp"
#include "core/model/family.hpp"
#include "core/model/run.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/progress.hpp"
#include "core/worker/parent/settings.hpp"
#include "core/worker/parent/worker_run.hpp"

namespace qd::compute {

struct ComputationRequest {
  const Family& family;
  Period period;
  Instant as_of;
  std::vector<Definition> definitions;  // those that are data and in force
  AreaTree areas;                       // built for the period's readings
  std::optional<worker::wire::TraceWanted> trace;
};

struct Computed {
  std::vector<Fact> facts;              // sorted; id and run are 0
  std::vector<Definition> definitions;  // those the facts refer to
  std::vector<RunNote> notes;
  std::string input_digest;
  std::int64_t input_rows = 0;
  std::optional<worker::wire::TraceAnswer> trace;
};

// Errors: those of a family, beginning with a verb (see WorkerRun), kWorkerUnavailable, and those
// of the store: see failed_run.
Result<Computed> compute_family(ComputationRequest request, ObservationStore& observations,
                                const worker::parent::WorkerSettings& settings, Progress& progress);

// Of the definitions that are data, those of this family that hold on some day of the readings. One
// that cannot be computed by its own terms is left out with a note.
std::vector<Definition> definitions_in_force(const std::vector<Definition>& all,
                                             const Family& family,
                                             const std::vector<ReadingWindow>& readings,
                                             std::vector<RunNote>& notes);

}  // namespace qd::compute
