// What families declare, kept beside the facts made with it.
#pragma once

#include "core/ports/family_register.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

// See qd::FamilyRegister.
Result<std::vector<RegisteredFamily>> registered_families(Pool& pool);
Result<std::vector<Definition>> take_in(Pool& pool, const Family& family, Instant now);

}  // namespace qd::orm
