// SplitMix64: the same numbers on every machine.
#pragma once

#include <cstdint>

namespace bench {

class Random {
 public:
  // 0 to limit - 1.
  std::int64_t below(std::int64_t limit) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(limit));
  }

 private:
  std::uint64_t state_ = 20261121;
};

}  // namespace bench
