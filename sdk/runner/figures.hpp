// The host's rules: what becomes of the parts that a family emits.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runner/request.hpp"

namespace quarterday::runner {

struct Figure {
  std::uint32_t indicator = 0, reading = 0;
  std::string area, breakdown;
  Number numerator, denominator;
  std::int64_t n = -1, population = -1;
  std::uint32_t null_reason = QD_HAS_VALUE, flags = 0;
};

struct Figures {
  std::vector<Figure> rows;                   // by indicator, area, reading, breakdown
  std::map<std::string, std::int64_t> notes;  // the host's own, counted
};

// Parts with the same key add up, members are counted once, and every area above is worked out
// from what lies below, but for parts that cover their whole area: those stand alone.
Figures figures_of(const PreparedRun& run, const std::vector<EmittedPart>& parts);

// A field of a line of `facts`; nullopt when there is no column of that name. Columns: indicator,
// version, area, reading, breakdown, numerator, denominator, value, n, population, flags, margin,
// required (sample margin in percent and required sample, to six decimals).
std::optional<std::string> field_of(const PreparedRun& run, const Figure& figure,
                                    const std::string& column);

}  // namespace quarterday::runner
