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
  std::string period;  // its id
  std::vector<ReadingWindow> readings;
  Instant as_of;
  std::vector<Definition> definitions;  // in force, see definitions_in_force
  Date known_until{};                   // the local day of as_of
  AreaTree areas;                       // built for these readings
  std::optional<worker::wire::TraceWanted> trace = {};
  worker::wire::Scrutiny scrutiny = worker::wire::Scrutiny::kNone;
};

struct Computed {
  std::vector<Fact> facts;  // sorted; id and run are 0, members are codes of the dictionary
  Dictionary dictionary;
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

// Those of this family that hold on some day of the readings: all it declares, then, of `all`,
// those captured from people. One that cannot be computed by its own terms is left out with a note.
std::vector<Definition> definitions_in_force(const std::vector<Definition>& all,
                                             const Family& family,
                                             const std::vector<ReadingWindow>& readings,
                                             std::vector<RunNote>& notes);

}  // namespace qd::compute
