#include "core/compute/run_failure.hpp"

namespace qd::compute {

RunFailure failure_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kFamilyRefused:
      return RunFailure::kRefused;
    case ErrorCode::kFamilyFailed:
      return RunFailure::kSaidNo;
    case ErrorCode::kFamilyStopped:
      return RunFailure::kStopped;
    case ErrorCode::kFamilyTimedOut:
      return RunFailure::kTimedOut;
    case ErrorCode::kFamilyFlooded:
      return RunFailure::kFlooded;
    case ErrorCode::kFamilyRubbish:
      return RunFailure::kRubbish;
    case ErrorCode::kFamilyQuarantined:
      return RunFailure::kQuarantined;
    default:
      return RunFailure::kElsewhere;
  }
}

Error fail_with(Run& run, RunFailure failure, Error error) {
  run.state = RunState::kFailed;
  run.failure = failure;
  run.reason = std::move(error.message);
  error.message = failure_text(run);
  return error;
}

}  // namespace qd::compute
