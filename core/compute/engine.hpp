// Runs families: inputs out of the store, into a worker process, facts back, checked and stored.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/families/family_folder.hpp"
#include "core/model/family.hpp"
#include "core/model/period.hpp"
#include "core/model/run.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/family_register.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/member_register.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/progress.hpp"
#include "core/ports/run_store.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::compute {

struct ComputeRequest {
  Period period;
  std::vector<std::string> families;  // empty: every family found
  // What to know: the run is made as of the newest load by then. nullopt: all that is loaded.
  std::optional<Instant> as_of;
};

struct RunOutcome {
  Run run;                     // run.id 0: it never started (refused, quarantined, no store)
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
  std::vector<ExplainedRow> rows;          // by table, then record number; of the first 10,000
  std::optional<std::int64_t> n_rows = 0;  // all of them; nullopt: not told
  bool reproduced = false;                 // the same library and rows gave the same figure again
  std::string difference;                  // if not: what differs, a sentence
};

// Where a run reads and writes; all outlive it.
struct EngineStores {
  ObservationStore& observations;
  RunStore& runs;
  FigureStore& figures;
  Catalogue& catalogue;
  FamilyRegister& families;
  MemberRegister& members;
};

// Quarantine: a library whose last three runs each had to be killed or died (signal, exit, memory,
// time-out, flood) is not run again until its file changes or a day has passed since the last of
// them; then one more run decides. The runs kept in the store are what is counted, so a restart
// forgets nothing and all servers of a cluster agree.
class Engine {
 public:
  Engine(const EngineStores& stores, const Clock& clock, std::filesystem::path family_folder,
         worker::parent::WorkerSettings settings);

  // One outcome a family, by family id. One family's failure is never another's; a failed run is
  // kept as such, with its reason, and no fact of it. The calling thread must stay alive meanwhile.
  // Errors (of the whole): kFamilyUnknown, kNothingToCompute, kInstantMalformed (as_of is later
  // than now), kStoreUnavailable, kWorkerUnavailable, kFileUnreadable (the folder),
  // kReferenceUnknown and kRuleBroken (the tree of areas). Thread-safe.
  Result<std::vector<RunOutcome>> compute(const ComputeRequest& request, Progress& progress);

  // Runs the family once more on what it knew then, and asks it for the rows. Stores nothing.
  // Errors: kFactUnknown, kFamilyUnknown (its library is gone), and those of a run. Thread-safe.
  Result<Explanation> explain(std::int64_t fact_id);

  // What is in the folder now; read anew when the folder changed. Makes room in the store for the
  // tables families declare. Thread-safe.
  Result<std::vector<FamilyListing>> families();

 private:
  struct Ground;  // what all families of one request are computed on

  Result<std::vector<FamilyListing>> wanted_families(const std::vector<std::string>& names);
  Result<Instant> newest_known(std::optional<Instant> asked);
  Result<Ground> ground(const Period& period, Instant as_of);
  Result<RunOutcome> compute_one(const FamilyListing& listing, const Ground& ground,
                                 Progress& progress);
  std::optional<Error> compute_begun(const FamilyListing& listing, const Ground& ground, Run& run,
                                     Progress& progress);
  std::optional<Error> fail_run(Run& run, RunFailure failure, Error error);

  Result<Family> family_of(const Run& run);

  EngineStores stores_;
  const Clock& clock_;
  worker::parent::WorkerSettings settings_;
  families::FamilyFolder folder_;
};

}  // namespace qd::compute
