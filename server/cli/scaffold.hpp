// A new family's folder, from the template that is built and tested like every family.
#pragma once

#include <filesystem>
#include <string>

#include "core/model/error.hpp"

namespace qd::cli {

// Copies `source` to `parent`/`name`, renames what is called after the template, and adds a case
// that fails until the first rule is written. The new folder.
// Errors: kParameterMalformed (name is not lower_case letters), kFileUnreadable.
Result<std::filesystem::path> scaffold_family(const std::filesystem::path& source,
                                              const std::filesystem::path& parent,
                                              const std::string& name);

}  // namespace qd::cli
