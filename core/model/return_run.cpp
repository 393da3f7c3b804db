#include "core/model/return_run.hpp"

namespace qd {

std::string_view to_text(ReturnState state) {
  switch (state) {
    case ReturnState::kClaimed:
      return "claimed";
    case ReturnState::kBuilt:
      return "built";
    case ReturnState::kDelivered:
      return "delivered";
    case ReturnState::kFailed:
      return "failed";
  }
  return "";
}

std::optional<ReturnState> parse_return_state(std::string_view text) {
  for (const auto state :
       {ReturnState::kClaimed, ReturnState::kBuilt, ReturnState::kDelivered, ReturnState::kFailed})
    if (to_text(state) == text) return state;
  return std::nullopt;
}

std::string_view to_text(DeliveryChannel channel) {
  switch (channel) {
    case DeliveryChannel::kFolder:
      return "folder";
  }
  return "";
}

std::string_view to_text(DeliveryState state) {
  switch (state) {
    case DeliveryState::kPlanned:
      return "planned";
    case DeliveryState::kDelivered:
      return "delivered";
  }
  return "";
}

std::string subject_of_return(const ReturnRun& run) {
  return "return " + run.schedule + " " + run.period + " r" + std::to_string(run.revision);
}

}  // namespace qd
