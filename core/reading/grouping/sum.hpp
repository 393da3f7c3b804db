// What figures of one group come to.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "core/model/fact.hpp"

namespace qd::reading::grouping {

// One figure, as far as it is added. What it does not have is 0.
struct Addend {
  std::int64_t numerator = 0, denominator = 0, n = 0;  // numerator and denominator in millionths
  bool has_denominator = false, has_n = false;
  NullReason null_reason = NullReason::kHasValue;
  std::uint32_t flags = 0;
};

// Adds up what is given.
class Sum {
 public:
  void add(const Addend& one) {
    flags_ |= one.flags;
    switch (one.null_reason) {
      case NullReason::kHasValue:
      case NullReason::kZeroDenominator:
        return add_counted(one);
      case NullReason::kSuppressed:
        is_suppressed_ = true;
        return;
      case NullReason::kLowReliability:
        is_of_too_few_ = true;
        return;
      default:
        is_partial_ = true;
    }
  }
  bool is_too_large() const { return is_too_large(numerator_) || is_too_large(denominator_); }
  // Withheld where a part is; marked partial where one is missing.
  FactValue total() const;

 private:
  void add_counted(const Addend& one) {
    numerator_ += one.numerator;
    denominator_ += one.denominator;
    n_ += one.n;
    has_denominator_ |= one.has_denominator;
    all_have_n_ &= one.has_n;
    any_ = true;
  }
  static bool is_too_large(Wide number) {
    return number > std::numeric_limits<std::int64_t>::max() ||
           number < std::numeric_limits<std::int64_t>::min();
  }

  Wide numerator_ = 0, denominator_ = 0;
  std::int64_t n_ = 0;
  std::uint32_t flags_ = 0;
  bool any_ = false, has_denominator_ = false, all_have_n_ = true;
  bool is_suppressed_ = false, is_of_too_few_ = false, is_partial_ = false;
};

}  // namespace qd::reading::grouping
