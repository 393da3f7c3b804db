// What selects facts, as it is typed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ports/figure_query.hpp"

namespace qd::faces {

// What selects facts, as texts from a URL or a command line.
struct FactFilterTexts {
  std::vector<std::string> indicators, areas, periods, readings, families;
  std::optional<std::string> breakdown, as_of;
};

// Errors: kPeriodMalformed, kInstantMalformed, kParameterMalformed (a reading).
Result<FactQuery> fact_filter(const FactFilterTexts& texts);

}  // namespace qd::faces
