// What an input table is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/number.hpp"

namespace qd {

// Longest texts that are taken, in bytes: what the stores hold, the same on every engine.
constexpr std::size_t kKeyTextBytes = 128;      // of columns of the key
constexpr std::size_t kLongTextBytes = 65'535;  // of all others

// How a cell is stored and handed to a family; values of the seam.
enum class ColumnType { kInteger = 1, kNumber = 2, kDate = 3, kText = 4 };

// What a cell is, and how it is written in a file.
enum class ColumnKind {
  kInteger = 1,
  kNumber = 2,
  kDate = 3,
  kText = 4,
  kYesNo = 5,    // yes, no, true, false, 1 or 0; stored as 1 or 0
  kMoney = 6,    // pounds, at most two decimals; stored in pence
  kMinutes = 7,  // a whole number
};

ColumnType type_of(ColumnKind kind);
// "text", "integer", "number", "date", "yes_no", "money", "minutes": as declarations name it.
std::string_view word_of(ColumnKind kind);
std::optional<ColumnKind> kind_of(std::string_view word);

struct ColumnSpec {
  std::string name;
  ColumnKind kind;
  bool required;                          // a record without it is refused
  std::string unit;                       // "minutes", "persons", "" for none
  std::string meaning;                    // for people
  std::vector<std::string> allowed = {};  // text columns: the only texts that are taken; empty: any
  std::string references = {};     // text columns: a table whose single text key must hold it
  std::optional<Number> min = {};  // of what is counted or measured, as it is written: of money
  std::optional<Number> max = {};  // in pounds; both belong to the range
  bool not_after_today = false;    // dates: what is still to come is refused

  ColumnType type() const { return type_of(kind); }
  friend bool operator==(const ColumnSpec&, const ColumnSpec&) = default;
};

struct TableSpec {
  std::string name;
  std::string meaning;
  std::vector<ColumnSpec> columns;
  std::size_t n_key;        // the first n_key columns identify a record
  std::string family = {};  // the family that declared it; empty for what ships

  // Index of the column; columns.size() when there is none of that name.
  std::size_t index_of(std::string_view column) const;
  // Of a text column: the longest text it takes, in bytes.
  std::size_t most_text_bytes(std::size_t column) const {
    return column < n_key ? kKeyTextBytes : kLongTextBytes;
  }
};

}  // namespace qd
