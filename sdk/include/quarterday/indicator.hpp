// quarterday/indicator.hpp: what a family's code calls its indicators. The generated header of
// names has one of these for each declared code.
#pragma once

#include <cstdint>

namespace quarterday {

// A declared indicator, from the generated header of names. Which of its
// versions counts is found by the reading: the one in force on its last day.
class Indicator {
 public:
  constexpr explicit Indicator(std::uint32_t number) : number_(number) {}
  constexpr std::uint32_t number() const { return number_; }
  friend constexpr bool operator==(Indicator a, Indicator b) { return a.number_ == b.number_; }
  friend constexpr bool operator!=(Indicator a, Indicator b) { return !(a == b); }

 private:
  std::uint32_t number_;
};

}  // namespace quarterday
