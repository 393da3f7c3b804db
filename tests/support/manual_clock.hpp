// A clock that shows what a test sets.
#pragma once

#include <atomic>

#include "core/ports/clock.hpp"

namespace qd {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant now = {}) : now_(now) {}

  Instant now() const override { return now_; }
  void set(Instant now) { now_ = now; }
  void advance(std::chrono::milliseconds by) { now_ = now_.load() + by; }

 private:
  std::atomic<Instant> now_;
};

}  // namespace qd
