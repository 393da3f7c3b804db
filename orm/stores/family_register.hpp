// What families declare, kept beside the facts made with it.
#pragma once

#include "core/ports/family_register.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

class SqlFamilyRegister final : public FamilyRegister {
 public:
  explicit SqlFamilyRegister(Pool& pool) : pool_(pool) {}

  Result<std::vector<RegisteredFamily>> registered_families() override;
  Result<std::vector<Definition>> take_in(const Family& family, Instant now, Date today) override;

 private:
  Pool& pool_;
};

}  // namespace qd::orm
