// What a return is asked to be of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/period.hpp"

namespace qd::returns::content {

// A family that could not be computed anew for the return. An empty family: none could.
struct NotPrepared {
  std::string family;
  std::string reason;  // a sentence without full stop
};

struct ReturnRequest {
  Period period;
  std::string area;          // landlord the return is of; its tree below is what is shown
  std::string organisation;  // name on the cover
  std::string audience;      // "Executive"
  int revision = 1;
  std::vector<std::int64_t> fact_runs;  // frozen runs; empty: those current at as_of
  Instant as_of{};
  std::vector<NotPrepared> not_prepared = {};  // its older figures are shown, and said to be that
};

}  // namespace qd::returns::content
