// The tables that ship: one list that import, storage, compute, explain and the documentation
// share.
#pragma once

#include <string_view>
#include <vector>

#include "core/model/table.hpp"
#include "core/tables/shipped_table.hpp"

namespace qd::tables {

// Parents before children.
const std::vector<TableSpec>& shipped_tables();

// nullptr when no shipped table has that name.
const TableSpec* shipped_table(std::string_view name);

// With what must hold between its columns; nullptr when no shipped table has that name.
const ShippedTable* whole_table(std::string_view name);

}  // namespace qd::tables
