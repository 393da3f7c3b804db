// Time is asked for, never taken.
#pragma once

#include "core/model/date.hpp"

namespace qd {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;  // UTC. Thread-safe.
};

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
};

}  // namespace qd
