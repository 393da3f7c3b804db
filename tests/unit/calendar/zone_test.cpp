// Local time of Europe/London: the two nights the clocks change, and the years far ahead.
#include "core/calendar/zone.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

std::string utc(int year, unsigned month, unsigned day, int hour, int minute) {
  const auto instant = calendar::to_instant({make_date(year, month, day), hour * 60 + minute});
  return instant ? to_text(*instant) : to_text(instant.error());
}

TEST(Zone, WinterIsUtcAndSummerIsAnHourAhead) {
  EXPECT_EQ(utc(2026, 1, 22, 8, 0), "2026-01-22T08:00:00.000Z");
  EXPECT_EQ(utc(2026, 7, 21, 8, 0), "2026-07-21T07:00:00.000Z");
}

TEST(Zone, ATimeTheClocksSkipIsTheFirstInstantAfterTheGap) {
  EXPECT_EQ(utc(2026, 3, 29, 0, 59), "2026-03-29T00:59:00.000Z");
  EXPECT_EQ(utc(2026, 3, 29, 1, 0), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(utc(2026, 3, 29, 1, 30), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(utc(2026, 3, 29, 1, 59), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(utc(2026, 3, 29, 2, 0), "2026-03-29T01:00:00.000Z");
}

TEST(Zone, ATimeTheClocksShowTwiceIsItsFirstOccurrence) {
  EXPECT_EQ(utc(2026, 10, 25, 0, 59), "2026-10-24T23:59:00.000Z");
  EXPECT_EQ(utc(2026, 10, 25, 1, 30), "2026-10-25T00:30:00.000Z");
  EXPECT_EQ(utc(2026, 10, 25, 2, 0), "2026-10-25T02:00:00.000Z");
}

TEST(Zone, SummerTimeGoesOnAfterTheLastYearOfTheCompiledFile) {
  EXPECT_EQ(utc(2037, 7, 21, 8, 0), "2037-07-21T07:00:00.000Z");
  EXPECT_EQ(utc(2038, 7, 21, 8, 0), "2038-07-21T07:00:00.000Z");
  EXPECT_EQ(utc(2038, 1, 19, 3, 14), "2038-01-19T03:14:00.000Z");
  EXPECT_EQ(utc(2060, 7, 1, 8, 0), "2060-07-01T07:00:00.000Z");
  EXPECT_EQ(utc(2040, 3, 25, 1, 30), "2040-03-25T01:00:00.000Z");  // gap: the last Sunday of March
  EXPECT_EQ(utc(2040, 10, 28, 1, 30), "2040-10-28T00:30:00.000Z");
}

TEST(Zone, TheLeapDayIsADay) {
  EXPECT_EQ(utc(2028, 2, 29, 8, 0), "2028-02-29T08:00:00.000Z");
  EXPECT_EQ(utc(2044, 2, 29, 8, 0), "2044-02-29T08:00:00.000Z");
}

TEST(Zone, ThereAndBackIsTheSameLocalTime) {
  for (int year = 2000; year < 2060; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      const calendar::LocalTime local{make_date(year, month, 15), 8 * 60 + 5};
      const auto instant = calendar::to_instant(local);
      ASSERT_TRUE(instant);
      EXPECT_EQ(calendar::to_local(*instant).value(), local) << to_text(local.date);
    }
  }
}

TEST(Zone, SaysWhichDataItUsed) {
  EXPECT_EQ(calendar::zone_version().rfind("Europe/London, tzdata 20", 0), 0u)
      << calendar::zone_version();
}

}  // namespace
}  // namespace qd
