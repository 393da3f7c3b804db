#include "server/http/request_limit.hpp"

#include <algorithm>

namespace qd::http {

bool RequestLimit::admit(const std::string& address, Time now) {
  if (a_minute_ == 0) return true;
  const std::lock_guard lock(mutex_);
  if (spent_.size() >= kMostAddresses && !spent_.contains(address)) spent_.clear();
  Spent& spent = spent_[address];
  const std::chrono::duration<double, std::ratio<60>> minutes = now - spent.at;
  spent.requests = std::max(0.0, spent.requests - minutes.count() * a_minute_);
  spent.at = now;
  if (spent.requests + 1 > a_minute_) return false;
  spent.requests += 1;
  return true;
}

}  // namespace qd::http
