#include "core/worker/child/key_index.hpp"

#include <algorithm>
#include <utility>

namespace qd::worker::child {

std::uint32_t KeyIndex::place_of(std::uint64_t key, std::uint32_t next) {
  if (2 * used_ >= slots_.size()) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.key == kFree) {
    slot = {key, next};
    ++used_;
  }
  return slot.place;
}

std::optional<std::uint32_t> KeyIndex::find(std::uint64_t key) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(key)];
  return slot.key == key ? std::optional(slot.place) : std::nullopt;
}

std::size_t KeyIndex::slot_of(std::uint64_t key) const {
  constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio
  const std::size_t mask = slots_.size() - 1;
  auto at = static_cast<std::size_t>((key * kSpread) >> 32) & mask;
  while (slots_[at].key != key && slots_[at].key != kFree) at = (at + 1) & mask;
  return at;
}

void KeyIndex::grow() {
  const auto before =
      std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(1024, 2 * slots_.size())));
  for (const Slot& slot : before)
    if (slot.key != kFree) slots_[slot_of(slot.key)] = slot;
}

}  // namespace qd::worker::child
