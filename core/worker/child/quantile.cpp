#include "core/worker/child/quantile.hpp"

#include <algorithm>
#include <numeric>

namespace qd::worker::child {

Quotient quantile(std::vector<std::int64_t>& values, std::int64_t percentile) {
  std::sort(values.begin(), values.end());
  const Wide rank = static_cast<Wide>(values.size() - 1) * percentile;  // in hundredths
  const auto below = static_cast<std::size_t>(rank / 100);
  const auto rest = static_cast<std::int64_t>(rank % 100);
  const std::int64_t parts = 100 / std::gcd(rest, std::int64_t{100});  // 1 where rest is 0
  const Wide low = values[below];
  if (rest == 0) return {low, 1};
  const Wide step = static_cast<Wide>(values[below + 1]) - low;
  return {low * parts + step * (rest * parts / 100), parts};
}

}  // namespace qd::worker::child
