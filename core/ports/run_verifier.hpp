// Whether what a run computed is still what stands in the database.
#pragma once

#include <optional>

#include "core/model/audit.hpp"
#include "core/model/error.hpp"
#include "core/model/run.hpp"

namespace qd {

class RunVerifier {
 public:
  virtual ~RunVerifier() = default;
  // Errors: kFiguresAltered, with the figures named; kStoreUnavailable. A run that completed before
  // there were seals is taken as it is.
  // The entry of the audit that holds its seal: nullopt for such a run.
  virtual Result<std::optional<AuditAnchor>> verify(const Run& run) = 0;
};

}  // namespace qd
