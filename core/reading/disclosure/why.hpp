// Why a figure is not shown.
#pragma once

#include <cstdint>

#include "core/reading/withheld_figures.hpp"

namespace qd::reading::disclosure {

// The reasons are for whoever decides, and for who keeps the store: a reader learns none of them.
enum class Why : std::uint8_t {
  kShown = 0,
  kSmall,       // fewer people than may be shown
  kProtects,    // a small count next to it could be worked out otherwise
  kWhole,       // what it is a part of is withheld, and would be told by its parts
  kOverTime,    // a part of the year is withheld: the difference would tell
  kDifference,  // its distance to another figure is a small count
  kPooled,      // by a special category it is only given for all together
  kYearOnly,    // by a special category it is only given for whole years
  kAllAlike,    // by a special category all are alike: it tells of each
  kStays,       // it was withheld before and is hardly another number now
  kUndecided    // nobody has decided yet
};

WithheldFor words_of(Why why);  // of kShown: empty

}  // namespace qd::reading::disclosure
