// A family's declaration: a TOML text, read and checked in one place, whoever reads it: the build,
// the program that finds a library, the command that describes one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::declarations {

// `file` is what the text is called in a refusal. library, library_sha256 and abi stay empty.
// Errors: kFamilyRefused, with file:line:column of what is wrong.
Result<Family> read_declaration(std::string_view text, const std::string& file);

// The same of a file. Errors: also kFileUnreadable.
Result<Family> read_declaration_file(const std::filesystem::path& file);

// What a family's code calls its columns, inputs, indicators and options: a C++ header.
std::string names_header(const Family& family);

// Writes the header of names of a declaration, unless it stands there already.
// Errors: those of read_declaration_file, kFileUnreadable (it cannot be written).
Result<void> write_names_header(const std::filesystem::path& declaration,
                                const std::filesystem::path& header);

}  // namespace qd::declarations
