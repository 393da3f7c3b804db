// What of a year's figures of people may be shown, cell by cell.
#pragma once

#include <map>
#include <vector>

#include "core/reading/disclosure/rules.hpp"
#include "core/reading/disclosure/tree_table.hpp"
#include "core/reading/disclosure/year_figures.hpp"

namespace qd::reading::disclosure {

// Of one run, by position of the fact; what comes behind the last is shown.
using Reasons = std::vector<Why>;
using YearDecision = std::map<std::int64_t, Reasons>;  // by run

// The same figures give the same decision, on every server and in whatever order they were read.
YearDecision decide(const YearFigures& year, const Rules& rules);

}  // namespace qd::reading::disclosure
