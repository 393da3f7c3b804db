// Many rows into one table: cell by cell in column order, sent in as few statements as pay off.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "orm/sql/connection.hpp"

namespace qd::orm {

// Throws. What it sent belongs to the connection's transaction, if there is one.
class BulkWriter {
 public:
  // `ending` is put after the values of each statement (see Dialect::unless_there).
  BulkWriter(SqlConnection& connection, std::string table, std::vector<std::string> columns,
             std::string ending = {});

  void absent() { cells_.push_back({Kind::kAbsent, 0, 0}); }
  void number(std::int64_t value) { cells_.push_back({Kind::kNumber, value, 0}); }
  void text(std::string_view value) {
    cells_.push_back({Kind::kText, static_cast<std::int64_t>(texts_.size()), value.size()});
    texts_ += value;
  }
  void end_row() {
    if (cells_.size() == columns_.size() * rows_at_once_) flush();
  }
  // What has not been sent yet. Nothing is sent when the writer is destroyed.
  void flush();

 private:
  enum class Kind : std::uint8_t { kAbsent, kNumber, kText };
  struct Cell {
    Kind kind;
    std::int64_t number;  // texts: where they begin
    std::size_t size;
  };

  std::unique_ptr<Statement> insertion(std::size_t n_rows);
  Value value(const Cell& cell) const;

  SqlConnection& connection_;
  std::string table_;
  std::vector<std::string> columns_;
  std::string ending_;
  std::size_t rows_at_once_;
  std::unique_ptr<Statement> full_;  // for rows_at_once_ rows
  std::vector<Cell> cells_;
  std::string texts_;
};

}  // namespace qd::orm
