// How long to wait before a failed return is tried again.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "core/model/return_run.hpp"

namespace qd::jobs {

struct Backoff {
  std::chrono::milliseconds first = std::chrono::minutes{1};
  std::chrono::milliseconds cap = std::chrono::hours{1};
  std::uint64_t seed = 0;  // the same seed, run and attempt give the same wait
};

// Doubles with every attempt up to the cap; between half of that and the whole, by jitter.
// attempt >= 1.
std::chrono::milliseconds wait_after(const Backoff& backoff, std::string_view run, int attempt);

// When a run may be tried again: a failed one after its wait, one that is claimed after its lease,
// any other at once. The fence counts the attempts.
Instant not_before(const Backoff& backoff, const ReturnRun& run);

}  // namespace qd::jobs
