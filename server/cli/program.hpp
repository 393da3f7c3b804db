// Starting another program and waiting for it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/model/error.hpp"

namespace qd::cli {

// Its exit code; it writes where we write. Errors: kFileUnreadable (it cannot be started),
// kInternal (a signal ended it).
Result<int> run_program(const std::filesystem::path& program,
                        const std::vector<std::string>& arguments);

}  // namespace qd::cli
