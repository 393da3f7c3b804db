#include "server/rest/data_version.hpp"

namespace qd::rest {

Result<std::int64_t> DataVersion::now() {
  const std::lock_guard lock(mutex_);
  const auto at = clock_.now();
  if (read_at_ && is_remembered(*read_at_, at, memory_)) return known_;
  auto version = figures_.data_version();
  if (!version) return version;
  known_ = *version;
  read_at_ = at;
  return known_;
}

}  // namespace qd::rest
