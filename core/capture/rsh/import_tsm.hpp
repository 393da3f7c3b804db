// The regulator's published workbook in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/capture/import.hpp"
#include "core/capture/rsh/tsm_columns.hpp"
#include "core/capture/workbook/sheet_source.hpp"

namespace qd::capture::rsh {

struct TsmOptions {
  capture::ImportOptions import = {};
  std::optional<std::filesystem::path> layout = {};  // instead of the one that is built in
};

// Loads the regulator's published workbook of Tenant Satisfaction Measures: landlords into areas,
// management measures and survey samples into measure_observations, perception measures into
// survey_tallies. Errors: kFileUnreadable, kFileNotAWorkbook, kHeadingMissing, kLayoutMalformed,
// kStoreUnavailable.
Result<capture::ImportReport> import_rsh_tsm(ObservationStore& store,
                                             const std::filesystem::path& file,
                                             const TsmOptions& options, const Clock& clock,
                                             Progress& progress);

// The same of sheets that were read already. source: what the load is recorded as.
Result<capture::ImportReport> import_tsm_sheets(ObservationStore& store, const LoadSource& source,
                                                workbook::SheetSource& sheets,
                                                const TsmOptions& options, const Clock& clock,
                                                Progress& progress);

// How every column of the workbook is understood; nothing is loaded.
struct TsmLayoutShown {
  std::string year;     // "2023-24"
  std::string edition;  // of the layout; empty: there is none for this year
  std::vector<PlacedColumn> columns;
  std::vector<std::string> notes;  // what would not be taken, and why
};

// Errors: those of import_rsh_tsm, but for the store's.
Result<TsmLayoutShown> show_tsm_layout(const std::filesystem::path& file, const TsmOptions& options,
                                       Progress& progress);

}  // namespace qd::capture::rsh
