// Tells the operator that somebody tries keys, without a line for each, and lets them wait.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/ports/clock.hpp"

namespace qd::keys {

// Thread-safe.
class WrongKeys {
 public:
  // Counting begins anew so long after an address's first.
  static constexpr std::chrono::milliseconds kCounted = std::chrono::hours{1};
  static constexpr std::size_t kMostAddresses = 10'000;

  explicit WrongKeys(const Clock& clock) : clock_(clock) {}

  // A key that opens nothing came from there. Whether it was written down: the first, the tenth,
  // the hundredth and so on of an address are.
  bool note(const std::string& address);

  // The first so many within an hour cost nothing: whoever pastes a key wrongly tries again.
  static constexpr std::int64_t kFree = 10;
  static constexpr std::chrono::seconds kLongestWait{600};
  // How long nobody of the address is asked for a key that is not known here: 1 s after the first
  // that costs, twice as long after each that follows. 0: they may try.
  std::chrono::seconds wait(const std::string& address);

 private:
  struct Seen {
    Instant since{};
    std::int64_t n = 0, next = 1;
    Instant until{};  // nobody there is asked before
  };

  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<std::string, Seen> by_address_;
};

}  // namespace qd::keys
