// The declaration inside a family's library, read without running or loading any of it.
#pragma once

#include <filesystem>
#include <string>

#include "core/model/error.hpp"
#include "core/model/family.hpp"

namespace qd::declarations {

// What the build put into sections that are not loaded.
struct LibrarySections {
  std::string declaration;
  std::string abi;  // "1.0": what it was built for; empty when it does not say
};

// Errors: kFamilyRefused, in words that follow "family x refused: ": it is no regular file, others
// may write to it, no library for this machine, it is cut short, it carries no declaration.
Result<LibrarySections> sections_of(const std::filesystem::path& library);

// All of it: the family with its abi. Errors: kFamilyRefused, "family x refused: …".
Result<Family> read_library(const std::filesystem::path& library);

}  // namespace qd::declarations
