// Files in, observations out: every refused line is reported, nothing is lost.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/table.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/observation_store.hpp"
#include "core/ports/progress.hpp"

namespace qd {

struct ImportOptions {
  bool dry_run = false;  // everything is read and checked, nothing is kept
  bool good_lines =
      false;  // false: all or nothing; true: refused lines are left out, the rest kept
};

// A line that was not taken, or a heading that could not be placed.
struct Refusal {
  std::string file;
  std::string sheet;        // workbooks only
  std::int64_t line = 0;    // 1 = first line of the file or sheet
  std::int64_t column = 0;  // 1 = first column; 0: the line as a whole
  std::string heading;      // name of that column
  Error error;
};

struct ImportReport {
  std::int64_t lines_read = 0;  // without headings and blank lines
  std::int64_t lines_refused = 0;
  std::vector<std::pair<std::string, LoadCounts>> tables;
  std::vector<Refusal> refusals;   // the first 10,000
  std::vector<std::string> notes;  // worth a look, yet taken: unplaced headings, odd totals
  bool committed = false;          // false after a dry run, or all-or-nothing with refusals
};

// Loads CSV files (UTF-8, RFC 4180, one heading line, columns by name in any order, empty = absent)
// into one table, in one transaction. Numbers are plain decimals, dates 2026-04-01.
// Errors: kFileUnreadable, kHeadingMissing, kHeadingUnknown, kStoreUnavailable. Refused lines are
// not errors: they are in the report.
Result<ImportReport> import_csv(ObservationStore& store, const TableSpec& table,
                                const std::vector<std::filesystem::path>& files,
                                const ImportOptions& options, const Clock& clock,
                                Progress& progress);

// Loads the regulator's published workbook of Tenant Satisfaction Measures: landlords into areas,
// management measures and survey samples into measure_observations, perception measures into
// survey_tallies. Errors: kFileUnreadable, kFileNotAWorkbook, kHeadingMissing, kStoreUnavailable.
Result<ImportReport> import_rsh_tsm(ObservationStore& store, const std::filesystem::path& file,
                                    const ImportOptions& options, const Clock& clock,
                                    Progress& progress);

}  // namespace qd
