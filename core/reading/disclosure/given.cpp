#include "core/reading/disclosure/given.hpp"

namespace qd::reading::disclosure {
namespace {

std::int64_t to_base(std::int64_t number, std::int64_t base) {
  return (number + base / 2) / base * base;
}

Number rounded(Number people) {
  return Number{to_base(people.millionths, Rules::kBase * Number::kScale)};
}

bool has_low_base(const FactValue& value, const Definition& definition) {
  return value.null_reason == NullReason::kHasValue && definition.part_of_whole &&
         value.denominator && *value.denominator < Number::of(Rules::kLeastBase);
}

std::optional<Number> stated(const FactValue& value, const Definition& definition) {
  const auto ratio = qd::value(value, definition);
  return ratio ? Number::parse(ratio->rounded(definition.decimals)) : std::nullopt;
}

FactValue rounded(FactValue value, const Definition& definition) {
  // What is told per home or thing has an exact base: its value is that of the rounded count.
  const bool is_of_people_alone =
      value.denominator && definition.aggregation != Aggregation::kRatePerStock;
  if (is_of_people_alone) {
    value.stated = stated(value, definition);
    value.denominator = rounded(*value.denominator);
  }
  value.numerator = rounded(value.numerator);
  if (value.n) value.n = to_base(*value.n, Rules::kBase);
  return value;
}

}  // namespace

FactValue given(const FactValue& value, const Definition& definition, Why why, const Rules& rules) {
  FactValue withheld;
  withheld.flags = value.flags & ~static_cast<std::uint32_t>(kImplausible);
  withheld.null_reason = NullReason::kSuppressed;
  if (why != Why::kShown) return withheld;
  if (definition.counts != Counted::kPeople) return value;
  if (rules.marks_low_bases && has_low_base(value, definition)) {
    withheld.null_reason = NullReason::kLowReliability;
    return withheld;
  }
  return rules.rounded ? rounded(value, definition) : value;
}

}  // namespace qd::reading::disclosure
