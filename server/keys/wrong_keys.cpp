#include "server/keys/wrong_keys.hpp"

#include <spdlog/spdlog.h>

namespace qd::keys {

bool WrongKeys::note(const std::string& address) {
  std::int64_t n = 0;
  {
    const std::lock_guard lock(mutex_);
    if (by_address_.size() >= kMostAddresses && !by_address_.contains(address)) by_address_.clear();
    Seen& seen = by_address_[address];
    const auto now = clock_.now();
    if (seen.n == 0 || now - seen.since >= kCounted) seen = {now};
    n = ++seen.n;
    if (n < seen.next) return false;
    seen.next *= 10;
  }
  spdlog::warn("keys that open nothing were sent from {}: {} within an hour", address, n);
  return true;
}

}  // namespace qd::keys
