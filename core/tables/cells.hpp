// One cell of a table: from the text of a file to a value, or to a sentence that says why not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/number.hpp"
#include "core/model/table.hpp"

namespace qd::tables {

struct Cell {
  bool present = false;
  std::int64_t value = 0;  // integer; number in millionths; date in days since 1970
  std::string_view text;   // of a text column; the caller keeps it alive

  static Cell of(std::int64_t value) { return {true, value, {}}; }
  static Cell of(Number number) { return {true, number.millionths, {}}; }
  static Cell of(Date date) { return {true, days(date), {}}; }
  static Cell of(std::string_view text) { return {true, 0, text}; }
};

// Empty text is an absent cell. at: index of the column. Errors: kCellMissing, kCellMalformed.
Result<Cell> parse_cell(const TableSpec& table, std::size_t at, std::string_view text);

// Of a text that no store holds; nullopt: it fits. most: in bytes.
std::optional<Error> overlong(std::string_view text, std::size_t most);

}  // namespace qd::tables
