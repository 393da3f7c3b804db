// A new family's folder, from the template that is built and tested like every family.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/model/error.hpp"

namespace qd::cli {

// Makes `folder` with a declaration, code, CMakeLists.txt and one case that fails until the first
// rule is written. `reserved`: ids that are taken.
// Errors: kParameterMalformed (no name for a family, or a reserved one), kFileUnreadable.
Result<void> scaffold_family(const std::filesystem::path& source_template,
                             const std::filesystem::path& folder, const std::string& name,
                             const std::vector<std::string>& reserved);

// Of shell commands: the text as one word.
std::string shell_word(const std::string& text);

}  // namespace qd::cli
