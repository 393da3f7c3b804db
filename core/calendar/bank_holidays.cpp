#include "core/calendar/bank_holidays.hpp"

#include <algorithm>
#include <array>

namespace qd::calendar {
namespace {

using Days = std::chrono::days;
using std::chrono::Friday;
using std::chrono::Monday;
using std::chrono::Saturday;
using std::chrono::Sunday;
using std::chrono::weekday;

// Days proclaimed once, under section 1 of the Banking and Financial Dealings Act 1971; listed on
// gov.uk/bank-holidays (England and Wales) and in the London Gazette of the year before.
struct Proclaimed {
  int year;
  unsigned month, day;
  std::string_view name;
};
constexpr std::array<Proclaimed, 8> kExtraDays = {{
    {1981, 7, 29, "Wedding of the Prince of Wales"},
    {1999, 12, 31, "Millennium"},
    {2002, 6, 3, "Golden Jubilee"},
    {2011, 4, 29, "Wedding of Prince William"},
    {2012, 6, 5, "Diamond Jubilee"},
    {2022, 6, 3, "Platinum Jubilee"},
    {2022, 9, 19, "State Funeral of Queen Elizabeth II"},
    {2023, 5, 8, "Coronation of King Charles III"},
}};
// The same power moves a holiday to another day of the year.
constexpr std::array<Proclaimed, 5> kMovedDays = {{
    {1995, 5, 8, "Early May bank holiday"},
    {2002, 6, 4, "Spring bank holiday"},
    {2012, 6, 4, "Spring bank holiday"},
    {2020, 5, 8, "Early May bank holiday"},
    {2022, 6, 2, "Spring bank holiday"},
}};

Date first_monday(int year, unsigned month) {
  const Date first = make_date(year, month, 1);
  return first + (Monday - weekday{first});
}

Date last_monday(int year, unsigned month) {  // not of December
  const Date last = make_date(year, month + 1, 1) - Days{1};
  return last - (weekday{last} - Monday);
}

Date moved(int year, std::string_view name, Date usual) {
  const auto found = std::find_if(kMovedDays.begin(), kMovedDays.end(), [&](const Proclaimed& day) {
    return day.year == year && day.name == name;
  });
  return found == kMovedDays.end() ? usual : make_date(year, found->month, found->day);
}

// New Year's Day at a weekend is kept on the Monday after.
BankHoliday new_years_day(int year) {
  const Date first = make_date(year, 1, 1);
  const weekday on{first};
  if (on == Saturday) return {first + Days{2}, "New Year's Day", true};
  if (on == Sunday) return {first + Days{1}, "New Year's Day", true};
  return {first, "New Year's Day", false};
}

// Of Christmas and Boxing Day, whichever falls at a weekend is kept on the first weekdays after
// both.
std::array<BankHoliday, 2> christmas(int year) {
  const Date eve = make_date(year, 12, 24);
  BankHoliday christmas_day{eve + Days{1}, "Christmas Day", false};
  BankHoliday boxing_day{eve + Days{2}, "Boxing Day", false};
  const weekday on{christmas_day.date};
  if (on == Friday) boxing_day = {eve + Days{4}, "Boxing Day", true};
  if (on == Saturday) {
    christmas_day = {eve + Days{3}, "Christmas Day", true};
    boxing_day = {eve + Days{4}, "Boxing Day", true};
  }
  if (on == Sunday) christmas_day = {eve + Days{3}, "Christmas Day", true};
  return {christmas_day, boxing_day};
}

// Knows the holidays of the year it was asked about last.
class WorkingDays {
 public:
  bool contains(Date date) {
    const weekday on{date};
    if (on == Saturday || on == Sunday) return false;
    const int year = static_cast<int>(std::chrono::year_month_day{date}.year());
    if (year != year_) {
      year_ = year;
      holidays_ = bank_holidays(year);
    }
    return std::none_of(holidays_.begin(), holidays_.end(),
                        [&](const BankHoliday& holiday) { return holiday.date == date; });
  }

 private:
  int year_ = 0;
  std::vector<BankHoliday> holidays_;
};

}  // namespace

// The anonymous Gregorian computus (Nature, 20 April 1876), in its usual letters.
Date easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::vector<BankHoliday> bank_holidays(int year) {
  const Date easter = easter_sunday(year);
  const auto [christmas_day, boxing_day] = christmas(year);
  std::vector<BankHoliday> holidays = {
      new_years_day(year),
      {easter - Days{2}, "Good Friday"},
      {easter + Days{1}, "Easter Monday"},
      {moved(year, "Early May bank holiday", first_monday(year, 5)), "Early May bank holiday"},
      {moved(year, "Spring bank holiday", last_monday(year, 5)), "Spring bank holiday"},
      {last_monday(year, 8), "Summer bank holiday"},
      christmas_day,
      boxing_day};
  for (const Proclaimed& extra : kExtraDays) {
    if (extra.year == year) {
      holidays.push_back({make_date(year, extra.month, extra.day), extra.name});
    }
  }
  std::sort(holidays.begin(), holidays.end(),
            [](const BankHoliday& a, const BankHoliday& b) { return a.date < b.date; });
  return holidays;
}

bool is_working_day(Date date) { return WorkingDays().contains(date); }

Date nth_working_day(Date from, int n) {
  WorkingDays working_days;
  Date date = from;
  int seen = working_days.contains(date) ? 1 : 0;
  while (seen < n) {
    date += Days{1};
    if (working_days.contains(date)) ++seen;
  }
  return date;
}

}  // namespace qd::calendar
