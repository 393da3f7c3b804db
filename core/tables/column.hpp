// How the files of this room write a column down.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/model/table.hpp"

namespace qd::tables {

// needed("level", kInteger, "2 armchair commentator, …").between(2, 4)
struct Column : ColumnSpec {
  Column in(std::string its_unit) && {
    unit = std::move(its_unit);
    return std::move(*this);
  }
  Column one_of(std::vector<std::string> texts) && {
    allowed = std::move(texts);
    return std::move(*this);
  }
  Column standing_in(std::string table) && {
    references = std::move(table);
    return std::move(*this);
  }
  Column between(std::int64_t least, std::int64_t most) && {
    min = Number::of(least);
    max = Number::of(most);
    return std::move(*this);
  }
};

inline Column needed(std::string name, ColumnKind kind, std::string meaning) {
  return {{std::move(name), kind, true, "", std::move(meaning)}};
}
inline Column optional(std::string name, ColumnKind kind, std::string meaning) {
  return {{std::move(name), kind, false, "", std::move(meaning)}};
}

}  // namespace qd::tables
