// The table in which people say what their indicators mean: a column for each field of a
// definition.
#pragma once

#include "core/model/table.hpp"

namespace qd::tables {

TableSpec definitions_table();

}  // namespace qd::tables
