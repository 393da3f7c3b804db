// Which column of a file is which column of a table, by the heading line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "core/capture/csv/csv_reader.hpp"
#include "core/model/error.hpp"
#include "core/model/table.hpp"

namespace qd::capture::csv {

struct CsvColumns {
  std::vector<std::size_t> of_table;  // by column of the table: field of the file, or kAbsent
  std::size_t n_fields = 0;           // that every record must have

  static constexpr std::size_t kAbsent = ~std::size_t{0};
};

// Headings may stand in any order; optional columns may be missing. Errors: kHeadingMissing,
// kHeadingUnknown (also for a heading that stands twice).
Result<CsvColumns> place_headings(const TableSpec& table, const CsvRecord& headings,
                                  const std::filesystem::path& file);

}  // namespace qd::capture::csv
