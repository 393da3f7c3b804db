// What was changed and by whom, and what each run is known by.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/audit.hpp"
#include "core/model/error.hpp"
#include "core/model/run_seal.hpp"

namespace qd {

// Stores write an entry in the transaction that changes something: no change without its entry, no
// entry without its change. Errors of all: kStoreUnavailable.
class AuditLog {
 public:
  virtual ~AuditLog() = default;

  // Of what no store changes.
  virtual Result<void> add(const AuditNote& note) = 0;
  // Entries after this number, so many at most, by number.
  virtual Result<std::vector<AuditEntry>> entries(std::int64_t after, std::size_t at_most) = 0;
  // The newest entry of a subject; nullopt: there is none.
  virtual Result<std::optional<AuditEntry>> newest(const std::string& subject) = 0;
  // The last entry, as the writer of the next one knows it; number 0: nothing was written yet.
  virtual Result<AuditAnchor> head() = 0;
  // nullopt: the run completed before there were seals.
  virtual Result<std::optional<RunSeal>> seal(std::int64_t run) = 0;
};

}  // namespace qd
