// Working days of England and Wales, against the list the government publishes.
#include "core/calendar/bank_holidays.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace qd {
namespace {

// Days as known for 2024 to 2027; to be held against https://www.gov.uk/bank-holidays.json,
// division "england-and-wales", which was not at hand when they were written down, 2028 to 2030 by
// the same rules from the calendars of those years; 2022 and 2023 with the days proclaimed for the
// Platinum Jubilee, the State Funeral and the Coronation.
const std::map<int, std::vector<const char*>> kKnown = {
    {2022,
     {"2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03",
      "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27"}},
    {2023,
     {"2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29",
      "2023-08-28", "2023-12-25", "2023-12-26"}},
    {2024,
     {"2024-01-01", "2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26",
      "2024-12-25", "2024-12-26"}},
    {2025,
     {"2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25",
      "2025-12-25", "2025-12-26"}},
    {2026,
     {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31",
      "2026-12-25", "2026-12-28"}},
    {2027,
     {"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30",
      "2027-12-27", "2027-12-28"}},
    {2028,
     {"2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28",
      "2028-12-25", "2028-12-26"}},
    {2029,
     {"2029-01-01", "2029-03-30", "2029-04-02", "2029-05-07", "2029-05-28", "2029-08-27",
      "2029-12-25", "2029-12-26"}},
    {2030,
     {"2030-01-01", "2030-04-19", "2030-04-22", "2030-05-06", "2030-05-27", "2030-08-26",
      "2030-12-25", "2030-12-26"}},
};

TEST(BankHolidays, AreThoseOfTheGovernmentsList) {
  for (const auto& [year, known] : kKnown) {
    std::vector<std::string> computed;
    for (const calendar::BankHoliday& holiday : calendar::bank_holidays(year)) {
      computed.push_back(to_text(holiday.date));
    }
    EXPECT_EQ(computed, std::vector<std::string>(known.begin(), known.end())) << year;
  }
}

TEST(BankHolidays, ChristmasOnAFridayMovesBoxingDayToMonday) {
  const auto holidays = calendar::bank_holidays(2026);
  EXPECT_EQ(holidays.back().name, "Boxing Day");
  EXPECT_TRUE(holidays.back().substitute);
}

TEST(BankHolidays, EasterFallsWhereTheTablesSay) {
  // The earliest and the latest Easter there can be, and years around them.
  EXPECT_EQ(to_text(calendar::easter_sunday(1818)), "1818-03-22");
  EXPECT_EQ(to_text(calendar::easter_sunday(1943)), "1943-04-25");
  EXPECT_EQ(to_text(calendar::easter_sunday(2000)), "2000-04-23");
  EXPECT_EQ(to_text(calendar::easter_sunday(2008)), "2008-03-23");
  EXPECT_EQ(to_text(calendar::easter_sunday(2038)), "2038-04-25");
}

TEST(WorkingDay, TheFirstOnOrAfterCounts) {
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2026, 7, 1), 1)),
            "2026-07-01");  // a Wednesday
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2026, 8, 1), 1)),
            "2026-08-03");  // a Saturday
}

TEST(WorkingDay, EasterMovesTheEndOfTheYearsReturn) {
  // After the year to 31 March 2024: Easter Monday is 1 April, so day 1 is 2 April.
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2024, 4, 1), 1)), "2024-04-02");
  // After 31 March 2026: Good Friday 3 April and Easter Monday 6 April are passed over.
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2026, 4, 1), 15)), "2026-04-23");
}

TEST(WorkingDay, NewYearsDayIsPassedOver) {
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2027, 1, 1), 1)), "2027-01-04");
  EXPECT_EQ(to_text(calendar::nth_working_day(make_date(2028, 1, 1), 1)),
            "2028-01-04");  // substitute on 3rd
}

RC_GTEST_PROP(WorkingDay, TheNextIsLaterAndBothAreWorkingDays, ()) {
  const Date from = make_date(1980, 1, 1) + std::chrono::days{*rc::gen::inRange(0, 30'000)};
  const int n = *rc::gen::inRange(1, 60);
  const Date day = calendar::nth_working_day(from, n),
             next = calendar::nth_working_day(from, n + 1);
  RC_ASSERT(calendar::is_working_day(day) && calendar::is_working_day(next));
  RC_ASSERT(day >= from && next > day);
  RC_ASSERT(calendar::nth_working_day(day + std::chrono::days{1}, 1) == next);
}

}  // namespace
}  // namespace qd
