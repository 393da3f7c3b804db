// Local time of Europe/London and UTC, by the tz database of the system.
#pragma once

#include <string>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace qd::calendar {

struct LocalTime {
  Date date{};
  int minute_of_day = 0;  // 0 to 1439

  friend bool operator==(const LocalTime&, const LocalTime&) = default;
};

// A local time the clocks skip (spring): the first valid instant after the gap. One they show twice
// (autumn): its first occurrence. Errors: kInternal when the system has no tz database.
Result<Instant> to_instant(LocalTime local);
Result<LocalTime> to_local(Instant instant);  // whole minutes, cut

// "Europe/London, tzdata 2025b"; "Europe/London, tzdata unknown" when the system does not say.
std::string zone_version();

}  // namespace qd::calendar
