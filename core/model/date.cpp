#include "core/model/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads exactly `width` digits at `at`, and moves on.
std::optional<int> take_digits(std::string_view text, std::size_t& at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (std::size_t end = at + width; at < end; ++at) {
    if (!is_digit(text[at])) return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool take(std::string_view text, std::size_t& at, char expected) {
  if (at >= text.size() || text[at] != expected) return false;
  ++at;
  return true;
}

std::optional<std::chrono::milliseconds> take_fraction(std::string_view text, std::size_t& at) {
  if (!take(text, at, '.')) return std::chrono::milliseconds{0};
  int scale = 100;
  int value = 0;
  const std::size_t first = at;
  for (; at < text.size() && is_digit(text[at]); ++at, scale /= 10)
    value += (text[at] - '0') * scale;
  if (at == first) return std::nullopt;
  return std::chrono::milliseconds{value};
}

// "Z", "+01:00", "-05:30": what has to be taken off to get UTC.
std::optional<std::chrono::minutes> take_offset(std::string_view text, std::size_t& at) {
  if (take(text, at, 'Z')) return std::chrono::minutes{0};
  const bool east = take(text, at, '+');
  if (!east && !take(text, at, '-')) return std::nullopt;
  const auto hours = take_digits(text, at, 2);
  if (!hours || *hours > 14 || !take(text, at, ':')) return std::nullopt;
  const auto minutes = take_digits(text, at, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset{*hours * 60 + *minutes};
  return east ? offset : -offset;
}

std::optional<std::chrono::milliseconds> take_time(std::string_view text, std::size_t& at) {
  const auto hour = take_digits(text, at, 2);
  if (!hour || *hour > 23 || !take(text, at, ':')) return std::nullopt;
  const auto minute = take_digits(text, at, 2);
  if (!minute || *minute > 59 || !take(text, at, ':')) return std::nullopt;
  const auto second = take_digits(text, at, 2);
  if (!second || *second > 59) return std::nullopt;
  const auto fraction = take_fraction(text, at);
  if (!fraction) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second} +
         *fraction;
}

}  // namespace

bool overlap(const DateSpan& a, const DateSpan& b) {
  const Date first = std::max(a.from, b.from);
  return (!a.until || first < *a.until) && (!b.until || first < *b.until);
}

Date make_date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

std::optional<Date> parse_date(std::string_view text) {
  std::size_t at = 0;
  const auto year = take_digits(text, at, 4);
  if (!year || !take(text, at, '-')) return std::nullopt;
  const auto month = take_digits(text, at, 2);
  if (!month || !take(text, at, '-')) return std::nullopt;
  const auto day = take_digits(text, at, 2);
  if (!day || at != text.size()) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

std::string to_text(Date date) {
  const std::chrono::year_month_day civil{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()),
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::nullopt;
  if (text.size() == 10)
    return Instant{*date} + std::chrono::days{1} - std::chrono::milliseconds{1};

  std::size_t at = 10;
  if (!take(text, at, 'T')) return std::nullopt;
  const auto time = take_time(text, at);
  if (!time) return std::nullopt;
  const auto offset = take_offset(text, at);
  if (!offset || at != text.size()) return std::nullopt;
  return Instant{*date} + *time - *offset;
}

std::string to_text(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time{instant - day};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_text(day), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace qd
