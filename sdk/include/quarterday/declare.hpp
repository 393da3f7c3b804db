// quarterday/declare.hpp: short ways to write a family's declarations.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>

namespace quarterday {

// Columns of a table of the host need a name and a type only: the host knows the rest.
constexpr qd_column_spec integer(const char* name, const char* unit = "",
                                 const char* meaning = "") {
  return {name, QD_INTEGER, 0, unit, meaning};
}
constexpr qd_column_spec number(const char* name, const char* unit = "", const char* meaning = "") {
  return {name, QD_NUMBER, 0, unit, meaning};
}
constexpr qd_column_spec date(const char* name, const char* meaning = "") {
  return {name, QD_DATE, 0, "", meaning};
}
constexpr qd_column_spec text(const char* name, const char* meaning = "") {
  return {name, QD_TEXT, 0, "", meaning};
}
// A record without it is refused at import (tables of the family's own).
constexpr qd_column_spec required(qd_column_spec column) {
  column.required = 1;
  return column;
}

template <std::size_t n>
constexpr qd_input_spec host_table(const char* name, const qd_column_spec (&columns)[n]) {
  return {name, "", columns, n, 0};
}

// The first n_key columns identify a record; the name is "<family id>_<something>".
template <std::size_t n>
constexpr qd_input_spec own_table(const char* name, const char* meaning,
                                  const qd_column_spec (&columns)[n], std::size_t n_key) {
  return {name, meaning, columns, n, n_key};
}

}  // namespace quarterday
