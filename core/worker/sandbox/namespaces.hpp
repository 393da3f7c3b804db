// The layer of namespaces: a user and a network of the process's own, without any privilege.
#pragma once

#include "core/model/error.hpp"

namespace qd::worker::sandbox {

// Errors: kWorkerUnavailable.
Result<void> leave_namespaces();

}  // namespace qd::worker::sandbox
