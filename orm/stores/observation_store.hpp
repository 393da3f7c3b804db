#pragma once

#include <memory>

#include "core/ports/observation_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

class SqlObservationStore final : public ObservationStore {
 public:
  SqlObservationStore(Gateway& gateway, Pool& pool, const AuditTrail& trail)
      : gateway_(gateway), pool_(pool), trail_(trail) {}

  Result<std::unique_ptr<Load>> begin_load(const LoadSource& source, const Clock& clock) override;
  Result<std::optional<Instant>> last_recorded() override;
  Result<void> scan(const ScanRequest& request, Dictionary& dictionary, const Sink& sink) override;
  Result<std::unordered_set<std::string>> keys(const TableSpec& table) override;
  Result<std::vector<StoredRecord>> records(const TableSpec& table,
                                            const std::vector<std::int64_t>& ids) override;
  Result<void> declare(const TableSpec& table) override;

 private:
  Gateway& gateway_;
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
