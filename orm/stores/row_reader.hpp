// Rows of a query as batches.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/batch.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {

constexpr std::size_t kBatchRows = 65'536;

// A column's texts on their way to codes, which count from 0. A database shows a text only until
// the next row; the dictionary is faster when asked for many at once.
class TextColumn {
 public:
  void add(std::string_view text);
  void add_absent() { which_.push_back(kAbsent); }
  // Appends the codes of what was added since the last call; 0 for what is absent.
  void resolve(std::vector<std::uint32_t>& codes);
  // Texts that got a code since the last call, in the order of their codes. They live as long as
  // the column.
  std::vector<std::string_view> take_new();

 private:
  static constexpr std::uint32_t kAbsent = ~std::uint32_t{0};

  std::string_view waiting(std::size_t at) const;

  Dictionary dictionary_;
  std::uint32_t n_taken_ = 0;
  std::string bytes_;                 // the texts waiting, end to end; of equal neighbours one
  std::vector<std::size_t> ends_;     // of each in bytes_
  std::vector<std::uint32_t> which_;  // by row: its place among them
};

// Texts that are new in a batch, column by column.
using NewTexts = std::vector<std::vector<std::string_view>>;

// Reads answers whose first column is the id, followed by columns of the given types. Codes count
// from 0 in each column by itself, and keep their meaning from one answer to the next.
class RowReader {
 public:
  explicit RowReader(std::vector<ColumnType> types)
      : types_(std::move(types)), texts_(types_.size()) {}

  // Up to kBatchRows rows; fewer only when the answer ends. Takes the memory of a batch that is
  // done with: a fresh one costs as much as filling it.
  Batch read(Rows& rows, Batch done = {});
  // By column; empty for columns without text.
  NewTexts take_new_texts();

 private:
  void read_cell(Rows& rows, std::size_t column, Batch& batch);
  void resolve_texts(Batch& batch);

  std::vector<ColumnType> types_;
  std::vector<TextColumn> texts_;
};

}  // namespace qd::orm
