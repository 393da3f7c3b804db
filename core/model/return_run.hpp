// A return for one period in one revision, and its deliveries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"

namespace qd {

enum class ReturnState { kClaimed = 1, kBuilt, kDelivered, kFailed };
std::string_view to_text(ReturnState state);  // "claimed", "built", "delivered", "failed"
std::optional<ReturnState> parse_return_state(std::string_view text);

// (schedule, period, revision) is unique in the store.
struct ReturnRun {
  std::int64_t id = 0;
  std::string schedule;
  std::string period;
  int revision = 1;
  ReturnState state = ReturnState::kClaimed;
  std::string reason;      // why it failed
  std::int64_t fence = 0;  // grows with every claim; later writes must carry the newest
  Instant claimed_at{};
  Instant lease_until{};
  Instant as_of{};                      // what the figures knew
  std::vector<std::int64_t> fact_runs;  // the frozen runs
  std::string file_name;
  std::string sha256;                   // of the workbook; empty: not built yet
  std::string workbook;                 // its bytes; left empty by list()
  std::optional<Instant> delivered_at;  // when the last of its deliveries was made
  std::string due_rule;  // the local rule and the time zone data version it was resolved with
};

enum class DeliveryChannel { kFolder = 1 };
std::string_view to_text(DeliveryChannel channel);  // "folder"

enum class DeliveryState { kPlanned = 1, kDelivered };
std::string_view to_text(DeliveryState state);  // "planned", "delivered"

// The act of sending a return to one recipient. (return_run, recipient, channel) is unique in the
// store. Where it went belongs to it: another server's folder is another place.
struct Delivery {
  std::int64_t id = 0;
  std::int64_t return_run = 0;
  std::string recipient;  // "Executive"
  DeliveryChannel channel = DeliveryChannel::kFolder;
  DeliveryState state = DeliveryState::kPlanned;
  // The folder's own identity, kept in it, so that it is known again when it was moved; empty: made
  // before there was one.
  std::string folder_identity;
  std::string folder;     // its path, as the server that delivers knows it
  std::string file_name;  // in that folder
  std::optional<Instant> delivered_at;

  friend bool operator==(const Delivery&, const Delivery&) = default;
};

std::string subject_of_return(const ReturnRun& run);  // "return executive FY2026-27-Q2 r1"

}  // namespace qd
