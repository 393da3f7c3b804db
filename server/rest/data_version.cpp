#include "server/rest/data_version.hpp"

namespace qd::rest {

Result<std::int64_t> DataVersion::now() {
  const std::lock_guard lock(mutex_);
  const auto at = clock_.now();
  // A clock that was put back makes nothing be remembered for longer.
  if (at < until_ && until_ - at <= memory_) return known_;
  auto version = store_.data_version();
  if (!version) return version;
  known_ = *version;
  until_ = at + memory_;
  return known_;
}

}  // namespace qd::rest
