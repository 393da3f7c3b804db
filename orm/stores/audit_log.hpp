#pragma once

#include "core/ports/audit_log.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

class SqlAuditLog final : public AuditLog {
 public:
  explicit SqlAuditLog(Pool& pool) : pool_(pool) {}

  Result<std::vector<AuditEntry>> entries(std::int64_t after, std::size_t at_most) override;
  Result<std::optional<AuditEntry>> newest(const std::string& subject) override;
  Result<AuditAnchor> head() override;
  Result<std::optional<RunSeal>> seal(std::int64_t run) override;

 private:
  Pool& pool_;
};

}  // namespace qd::orm
