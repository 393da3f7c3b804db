// The families that lie in a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "core/model/family.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::families {

// One library, wherever it lies. Errors: kFamilyRefused, kWorkerUnavailable.
Result<Family> read_family(const std::filesystem::path& library,
                           const worker::parent::WorkerSettings& settings);

// Every *.so of the folder, by file name. A library that is refused does not hide the others.
// Errors: kWorkerUnavailable; of the folder: kFileUnreadable, kFamilyRefused (everybody may write
// there).
Result<std::vector<FamilyListing>> discover_families(
    const std::filesystem::path& folder, const worker::parent::WorkerSettings& settings);

}  // namespace qd::families
