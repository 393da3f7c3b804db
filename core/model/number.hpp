// Exact numbers: millionths for what is captured, ratios of integers for what is derived.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

// An exact decimal in millionths, the qd_number of the seam. 918.2 is Number{918200000}.
struct Number {
  std::int64_t millionths = 0;

  static constexpr std::int64_t kScale = 1'000'000;
  static constexpr Number of(std::int64_t whole) { return Number{whole * kScale}; }

  // Plain decimal notation, at most six decimals and twelve whole digits, optional sign.
  // nullopt for anything else: no exponent, no blanks, no thousands separators.
  static std::optional<Number> parse(std::string_view text);
  // Also takes what spreadsheets store: "69.900000000000006", "1.2E-3". Rounded half-up to six
  // decimals after at most fifteen significant digits (a double holds no more).
  static std::optional<Number> parse_spreadsheet(std::string_view text);

  // Shortest plain notation: "918.2", "-3", "0".
  std::string text() const;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 inside <=> for a pointer
  friend constexpr auto operator<=>(Number, Number) = default;
};

// 128 bits: a 64-bit count times a multiplier cannot overflow it. GCC's and Clang's own type.
__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

// An exact quotient, never normalised to a floating point number on the way.
class Ratio {
 public:
  // denominator must not be 0.
  constexpr Ratio(Wide numerator, Wide denominator)
      : numerator_(denominator < 0 ? -numerator : numerator),
        denominator_(denominator < 0 ? -denominator : denominator) {}

  // Half-up (ties away from zero) to so many decimals, 0 to 10: "77.3".
  std::string rounded(int decimals) const;
  // The nearest double, for readers that cannot do better. Not used in any comparison.
  double approximate() const;

  // Exact three-way comparison.
  friend int compare(const Ratio& a, const Ratio& b);

 private:
  Wide numerator_;
  Wide denominator_;
};

}  // namespace qd
