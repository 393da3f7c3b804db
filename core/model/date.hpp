// Local dates (Europe/London) and instants (UTC). A Date is never an Instant.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qd {

using Date = std::chrono::sys_days;  // a local date; the type only counts days since 1970-01-01
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC

constexpr std::int32_t days(Date date) {
  return static_cast<std::int32_t>(date.time_since_epoch().count());
}
constexpr Date date_of(std::int32_t days_since_1970) {
  return Date{std::chrono::days{days_since_1970}};
}
constexpr std::int64_t milliseconds(Instant instant) { return instant.time_since_epoch().count(); }
constexpr Instant instant_of(std::int64_t milliseconds_since_1970) {
  return Instant{std::chrono::milliseconds{milliseconds_since_1970}};
}

// Days from `from` on, without `until`; nullopt: without end.
struct DateSpan {
  Date from{};
  std::optional<Date> until;
};

// Whether some day belongs to both: what was in force, or there, during a period. One that ends on
// the other's first day has no day in common with it.
bool overlap(const DateSpan& a, const DateSpan& b);

Date make_date(int year, unsigned month, unsigned day);

// "2026-04-01", nothing else; nullopt also for days that do not exist.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);

// "2026-04-01T08:30:00Z", "2026-04-01T08:30:00.250Z", with an offset instead of Z ("+01:00"), or a
// bare date, which means its last millisecond (UTC): as_of=2026-03-31 includes that whole day.
std::optional<Instant> parse_instant(std::string_view text);
// "2026-04-01T08:30:00.250Z", always with milliseconds.
std::string to_text(Instant instant);

}  // namespace qd
