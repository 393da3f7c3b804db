// What may be shown of small numbers of people, by audience (domain B.6).
#pragma once

#include <cstdint>
#include <optional>

#include "core/model/audience.hpp"

namespace qd::reading::disclosure {

struct Rules {
  // Fewer people than this, but some, are not shown; nullopt: they are.
  std::optional<std::int64_t> fewest_people;
  std::int64_t fewest_special = 5;   // the same by a special category
  bool rounded = false;              // counts of people to the nearest kBase
  bool special_only_pooled = false;  // by a special category and another breakdown: not at all
  bool marks_low_bases = false;      // a percentage of fewer than kLeastBase is not shown

  static constexpr std::int64_t kBase = 5;
  static constexpr std::int64_t kLeastBase = 23;
};

Rules rules_of(Audience audience);

}  // namespace qd::reading::disclosure
