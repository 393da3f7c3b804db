// Time is asked for, never taken.
#pragma once

#include <chrono>

#include "core/model/date.hpp"

namespace qd {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;  // UTC. Thread-safe.
};

// Whether what was read then may still be taken for what is there now, of something that is read
// again after `memory`. A clock that was put back makes nothing be remembered for longer; a memory
// of 0 remembers nothing.
inline bool is_remembered(Instant read_at, Instant now, std::chrono::milliseconds memory) {
  return read_at <= now && now < read_at + memory;
}

class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  }
};

}  // namespace qd
