// An .xlsx workbook, read as a stream of rows of texts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/error.hpp"

namespace qd::capture::rsh {

struct SheetCell {
  std::int64_t column = 0;  // 1 = A
  std::string text;         // numbers as they are stored, e.g. 69.900000000000006
};

struct SheetRow {
  std::int64_t line = 0;         // 1 = first row of the sheet
  std::vector<SheetCell> cells;  // those that are not empty, by column
};

// Untrusted files are welcome: sizes are bounded, document types and entities are refused. Holds
// the texts cells share; rows are not kept. One thread.
class WorkbookReader {
 public:
  // Errors: kFileUnreadable, kFileNotAWorkbook.
  static Result<WorkbookReader> open(const std::filesystem::path& file);
  ~WorkbookReader();
  WorkbookReader(WorkbookReader&&) noexcept;
  WorkbookReader& operator=(WorkbookReader&&) noexcept;

  const std::vector<std::string>& sheets() const;  // names, in the workbook's order

  // Rows that are not empty, in the order of the sheet; sheet: an index into sheets(). Errors:
  // kFileNotAWorkbook, and the first one the sink gives, which ends the reading.
  using RowSink = std::function<Result<void>(const SheetRow&)>;
  Result<void> read(std::size_t sheet, const RowSink& sink);

 private:
  struct Parts;
  explicit WorkbookReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Number of a column named by letters: A is 1, AA is 27; 0 for anything else, and beyond XFD.
std::int64_t column_number(std::string_view letters);
// "AA" of 27.
std::string column_letters(std::int64_t column);

}  // namespace qd::capture::rsh
