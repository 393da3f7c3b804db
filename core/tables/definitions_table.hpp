// The table in which people say what their indicators mean: a column for each field of a
// definition.
#pragma once

#include <span>

#include "core/model/definition.hpp"
#include "core/model/table.hpp"
#include "core/tables/cells.hpp"

namespace qd::tables {

TableSpec definitions_table();

// What a record of that table says. cells: one for each of its columns.
Definition definition_of(std::span<const Cell> cells);

}  // namespace qd::tables
