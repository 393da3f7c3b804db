#include "core/model/run.hpp"

#include <fmt/format.h>

namespace qd {

std::string_view to_text(RunState state) {
  switch (state) {
    case RunState::kRunning:
      return "running";
    case RunState::kComplete:
      return "complete";
    case RunState::kFailed:
      return "failed";
  }
  return {};
}

std::string_view to_text(RunFailure failure) {
  switch (failure) {
    case RunFailure::kNone:
      return "";
    case RunFailure::kRefused:
      return "refused";
    case RunFailure::kSaidNo:
      return "said_no";
    case RunFailure::kStopped:
      return "stopped";
    case RunFailure::kTimedOut:
      return "timed_out";
    case RunFailure::kFlooded:
      return "flooded";
    case RunFailure::kRubbish:
      return "rubbish";
    case RunFailure::kReplaced:
      return "replaced";
    case RunFailure::kQuarantined:
      return "quarantined";
    case RunFailure::kAbandoned:
      return "abandoned";
    case RunFailure::kElsewhere:
      return "elsewhere";
  }
  return {};
}

bool is_crash(RunFailure failure) {
  return failure == RunFailure::kStopped || failure == RunFailure::kTimedOut ||
         failure == RunFailure::kFlooded;
}

std::string failure_text(const Run& run) {
  switch (run.failure) {
    case RunFailure::kNone:
      return {};
    case RunFailure::kRefused:  // the refusal names the family; its version may not be known
      return fmt::format("not computed: {}", run.reason);
    case RunFailure::kReplaced:
    case RunFailure::kElsewhere:
      return fmt::format("not computed: family {} {}: {}", run.family, run.family_version,
                         run.reason);
    default:  // what the family did, beginning with a verb
      return fmt::format("not computed: family {} {} {}", run.family, run.family_version,
                         run.reason);
  }
}

std::string subject_of_run(std::int64_t run) { return "run " + std::to_string(run); }

}  // namespace qd
