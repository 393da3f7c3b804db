#include "core/reading/disclosure/rules.hpp"

namespace qd::reading::disclosure {

// The public sees what the Board sees, and less by special categories: so who may read both learns
// nothing from the public's figures.
Rules rules_of(Audience audience) {
  switch (audience) {
    case Audience::kExecutive:
      return {};
    case Audience::kBoard:
      return {.fewest_people = 5, .marks_low_bases = true};
    case Audience::kPublic:
      break;
  }
  return {.fewest_people = 5,
          .fewest_special = 10,
          .rounded = true,
          .special_only_pooled = true,
          .marks_low_bases = true};
}

}  // namespace qd::reading::disclosure
