// Rows, column by column, as they are loaded, scanned and handed to a family.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/dictionary.hpp"
#include "core/model/table.hpp"

namespace qd {

struct ColumnData {
  ColumnType type = ColumnType::kInteger;
  std::vector<std::uint64_t> valid;  // bit i set: row i is present; empty: every row is
  std::vector<std::int64_t> wide;    // kInteger: value; kNumber: millionths
  std::vector<std::int32_t> narrow;  // kDate: days since 1970
  std::vector<std::uint32_t> codes;  // kText: codes of the dictionary

  bool present(std::size_t row) const {
    return valid.empty() || ((valid[row / 64] >> (row % 64)) & 1u) != 0;
  }
};

struct Batch {
  std::size_t n_rows = 0;
  std::vector<std::int64_t> ids;  // record numbers of the store; empty before it is stored
  std::vector<ColumnData> columns;
};

// Builds a batch row by row: for each row every column once, in order.
class BatchBuilder {
 public:
  explicit BatchBuilder(const std::vector<ColumnType>& types);

  void add_absent(std::size_t column);
  void add_wide(std::size_t column, std::int64_t value);
  void add_date(std::size_t column, std::int32_t days);
  void add_code(std::size_t column, std::uint32_t code);
  void end_row() { ++batch_.n_rows; }

  std::size_t n_rows() const { return batch_.n_rows; }
  // The rows so far; the builder is empty afterwards and keeps its column types.
  Batch take();

 private:
  void mark(std::size_t column, bool present);
  Batch batch_;
};

}  // namespace qd
