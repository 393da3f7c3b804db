// The percentile of sample values, exact.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/number.hpp"

namespace qd::worker::child {

struct Quotient {
  Wide numerator = 0, denominator = 1;  // of whole numbers; the numerator in the values' unit
};

// Linear interpolation between the closest ranks, at (n - 1) * percentile / 100. Sorts the values,
// of which there is at least one; percentile 0 to 100.
Quotient quantile(std::vector<std::int64_t>& values, std::int64_t percentile);

}  // namespace qd::worker::child
