// What an input table is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qd {

// Longest texts that are taken, in bytes: what the stores hold, the same on every engine.
constexpr std::size_t kKeyTextBytes = 128;      // of columns of the key
constexpr std::size_t kLongTextBytes = 65'535;  // of all others

enum class ColumnType { kInteger = 1, kNumber = 2, kDate = 3, kText = 4 };  // values of the seam

struct ColumnSpec {
  std::string name;
  ColumnType type;
  bool required;                          // a record without it is refused
  std::string unit;                       // "minutes", "persons", "" for none
  std::string meaning;                    // for people
  std::vector<std::string> allowed = {};  // text columns: the only texts that are taken; empty: any
  std::string references = {};  // text columns: a table whose single key column must hold the text
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
