// Working days of England and Wales. Computed for any year; days proclaimed for one year only are a
// list, so a new royal proclamation is one line there and a new version below.
#pragma once

#include <string_view>
#include <vector>

#include "core/model/date.hpp"

namespace qd::calendar {

// Names the rules and the list of single days; recorded with every due time.
inline constexpr std::string_view kBankHolidayVersion = "england-and-wales/2026.1";

struct BankHoliday {
  Date date{};
  std::string_view name;    // "Good Friday"
  bool substitute = false;  // moved from a Saturday or a Sunday
};

// Western Easter by the Gregorian rules; year >= 1583.
Date easter_sunday(int year);

// Ascending. Rules as they stand since 1978; year >= 1978.
std::vector<BankHoliday> bank_holidays(int year);

// Neither Saturday, Sunday nor bank holiday.
bool is_working_day(Date date);

// The n-th working day on or after `from`; n >= 1. For "the n-th working day after the end of a
// period" pass Period::until(), its first day after.
Date nth_working_day(Date from, int n);

}  // namespace qd::calendar
