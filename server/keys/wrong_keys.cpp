#include "server/keys/wrong_keys.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace qd::keys {
namespace {

// 1 s, 2 s, 4 s, …
std::chrono::seconds penalty(std::int64_t nth) {
  constexpr std::int64_t kDoublings = 10;
  const std::chrono::seconds grown{std::int64_t{1} << std::min(nth - 1, kDoublings)};
  return std::min(grown, WrongKeys::kLongestWait);
}

}  // namespace

bool WrongKeys::note(const std::string& address) {
  std::int64_t n = 0;
  {
    const std::lock_guard lock(mutex_);
    if (by_address_.size() >= kMostAddresses && !by_address_.contains(address)) by_address_.clear();
    Seen& seen = by_address_[address];
    const auto now = clock_.now();
    if (seen.n == 0 || now - seen.since >= kCounted) seen = {now};
    n = ++seen.n;
    if (n > kFree) seen.until = now + penalty(n - kFree);
    if (n < seen.next) return false;
    seen.next *= 10;
  }
  spdlog::warn("keys that open nothing were sent from {}: {} within an hour", address, n);
  return true;
}

std::chrono::seconds WrongKeys::wait(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto seen = by_address_.find(address);
  const auto now = clock_.now();
  if (seen == by_address_.end() || seen->second.until <= now) return std::chrono::seconds{0};
  return std::chrono::ceil<std::chrono::seconds>(seen->second.until - now);
}

}  // namespace qd::keys
