// How new the stored figures are, asked for by every reading.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "core/ports/clock.hpp"
#include "core/ports/figure_store.hpp"

namespace qd::rest {

// Thread-safe.
class DataVersion {
 public:
  // Under load one question to the database serves all readings of this time: a run that completes
  // is seen at the latest so long after. 0: every reading asks.
  DataVersion(FigureStore& store, const Clock& clock, std::chrono::milliseconds memory)
      : store_(store), clock_(clock), memory_(memory) {}

  // Errors: kStoreUnavailable.
  Result<std::int64_t> now();

 private:
  FigureStore& store_;
  const Clock& clock_;
  std::chrono::milliseconds memory_;
  std::mutex mutex_;
  std::int64_t known_ = 0;
  std::optional<Instant> read_at_;
};

}  // namespace qd::rest
