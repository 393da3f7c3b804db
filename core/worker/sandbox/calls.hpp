// The layer of calls: seccomp. What is not on a list fails with EPERM.
#pragma once

#include "core/model/error.hpp"

namespace qd::worker::sandbox {

// What loading a library takes: its file and those of the system's libraries are opened for
// reading and mapped privately. Errors: kWorkerUnavailable.
Result<void> allow_calls_of_loading();

// What computing takes: memory, time, the descriptors that are open, and ending. No file is opened
// or mapped, no memory becomes code, no signal goes to anybody else.
Result<void> allow_calls_of_computing();

}  // namespace qd::worker::sandbox
