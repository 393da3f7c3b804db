// What `quarterday import all FOLDER` loads.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/capture/import.hpp"
#include "core/model/error.hpp"

namespace qd::cli {

struct TableFile {
  std::string table;
  std::filesystem::path file;  // FOLDER/<table>.csv, or .CSV
};

struct FolderContent {
  std::vector<TableFile> files;          // in the order of the tables
  std::vector<std::string> passed_over;  // names of what is no CSV file, sorted
};

// The CSV files of the folder that are named after a table, in the order of `tables` (parents
// before children); a table without a file is left out. Anything but CSV files is passed over.
// Errors: kFileUnreadable (no such folder, or it has no CSV file), kTableUnknown (a CSV file that
// is named after no table, with the nearest one).
Result<FolderContent> table_files(const std::filesystem::path& folder,
                                  const std::vector<std::string>& tables);

// Adds what another file of the folder brought.
void add(capture::ImportReport& whole, const capture::ImportReport& part);

// "kept before: areas, persons", or that nothing was.
std::string kept_before(const capture::ImportReport& whole);

}  // namespace qd::cli
