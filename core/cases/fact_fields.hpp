// Fields of a line of `facts`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/fact.hpp"

namespace qd::cases {

// indicator, version, area, reading, breakdown, numerator, denominator, value, n, population,
// flags, margin, required (sample margin in percent and required sample, to six decimals).
const std::vector<std::string>& fact_columns();

// column: its place in fact_columns().
std::string fact_field(std::size_t column, const Fact& fact, const Definition& definition);

}  // namespace qd::cases
