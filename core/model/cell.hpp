// One cell of a record, typed: what a file, a workbook or a request is turned into first.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/date.hpp"
#include "core/model/number.hpp"

namespace qd {

struct Cell {
  bool present = false;
  std::int64_t value = 0;  // integer, minutes; number in millionths; date in days since 1970; money
                           // in pence; yes 1, no 0
  std::string_view text;   // of a text column; the caller keeps it alive
  bool refused = false;    // there was something, and it could not be taken: no rule is held
                           // against it

  static constexpr Cell of(std::int64_t value) { return {true, value, {}}; }
  static constexpr Cell of(Number number) { return {true, number.millionths, {}}; }
  static constexpr Cell of(Date date) { return {true, days(date), {}}; }
  static constexpr Cell of(std::string_view text) { return {true, 0, text}; }
  static constexpr Cell unreadable() { return {false, 0, {}, true}; }
};

}  // namespace qd
