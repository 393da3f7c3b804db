#pragma once

#include "core/ports/run_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

class SqlRunStore final : public RunStore {
 public:
  SqlRunStore(Gateway& gateway, Pool& pool, const AuditTrail& trail)
      : gateway_(gateway), pool_(pool), trail_(trail) {}

  Result<std::int64_t> begin_run(const Run& run, Instant lease_until) override;
  Result<void> complete_run(const Run& run, const std::vector<Definition>& definitions,
                            std::vector<Fact>& facts) override;
  Result<void> fail_run(const Run& run) override;
  Result<int> sweep_runs(Instant now) override;

  Result<std::vector<Run>> runs(std::optional<std::string> family,
                                std::optional<std::string> period) override;
  Result<std::optional<Run>> run(std::int64_t id) override;
  Result<std::vector<Run>> current_runs(const CurrentRuns& wanted) override;

 private:
  Gateway& gateway_;
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
