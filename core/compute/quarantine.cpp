#include "core/compute/quarantine.hpp"

#include <fmt/format.h>

namespace qd::compute {

std::optional<Error> quarantined(const Family& family, const std::vector<Run>& runs, Instant now) {
  int crashes = 0;
  const Run* last = nullptr;
  for (const Run& run : runs) {
    if (run.library_sha256 != family.library_sha256 || run.state == RunState::kRunning) continue;
    if (!run.stopped_by_crash) break;
    if (!last) last = &run;
    if (++crashes == kCrashesToQuarantine) break;
  }
  if (crashes < kCrashesToQuarantine) return std::nullopt;
  const Instant until = last->finished_at.value_or(last->started_at) + kQuarantineRest;
  if (now >= until) return std::nullopt;
  const auto beginning = fmt::format("not computed: family {} {} ", family.id, family.version);
  const auto reason =
      last->reason.starts_with(beginning) ? last->reason.substr(beginning.size()) : last->reason;
  return Error{ErrorCode::kFamilyQuarantined,
               fmt::format("not computed: family {} {} is in quarantine until {} after {} crashes "
                           "in a row, the last: {}",
                           family.id, family.version, to_text(until), crashes, reason),
               "replace its library, or wait"};
}

}  // namespace qd::compute
