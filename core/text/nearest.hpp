// "Did you mean …": the known word nearest to one that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qd::text {

// By Damerau-Levenshtein distance, capitals aside; of several as near the first. Empty when nothing
// is near (more than half of its letters would have to change).
std::string nearest(std::string_view word, const std::vector<std::string>& known);

// "did you mean 'area'?", or "known are: area, period", each once and twenty at most.
std::string nearest_hint(std::string_view word, const std::vector<std::string>& known);

}  // namespace qd::text
