// Rows of a query as batches.
#pragma once

#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "orm/sql/connection.hpp"
#include "orm/stores/text_codes.hpp"

namespace qd {

constexpr std::size_t kBatchRows = 65'536;

// Texts that are new in a batch, column by column.
using NewTexts = std::vector<std::vector<std::string>>;

// Reads answers whose first column is the id, followed by columns of the given types. Codes count
// from 0 in each column by itself, and keep their meaning from one answer to the next.
class RowReader {
 public:
  explicit RowReader(std::vector<ColumnType> types)
      : types_(std::move(types)), texts_(types_.size()) {}

  // Up to kBatchRows rows; fewer only when the answer ends.
  Batch read(Rows& rows);
  // By column; empty for columns without text.
  NewTexts take_new_texts();

 private:
  struct ColumnTexts {
    TextCodes codes;
    std::string last;  // records that lie together often share texts
    std::uint32_t last_code = 0;
    bool any = false;
  };

  void read_cell(Rows& rows, std::size_t column, Batch& batch);
  static std::uint32_t code(ColumnTexts& texts, std::string_view text);

  std::vector<ColumnType> types_;
  std::vector<ColumnTexts> texts_;
};

}  // namespace qd
