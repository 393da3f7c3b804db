// Runs and their facts, and the catalogue they refer to.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/model/run.hpp"
#include "core/ports/family_register.hpp"

namespace qd {

// Empty fields do not restrict. Several values of a field: any of them.
struct FactQuery {
  std::vector<std::string> indicators, areas, periods, families;
  std::vector<Reading> readings;
  std::optional<std::string> breakdown;  // "" asks for totals
  std::optional<Instant> as_of;          // facts that were current then; nullopt: current now
  std::vector<std::int64_t> runs;  // exactly these runs, current or not; as_of is then ignored
  // Page by value: only facts after this one in the order below; 0 rows: no limit.
  std::optional<Fact> after;
  std::size_t limit = 0;
};

// A fact together with the definition version it was made with.
struct Figure {
  Fact fact;
  Definition definition;
};

class FactStore : public FamilyRegister {
 public:
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

  // Figures sorted by (indicator, version, area, period, reading, breakdown). Current means: of the
  // newest complete run of its family and period finished at or before as_of. Newest is the run
  // that knew most: by Run::as_of, then by number, so that looking back changes nothing.
  virtual Result<std::vector<Figure>> facts(const FactQuery& query) = 0;
  virtual Result<std::optional<Figure>> fact(std::int64_t id) = 0;
  // Grows with every completed run and every load: what a cache or an ETag may depend on.
  virtual Result<std::int64_t> data_version() = 0;

  // What people captured, in the versions that were known then; nullopt: now. What families declare
  // is not captured and is there whatever the instant. Of several revisions the newest.
  virtual Result<std::vector<Definition>> definitions(  // by code, version
      std::optional<Instant> as_of = std::nullopt) = 0;
  virtual Result<std::vector<DefinitionLink>> links(  // by code, linked
      std::optional<Instant> as_of = std::nullopt) = 0;
  virtual Result<std::vector<Area>> areas(  // by code
      std::optional<Instant> as_of = std::nullopt) = 0;
  virtual Result<std::vector<std::string>> periods() = 0;  // ids that have facts, ascending
};

}  // namespace qd
