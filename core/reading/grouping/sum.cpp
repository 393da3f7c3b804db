#include "core/reading/grouping/sum.hpp"

namespace qd::reading::grouping {

FactValue Sum::total() const {
  FactValue value;
  value.flags = flags_;
  if (is_suppressed_)
    value.null_reason = NullReason::kSuppressed;
  else if (is_of_too_few_)
    value.null_reason = NullReason::kLowReliability;
  else if (!any_)
    value.null_reason = NullReason::kNotAvailable;
  if (value.null_reason != NullReason::kHasValue) return value;
  value.numerator = Number{static_cast<std::int64_t>(numerator_)};
  if (has_denominator_) value.denominator = Number{static_cast<std::int64_t>(denominator_)};
  if (all_have_n_) value.n = n_;
  if (is_partial_) value.flags |= kPartial;
  if (has_denominator_ && denominator_ == 0) value.null_reason = NullReason::kZeroDenominator;
  return value;
}

}  // namespace qd::reading::grouping
