// How new the stored figures are, asked for by every reading.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "core/ports/clock.hpp"
#include "core/reading/access/figure_door.hpp"

namespace qd::rest {

// Thread-safe.
class DataVersion {
 public:
  // Under load one question to the database serves all readings of this time: a run that completes
  // is seen at the latest so long after. 0: every reading asks.
  DataVersion(reading::access::FigureDoor& figures, const Clock& clock,
              std::chrono::milliseconds memory)
      : figures_(figures), clock_(clock), memory_(memory) {}

  // Errors: kStoreUnavailable.
  Result<std::int64_t> now();

 private:
  reading::access::FigureDoor& figures_;
  const Clock& clock_;
  std::chrono::milliseconds memory_;
  std::mutex mutex_;
  std::int64_t known_ = 0;
  std::optional<Instant> read_at_;
};

}  // namespace qd::rest
