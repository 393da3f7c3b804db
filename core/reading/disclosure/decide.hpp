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

inline Why why_of(const Reasons& reasons, std::uint32_t position) {
  return position < reasons.size() ? reasons[position] : Why::kShown;
}

// Decides upon the runs of the year that were not decided upon before, and leaves the others: what
// was given is known, and what was withheld must stay so. Of a figure that was computed again what
// was withheld stays withheld until it has changed by as many people as may be shown.
//
// `before` has the decisions upon runs of the year, and upon all that were replaced; they are among
// what is returned. The same figures give the same decision, on every server and in whatever order
// they were read.
YearDecision decide(const YearFigures& year, const Rules& rules, const YearDecision& before = {});

}  // namespace qd::reading::disclosure
