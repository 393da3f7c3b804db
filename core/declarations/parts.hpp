// The parts of a declaration, each read by its own file; shared by them alone.
#pragma once

#include "core/declarations/section.hpp"
#include "core/model/family.hpp"

namespace qd::declarations {

constexpr std::size_t kMostInputs = 64, kMostTables = 64, kMostColumns = 256;
constexpr std::size_t kMostIndicators = 4096, kMostOptions = 64, kMostBreakdowns = 64;

void read_tables(Section& declaration, Family& family, Complaints& complaints);
void read_inputs(Section& declaration, Family& family, Complaints& complaints);
void read_options(Section& declaration, Family& family, Complaints& complaints);
void read_breakdowns(Section& declaration, Family& family, Complaints& complaints);
void read_indicators(Section& declaration, Family& family, Complaints& complaints);

}  // namespace qd::declarations
