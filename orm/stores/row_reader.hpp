// Rows of a query as batches.
#pragma once

#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "orm/sql/connection.hpp"
#include "orm/stores/text_codes.hpp"

namespace qd {

constexpr std::size_t kBatchRows = 65'536;

// Reads what follows in the answer: first column the id, then the columns of the given types.
class RowReader {
 public:
  RowReader(std::vector<ColumnType> types, TextCodes& codes)
      : types_(std::move(types)), codes_(codes), last_(types_.size()) {}

  // Up to kBatchRows rows; fewer only when the answer ends.
  Batch read(Rows& rows);

 private:
  void read_cell(Rows& rows, std::size_t column, Batch& batch);
  std::uint32_t code(std::size_t column, std::string_view text);

  struct LastText {
    std::string text;
    std::uint32_t code = 0;
    bool set = false;
  };

  std::vector<ColumnType> types_;
  TextCodes& codes_;
  std::vector<LastText> last_;  // records that lie together often share texts
};

}  // namespace qd
