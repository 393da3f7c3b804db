// Goes through everything that was written down, and holds it against what is there.
#pragma once

#include <optional>

#include "core/ports/audit_log.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/return_store.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/seals/seals.hpp"

namespace qd::reading::seals {

struct CheckedParts {
  AuditLog& audit;
  RunStore& runs;
  KeyStore& keys;
  ReturnStore& returns;
  Seals& seals;
};

// anchor: an entry as it was noted elsewhere. Errors: kStoreUnavailable.
Result<AuditReport> check_audit(const CheckedParts& parts,
                                const std::optional<AuditAnchor>& anchor);

}  // namespace qd::reading::seals
