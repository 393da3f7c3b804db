// An .xlsx workbook, read as a stream of rows of texts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/capture/workbook/sheet_source.hpp"
#include "core/model/error.hpp"

namespace qd::capture::workbook {

// Untrusted files are welcome: sizes are bounded, document types and entities are refused. Holds
// the texts cells share; rows are not kept. One thread.
class WorkbookReader final : public SheetSource {
 public:
  // Errors: kFileUnreadable, kFileNotAWorkbook.
  static Result<WorkbookReader> open(const std::filesystem::path& file);
  ~WorkbookReader() override;
  WorkbookReader(WorkbookReader&&) noexcept;
  WorkbookReader& operator=(WorkbookReader&&) noexcept;

  const std::vector<std::string>& sheets() const override;
  bool is_hidden(std::size_t sheet) const override;
  // Errors: kFileNotAWorkbook, and those of the sink.
  Result<void> read(std::size_t sheet, const RowSink& sink) override;

 private:
  struct Parts;
  explicit WorkbookReader(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Number of a column named by letters: A is 1, AA is 27; 0 for anything else, and beyond XFD.
std::int64_t column_number(std::string_view letters);
// "AA" of 27.
std::string column_letters(std::int64_t column);

}  // namespace qd::capture::workbook
