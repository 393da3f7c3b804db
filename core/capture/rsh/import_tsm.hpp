// The regulator's published workbook in.
#pragma once

#include <filesystem>
#include <vector>

#include "core/capture/import.hpp"

namespace qd::capture::rsh {

// Loads the regulator's published workbook of Tenant Satisfaction Measures: landlords into areas,
// management measures and survey samples into measure_observations, perception measures into
// survey_tallies. Errors: kFileUnreadable, kFileNotAWorkbook, kHeadingMissing, kStoreUnavailable.
Result<capture::ImportReport> import_rsh_tsm(ObservationStore& store,
                                             const std::filesystem::path& file,
                                             const capture::ImportOptions& options,
                                             const Clock& clock, Progress& progress);

}  // namespace qd::capture::rsh
