// What the host offers beyond the header, as a family asks for it.
#include "core/worker/child/extensions.hpp"

#include <gtest/gtest.h>
#include <quarterday/plugin.h>

#include <quarterday/working_days.hpp>
#include <stdexcept>

#include "core/calendar/bank_holidays.hpp"

namespace qd {
namespace {

const qd_working_days& host() {
  return *static_cast<const qd_working_days*>(
      worker::child::host_extension("quarterday.working_days/1"));
}

qd_date day(int year, unsigned month, unsigned number) {
  return days(make_date(year, month, number));
}

TEST(Extensions, AreKnownByNameAndRevision) {
  EXPECT_EQ(host().struct_size, sizeof(qd_working_days));
  for (const char* unknown : {"quarterday.working_days/2", "quarterday.working_days", ""})
    EXPECT_EQ(worker::child::host_extension(unknown), nullptr) << unknown;
  EXPECT_EQ(worker::child::host_extension(nullptr), nullptr);
}

TEST(WorkingDays, AreNeitherWeekendNorBankHoliday) {
  EXPECT_EQ(host().is_working_day(day(2026, 4, 2)), 1);  // Thursday
  EXPECT_EQ(host().is_working_day(day(2026, 4, 3)), 0);  // Good Friday
  EXPECT_EQ(host().is_working_day(day(2026, 4, 4)), 0);  // Saturday
  EXPECT_EQ(host().is_working_day(day(2026, 4, 6)), 0);  // Easter Monday
  EXPECT_EQ(host().is_working_day(day(2026, 4, 7)), 1);
}

TEST(WorkingDays, AreCountedFromTheDayAfter) {
  EXPECT_EQ(host().nth_after(day(2026, 4, 2), 1), day(2026, 4, 7));
  EXPECT_EQ(host().nth_after(day(2026, 4, 3), 1), day(2026, 4, 7));
  EXPECT_EQ(host().nth_after(day(2026, 4, 6), 2), day(2026, 4, 8));
  EXPECT_EQ(host().nth_after(day(2026, 3, 31), 45),
            days(calendar::nth_working_day(make_date(2026, 4, 1), 45)));
}

TEST(WorkingDays, BetweenTwoDaysAreThoseFromTheFirstAndBeforeTheLast) {
  EXPECT_EQ(host().between(day(2026, 4, 2), day(2026, 4, 7)), 1);
  EXPECT_EQ(host().between(day(2026, 4, 3), day(2026, 4, 7)), 0);
  EXPECT_EQ(host().between(day(2026, 4, 2), day(2026, 4, 8)), 2);
  EXPECT_EQ(host().between(day(2026, 4, 7), day(2026, 4, 7)), 0);
  EXPECT_EQ(host().between(day(2026, 4, 8), day(2026, 4, 2)), 0);
}

TEST(WorkingDays, HaveNoAnswerBeyondTheCalendar) {
  EXPECT_EQ(host().is_working_day(day(1977, 12, 31)), -1);
  EXPECT_EQ(host().is_working_day(day(1978, 1, 3)), 1);
  EXPECT_EQ(host().is_working_day(day(2199, 12, 31)), 1);
  EXPECT_EQ(host().is_working_day(day(2200, 1, 1)), -1);
  EXPECT_EQ(host().between(day(2199, 12, 31), day(2200, 1, 1)), 1);
  EXPECT_EQ(host().between(day(2199, 12, 31), day(2200, 1, 2)), -1);
  EXPECT_EQ(host().nth_after(day(2199, 12, 30), 1), day(2199, 12, 31));
  EXPECT_EQ(host().nth_after(day(2199, 12, 31), 1), QD_NO_DATE);
  EXPECT_EQ(host().nth_after(day(2026, 1, 1), 0), QD_NO_DATE);
  EXPECT_EQ(host().nth_after(day(2026, 1, 1), 10'001), QD_NO_DATE);
  EXPECT_NE(host().nth_after(day(2026, 1, 1), 10'000), QD_NO_DATE);
}

TEST(WorkingDays, ThrowInTheFaceOfAFamilyThatAsksBeyondIt) {
  const quarterday::WorkingDays working_days(host());
  EXPECT_TRUE(working_days.is_working_day(day(2026, 4, 2)));
  EXPECT_FALSE(working_days.is_working_day(day(2026, 4, 3)));
  EXPECT_THROW(working_days.is_working_day(day(2300, 1, 1)), std::out_of_range);
  EXPECT_THROW(working_days.nth_after(day(2300, 1, 1), 1), std::out_of_range);
  EXPECT_THROW(working_days.between(day(2300, 1, 1), day(2300, 1, 2)), std::out_of_range);
}

}  // namespace
}  // namespace qd
