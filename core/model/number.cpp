#include "core/model/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace qd {
namespace {

constexpr int kDecimals = 6;
constexpr std::size_t kWholeDigits = 12;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

std::int64_t digits_value(std::string_view digits) {
  std::int64_t value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::string digits_of(UnsignedWide value) {
  if (value <= std::numeric_limits<std::uint64_t>::max())
    return std::to_string(static_cast<std::uint64_t>(value));
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return digits;
}

// Rounds magnitude / divisor half-up; both not negative, divisor > 0.
template <class Unsigned>
Unsigned divide_half_up(Unsigned magnitude, Unsigned divisor) {
  const Unsigned whole = magnitude / divisor;
  const Unsigned rest = magnitude % divisor;
  return rest >= divisor - rest ? whole + 1 : whole;
}

// The whole of magnitude / divisor, and what is left in parts of 1 / scale, rounded half-up. Whole
// first, so that the scaled rest cannot overflow.
template <class Unsigned>
std::pair<Unsigned, Unsigned> divided_in(Unsigned magnitude, Unsigned divisor, Unsigned scale) {
  const Unsigned whole = magnitude / divisor;
  const Unsigned part = divide_half_up((magnitude % divisor) * scale, divisor);
  return part == scale ? std::pair{whole + 1, Unsigned{0}} : std::pair{whole, part};
}

// In the machine's own numbers where they are wide enough, which they mostly are.
std::pair<UnsignedWide, UnsignedWide> divided(UnsignedWide magnitude, UnsignedWide divisor,
                                              UnsignedWide scale) {
  constexpr UnsignedWide kMost = std::numeric_limits<std::uint64_t>::max();
  if (magnitude > kMost || divisor > kMost / scale) return divided_in(magnitude, divisor, scale);
  return divided_in(static_cast<std::uint64_t>(magnitude), static_cast<std::uint64_t>(divisor),
                    static_cast<std::uint64_t>(scale));
}

Wide floor_quotient(Wide numerator, Wide denominator) {
  return numerator / denominator - (numerator % denominator < 0 ? 1 : 0);
}

}  // namespace

std::optional<Number> Number::parse(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  const auto fraction =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || whole.size() > kWholeDigits || fraction.size() > kDecimals)
    return std::nullopt;
  if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
  if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;

  std::string padded(fraction);
  padded.resize(kDecimals, '0');
  const std::int64_t magnitude = digits_value(whole) * kScale + digits_value(padded);
  return Number{negative ? -magnitude : magnitude};
}

std::optional<Number> Number::parse_spreadsheet(std::string_view text) {
  if (const auto plain = parse(text)) return plain;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || std::fabs(value) >= 1e12) return std::nullopt;

  // Fifteen significant digits are what the writer of the double meant: 69.900000000000006 is 69.9.
  char buffer[64];
  const auto scientific =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 14);
  const std::string_view shown(buffer, static_cast<std::size_t>(scientific.ptr - buffer));
  const auto e = shown.find('e');
  std::string digits;
  for (const char c : shown.substr(0, e))
    if (is_digit(c)) digits.push_back(c);
  const std::string_view exponent_text = shown.substr(e + 1);
  int exponent = 0;
  std::from_chars(exponent_text.data() + (exponent_text.front() == '+' ? 1 : 0),
                  exponent_text.data() + exponent_text.size(), exponent);

  // digits * 10^(exponent - 14), in millionths.
  const int shift = exponent - 14 + kDecimals;
  const auto magnitude = static_cast<UnsignedWide>(digits_value(digits));
  if (shift < -30) return Number{0};
  const UnsignedWide millionths =
      shift >= 0 ? magnitude * static_cast<UnsignedWide>(power_of_ten(shift))
                 : divide_half_up(magnitude, static_cast<UnsignedWide>(power_of_ten(-shift)));
  const auto result = static_cast<std::int64_t>(millionths);
  return Number{value < 0 ? -result : result};
}

std::string Number::text() const {
  const bool negative = millionths < 0;
  const auto magnitude = negative ? ~static_cast<std::uint64_t>(millionths) + 1
                                  : static_cast<std::uint64_t>(millionths);
  std::string text = (negative ? "-" : "") + std::to_string(magnitude / kScale);
  if (magnitude % kScale == 0) return text;
  std::string fraction = std::to_string(magnitude % kScale);
  fraction.insert(0, kDecimals - fraction.size(), '0');
  while (fraction.back() == '0') fraction.pop_back();
  return text + "." + fraction;
}

std::string Ratio::rounded(int decimals) const {
  const bool negative = numerator_ < 0;
  const auto magnitude = static_cast<UnsignedWide>(negative ? -numerator_ : numerator_);
  const auto [whole, part] = divided(magnitude, static_cast<UnsignedWide>(denominator_),
                                     static_cast<UnsignedWide>(power_of_ten(decimals)));
  std::string text = digits_of(whole);
  if (decimals > 0) {
    std::string fraction = digits_of(part);
    fraction.insert(0, static_cast<std::size_t>(decimals) - fraction.size(), '0');
    text += "." + fraction;
  }
  const bool is_zero = whole == 0 && part == 0;
  return negative && !is_zero ? "-" + text : text;
}

double Ratio::approximate() const {
  return static_cast<double>(static_cast<long double>(numerator_) /
                             static_cast<long double>(denominator_));
}

// Whole parts first, then the reciprocals of what is left: Euclid's way, so nothing overflows.
int compare(const Ratio& a, const Ratio& b) {
  Wide left = a.numerator_, left_unit = a.denominator_;
  Wide right = b.numerator_, right_unit = b.denominator_;
  for (int sign = 1;; sign = -sign) {
    const Wide left_whole = floor_quotient(left, left_unit);
    const Wide right_whole = floor_quotient(right, right_unit);
    if (left_whole != right_whole) return left_whole < right_whole ? -sign : sign;
    left -= left_whole * left_unit;
    right -= right_whole * right_unit;
    if (left == 0 || right == 0) return left == right ? 0 : left == 0 ? -sign : sign;
    std::swap(left, left_unit);
    std::swap(right, right_unit);
  }
}

}  // namespace qd
