// In which order tables are loaded.
#pragma once

#include <vector>

#include "core/model/table.hpp"

namespace qd::tables {

// Parents before children: a table comes after those its columns refer to, and otherwise in the
// order given. References to tables that are not among them do not count; of a circle the first one
// given begins.
std::vector<TableSpec> in_load_order(std::vector<TableSpec> tables);

}  // namespace qd::tables
