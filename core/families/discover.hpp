// The families that lie in a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "core/model/family.hpp"
#include "core/ports/family_register.hpp"

namespace qd::families {

// One library, wherever it lies, by what its declaration says. Errors: kFamilyRefused.
Result<Family> read_family(const std::filesystem::path& library);

// Every *.so of the folder, by file name, by what its declaration says: none of its code is run. A
// library that is refused does not hide the others. Without a register nobody came before.
// Errors: those of the register; of the folder: kFileUnreadable, kFamilyRefused (everybody may
// write there).
Result<std::vector<FamilyListing>> discover_families(const std::filesystem::path& folder,
                                                     FamilyRegister* known);

}  // namespace qd::families
