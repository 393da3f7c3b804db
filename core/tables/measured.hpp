// What observations of the regulator's measures and of COPIs have in common: what was measured, by
// which version of its definition, where, for whom and from when to when.
#pragma once

#include <vector>

#include "core/tables/column.hpp"
#include "core/tables/shipped_table.hpp"

namespace qd::tables {

constexpr std::size_t kMeasuredKey = 6;  // the shared columns, which are the key

// The shared columns, those of the table, and the mark of what is missing.
std::vector<ColumnSpec> measured_columns(std::vector<ColumnSpec> own);
Rule measured_period();

}  // namespace qd::tables
