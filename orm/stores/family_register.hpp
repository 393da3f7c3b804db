// What families declare, kept beside the facts made with it.
#pragma once

#include "core/ports/family_register.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

class SqlFamilyRegister final : public FamilyRegister {
 public:
  SqlFamilyRegister(Pool& pool, const AuditTrail& trail) : pool_(pool), trail_(trail) {}

  Result<std::vector<RegisteredFamily>> registered_families() override;
  Result<std::vector<Definition>> take_in(const Family& family, Instant now, Date today) override;

 private:
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
