// Rows of texts, sheet by sheet, wherever they come from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/model/error.hpp"

namespace qd::capture::workbook {

struct SheetCell {
  std::int64_t column = 0;  // 1 = A
  std::string text;         // numbers as they are stored, e.g. 69.900000000000006
};

struct SheetRow {
  std::int64_t line = 0;         // 1 = first row of the sheet
  std::vector<SheetCell> cells;  // those that are not empty, by column
};

class SheetSource {
 public:
  virtual ~SheetSource() = default;

  virtual const std::vector<std::string>& sheets() const = 0;  // names, in the workbook's order

  // Whoever opens the workbook does not see it.
  virtual bool is_hidden(std::size_t) const { return false; }

  // Rows that are not empty, in the order of the sheet; sheet: an index into sheets(). Errors:
  // those of the source, and the first one the sink gives, which ends the reading.
  using RowSink = std::function<Result<void>(const SheetRow&)>;
  virtual Result<void> read(std::size_t sheet, const RowSink& sink) = 0;
};

}  // namespace qd::capture::workbook
