// quarterday/exact.hpp: exact decimals and quotients. Nothing here is ever a
// binary fraction.
//
// Free of state, so safe on any thread. C++17, standard library only.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace quarterday {

__extension__ using Int128 = __int128;

// An exact decimal with six places. A whole number turns into one by itself:
// Number{5} is five. Throws std::overflow_error beyond about nine million
// million, and Inexact where a quotient has more than six places: nothing is
// ever rounded.
struct Inexact : std::domain_error {
  using std::domain_error::domain_error;
};

class Number {
 public:
  constexpr Number() = default;
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  constexpr Number(Integer whole) : millionths_(scaled(static_cast<std::int64_t>(whole))) {}

  static constexpr Number of_millionths(qd_number millionths) {
    Number number;
    number.millionths_ = millionths;
    return number;
  }

  constexpr qd_number millionths() const { return millionths_; }
  constexpr bool is_whole() const { return millionths_ % QD_ONE == 0; }
  constexpr std::int64_t whole_part() const { return millionths_ / QD_ONE; }

  constexpr Number& operator+=(Number other) {
    if (__builtin_add_overflow(millionths_, other.millionths_, &millionths_))
      throw std::overflow_error("a sum is too large to be kept exactly");
    return *this;
  }
  friend constexpr Number operator+(Number a, Number b) { return a += b; }
  constexpr Number& operator-=(Number other) {
    if (__builtin_sub_overflow(millionths_, other.millionths_, &millionths_))
      throw std::overflow_error("a difference is too large to be kept exactly");
    return *this;
  }
  friend constexpr Number operator-(Number a, Number b) { return a -= b; }
  constexpr Number operator-() const { return Number() -= *this; }

  // By whole numbers only: a product of two decimals has up to twelve places.
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  constexpr Number& operator*=(Integer factor) {
    if (__builtin_mul_overflow(millionths_, factor, &millionths_))
      throw std::overflow_error("a product is too large to be kept exactly");
    return *this;
  }
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  constexpr bool divides_exactly_by(Integer divisor) const {
    return divisor != 0 && Int128{millionths_} % divisor == 0;
  }
  // Throws Inexact, also for a divisor of 0. Where the rest may be dropped,
  // hand the host a numerator and a denominator instead.
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  constexpr Number& operator/=(Integer divisor) {
    if (divisor == 0) throw Inexact("nothing can be divided by 0");
    if (!divides_exactly_by(divisor)) throw Inexact("a quotient has more than six decimals");
    const Int128 quotient = Int128{millionths_} / divisor;
    if (quotient > INT64_MAX)
      throw std::overflow_error("a quotient is too large to be kept exactly");
    millionths_ = static_cast<qd_number>(quotient);
    return *this;
  }
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  friend constexpr Number operator*(Number number, Integer factor) {
    return number *= factor;
  }
  template <class Integer, class = std::enable_if_t<std::is_integral_v<Integer>>>
  friend constexpr Number operator/(Number number, Integer divisor) {
    return number /= divisor;
  }
  friend constexpr bool operator==(Number a, Number b) { return a.millionths_ == b.millionths_; }
  friend constexpr bool operator!=(Number a, Number b) { return !(a == b); }
  friend constexpr bool operator<(Number a, Number b) { return a.millionths_ < b.millionths_; }
  friend constexpr bool operator>(Number a, Number b) { return b < a; }
  friend constexpr bool operator<=(Number a, Number b) { return !(b < a); }
  friend constexpr bool operator>=(Number a, Number b) { return !(a < b); }

 private:
  static constexpr qd_number scaled(std::int64_t whole) {
    qd_number millionths = 0;
    if (__builtin_mul_overflow(whole, QD_ONE, &millionths))
      throw std::overflow_error("a number is too large to be kept exactly");
    return millionths;
  }
  qd_number millionths_ = 0;
};

namespace detail {

// Digits only, at most so many; nullopt otherwise.
inline std::optional<std::int64_t> parse_digits(std::string_view text, std::size_t at_most) {
  if (text.size() > at_most) return std::nullopt;
  std::int64_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

inline std::string fraction_text(std::int64_t value, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto place = text.rbegin(); place != text.rend(); ++place, value /= 10)
    *place = static_cast<char>('0' + value % 10);
  return text;
}

constexpr Int128 magnitude(Int128 value) { return value < 0 ? -value : value; }

constexpr std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

inline std::string digits_of(Int128 value) {
  std::string text;
  do text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
  while ((value /= 10) != 0);
  return text;
}

}  // namespace detail

// Plain decimal notation: at most twelve whole digits and six decimals, and a
// minus where it is needed. nullopt for anything else: no plus, exponent,
// blanks or thousands separators.
inline std::optional<Number> parse_number(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto fraction = point == text.npos ? std::string_view("0") : text.substr(point + 1);
  const auto whole_text = text.substr(0, point);
  if (whole_text.empty() || fraction.empty()) return std::nullopt;
  const auto whole = detail::parse_digits(whole_text, 12);
  auto part = detail::parse_digits(fraction, 6);
  if (!whole || !part) return std::nullopt;
  *part *= detail::power_of_ten(6 - static_cast<int>(fraction.size()));
  const qd_number millionths = *whole * QD_ONE + *part;
  return Number::of_millionths(negative ? -millionths : millionths);
}

// Shortest plain notation: "918.2", "-3", "0".
inline std::string to_text(Number number) {
  const Int128 size = detail::magnitude(number.millionths());
  const auto fraction = static_cast<std::int64_t>(size % QD_ONE);
  std::string text = detail::digits_of(size / QD_ONE);
  if (fraction != 0) {
    text += '.' + detail::fraction_text(fraction, 6);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return number.millionths() < 0 ? '-' + text : text;
}

// numerator / denominator half-up (ties away from zero) to 0 to 10 decimals:
// "77.3". denominator must not be 0; |numerator| must stay below 8e27 at ten
// decimals.
inline std::string rounded(Int128 numerator, Int128 denominator, int decimals) {
  const bool negative = (numerator < 0) != (denominator < 0);
  const Int128 scale = detail::power_of_ten(decimals);
  const Int128 divisor = detail::magnitude(denominator);
  const Int128 units = (2 * scale * detail::magnitude(numerator) + divisor) / (2 * divisor);
  std::string text = detail::digits_of(units / scale);
  if (decimals > 0)
    text += '.' + detail::fraction_text(static_cast<std::int64_t>(units % scale), decimals);
  return negative && units != 0 ? '-' + text : text;
}

}  // namespace quarterday
