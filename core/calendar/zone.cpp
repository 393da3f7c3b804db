#include "core/calendar/zone.hpp"

#include <date/tz.h>

#include <fstream>

namespace qd::calendar {
namespace {

using std::chrono::minutes;

constexpr const char* kZone = "Europe/London";
constexpr const char* kZoneSource =
    "/usr/share/zoneinfo/tzdata.zi";  // its first line is the version
// Compiled zone files list changes up to 2037 and give the rule for all later years in a last line
// that Hinnant's library does not read: from 2038 on it would know no summer time.
constexpr int kLastListedYear = 2037;

Error no_database(const std::exception& error) {
  return {ErrorCode::kInternal, std::string("no time zone ") + kZone + ": " + error.what(),
          "install the package tzdata"};
}

// A listed year with the same calendar: same first weekday, same length. 2010 to 2037 have them
// all.
int same_calendar(int year) {
  const auto first_weekday = [](int of) {
    return std::chrono::weekday{make_date(of, 1, 1)}.c_encoding();
  };
  const auto leap = [](int of) { return std::chrono::year{of}.is_leap(); };
  int twin = kLastListedYear;
  while (first_weekday(twin) != first_weekday(year) || leap(twin) != leap(year)) --twin;
  return twin;
}

// How far a date must be moved to lie in a year the library knows.
std::chrono::days shift_for(Date date) {
  const int year = static_cast<int>(std::chrono::year_month_day{date}.year());
  if (year <= kLastListedYear) return std::chrono::days{0};
  return make_date(year, 1, 1) - make_date(same_calendar(year), 1, 1);
}

// The instant of a local time within the listed years.
Instant resolve(date::local_time<minutes> local) {
  const date::time_zone* zone = date::locate_zone(kZone);
  const auto about = zone->get_info(local);
  if (about.result == date::local_info::nonexistent) return Instant{about.first.end};
  return Instant{local.time_since_epoch() - about.first.offset};  // first: also of two
}

std::string installed_version() {
  std::ifstream source(kZoneSource);
  std::string line;
  constexpr std::string_view kPrefix = "# version ";
  const bool told = std::getline(source, line) && line.starts_with(kPrefix);
  return told ? line.substr(kPrefix.size()) : "unknown";
}

}  // namespace

Result<Instant> to_instant(LocalTime local) {
  const auto shift = shift_for(local.date);
  const date::local_time<minutes> wall{(local.date - shift).time_since_epoch() +
                                       minutes{local.minute_of_day}};
  try {
    return resolve(wall) + shift;
  } catch (const std::exception& error) {
    return fail(no_database(error));
  }
}

Result<LocalTime> to_local(Instant instant) {
  const auto shift = shift_for(std::chrono::floor<std::chrono::days>(instant));
  try {
    const auto offset = date::locate_zone(kZone)->get_info(instant - shift).offset;
    const auto wall = std::chrono::floor<minutes>(instant + offset);
    const Date day = std::chrono::floor<std::chrono::days>(wall);
    return LocalTime{day, static_cast<int>((wall - day).count())};
  } catch (const std::exception& error) {
    return fail(no_database(error));
  }
}

// Read once: the zones are loaded once as well, so an upgrade under a running program changes
// neither.
std::string zone_version() {
  static const std::string version = std::string(kZone) + ", tzdata " + installed_version();
  return version;
}

}  // namespace qd::calendar
