#pragma once

#include <vector>

#include "core/compute/computation.hpp"
#include "core/compute/engine.hpp"

namespace qd::compute {

struct Engine::Ground {
  Period period;
  Instant as_of;
  Date known_until;                     // its local day
  AreaTree areas;                       // built for the period's readings
  std::vector<Definition> definitions;  // all there are
};

}  // namespace qd::compute
