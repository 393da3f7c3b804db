// Why a figure is not shown.
#pragma once

#include <cstdint>

#include "core/reading/withheld_figures.hpp"

namespace qd::reading::disclosure {

// The reasons are for whoever decides, and for who keeps the store: a reader learns none of them.
// What each means: words_of.
enum class Why : std::uint8_t {
  kShown = 0,
  kSmall,
  kProtects,
  kWhole,
  kOverTime,
  kDifference,
  kPooled,
  kYearOnly,
  kAllAlike,
  kStays,
  kUndecided
};

WithheldFor words_of(Why why);  // of kShown: empty

}  // namespace qd::reading::disclosure
