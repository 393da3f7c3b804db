// CSV files in.
#pragma once

#include <filesystem>
#include <vector>

#include "core/capture/import.hpp"

namespace qd::capture::csv {

// Loads CSV files (UTF-8, RFC 4180, one heading line, columns by name in any order, empty = absent)
// into one table, in one transaction. Numbers are plain decimals, dates 2026-04-01.
// Errors: kFileUnreadable, kHeadingMissing, kHeadingUnknown, kStoreUnavailable. Refused lines are
// not errors: they are in the report.
Result<capture::ImportReport> import_csv(ObservationStore& store, const TableSpec& table,
                                         const std::vector<std::filesystem::path>& files,
                                         const capture::ImportOptions& options, const Clock& clock,
                                         Progress& progress);

}  // namespace qd::capture::csv
