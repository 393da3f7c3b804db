// Whether families are confined on this machine, found out by a worker that is without one.
#pragma once

#include "core/model/error.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::worker::parent {

// The layers that are in force. Errors: kWorkerUnavailable: one is not, and may not be lacking.
Result<wire::Layers> examine_sandbox(const WorkerSettings& settings);

}  // namespace qd::worker::parent
