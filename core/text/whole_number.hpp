// A whole number that is the whole of a text.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace qd::text {

// Digits only, before them '-' where the type has negative numbers: no blank, no plus, no
// separator. nullopt: anything else, or a number the type does not hold.
template <class Number>
std::optional<Number> whole_number(std::string_view text, int base = 10) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

}  // namespace qd::text
