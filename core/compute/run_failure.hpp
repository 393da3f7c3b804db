// What a run that went wrong is told as.
#pragma once

#include "core/model/error.hpp"
#include "core/model/run.hpp"

namespace qd::compute {

// Which failure of a run an error means.
RunFailure failure_of(ErrorCode code);

// Makes `run` a failed one, and gives the error to tell: the same code and hint, in the words of
// failure_text.
Error fail_with(Run& run, RunFailure failure, Error error);
inline Error fail_with(Run& run, Error error) {
  const RunFailure failure = failure_of(error.code);
  return fail_with(run, failure, std::move(error));
}

}  // namespace qd::compute
