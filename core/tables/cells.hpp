// One cell of a table: from text to a value of its kind, or to a sentence that says why not.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/cell.hpp"
#include "core/model/error.hpp"
#include "core/model/table.hpp"

namespace qd::tables {

using qd::Cell;

// What is wrong with a record, and with which of its cells.
struct BrokenRule {
  std::size_t column;  // of the table; the one to blame
  std::string reason;  // with the value: "level is 5, and 2 to 4 are taken"
  std::string hint;
  ErrorCode code = ErrorCode::kRuleBroken;
  std::string cause = {};  // without it, the same for every such record; empty: the reason
};

// The text as a value of that kind; nothing else is asked of it: that is RecordCheck's. Empty text
// is an absent cell. at: index of the column. Error: kCellMalformed.
tl::expected<Cell, BrokenRule> parse_cell(const TableSpec& table, std::size_t at,
                                          std::string_view text);

// Of a text that no store holds; nullopt: it fits. most: in bytes.
std::optional<Error> overlong(std::string_view text, std::size_t most);

// The cell as a file would have it: "12.34" of money, "2026-04-01", "yes"; "" when absent.
std::string cell_text(const ColumnSpec& column, const Cell& cell);

}  // namespace qd::tables
