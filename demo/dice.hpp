// Chance that falls the same way on every machine: standard distributions do not.
#pragma once

#include <cstdint>
#include <string_view>

namespace qd::demo {

// SplitMix64 (Steele, Lea, Flood 2014). One thread.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  // Dice of its own for each part of the demonstration: more of one part changes no other.
  Dice(unsigned seed, std::string_view part) : state_(seed) {
    for (const char letter : part) {
      state_ = state_ * 0x100000001B3u + static_cast<unsigned char>(letter);
    }
  }

  // 0 to n - 1, each as likely (but for one part in 2^32); n at least 1.
  int below(int n) {
    const std::uint64_t high = next() >> 32;
    return static_cast<int>((high * static_cast<std::uint64_t>(n)) >> 32);
  }
  int between(int first, int last) { return first + below(last - first + 1); }
  bool chance(int percent) { return below(100) < percent; }
  // How many of n come true.
  int hits(int n, int percent) {
    int count = 0;
    for (int i = 0; i < n; ++i) count += chance(percent) ? 1 : 0;
    return count;
  }

 private:
  std::uint64_t next() {
    std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
  }

  std::uint64_t state_;
};

}  // namespace qd::demo
