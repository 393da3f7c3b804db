// Where what belongs to a key lies in a list.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace qd::worker::child {

// Finds the place of a 64-bit key in a list: open addressing, since a node for each of some
// 100,000 parts costs more than everything else that is done with it.
class KeyIndex {
 public:
  // The place kept for the key, or, when it is new, `next`, which is kept from now on.
  std::uint32_t place_of(std::uint64_t key, std::uint32_t next);
  std::optional<std::uint32_t> find(std::uint64_t key) const;

 private:
  struct Slot {
    std::uint64_t key = kFree;
    std::uint32_t place = 0;
  };
  static constexpr std::uint64_t kFree = ~std::uint64_t{0};  // no key has all bits set
  std::size_t slot_of(std::uint64_t key) const;
  void grow();

  std::vector<Slot> slots_;  // a power of two of them, at most half in use
  std::size_t used_ = 0;
};

}  // namespace qd::worker::child
