#include "core/compute/quarantine.hpp"

#include <fmt/format.h>

namespace qd::compute {

std::optional<Error> quarantined(const Family& family, const std::vector<Run>& runs, Instant now) {
  int crashes = 0;
  const Run* last = nullptr;
  for (const Run& run : runs) {
    if (run.library_sha256 != family.library_sha256 || run.state == RunState::kRunning) continue;
    if (!is_crash(run.failure)) break;
    if (!last) last = &run;
    if (++crashes == kCrashesToQuarantine) break;
  }
  if (crashes < kCrashesToQuarantine) return std::nullopt;
  const Instant until = last->finished_at.value_or(last->started_at) + kQuarantineRest;
  if (now >= until) return std::nullopt;
  return Error{ErrorCode::kFamilyQuarantined,
               fmt::format("is in quarantine until {} after {} crashes in a row, the last: {}",
                           to_text(until), crashes, last->reason),
               "replace its library, or wait"};
}

}  // namespace qd::compute
