#pragma once

#include "core/ports/audit_log.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

class SqlAuditLog final : public AuditLog {
 public:
  SqlAuditLog(Pool& pool, const AuditTrail& trail) : pool_(pool), trail_(trail) {}

  Result<void> add(const AuditNote& note) override;
  Result<std::vector<AuditEntry>> entries(std::int64_t after, std::size_t at_most) override;
  Result<std::optional<AuditEntry>> newest(const std::string& subject) override;
  Result<AuditAnchor> head() override;
  Result<std::optional<RunSeal>> seal(std::int64_t run) override;

 private:
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
