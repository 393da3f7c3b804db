#include "core/model/period.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace qd {
namespace {

TEST(Period, the_year_begins_on_the_first_of_april) {
  const auto year = Period::parse("FY2026-27");
  ASSERT_TRUE(year);
  EXPECT_EQ(to_text(year->from()), "2026-04-01");
  EXPECT_EQ(to_text(year->until()), "2027-04-01");
}

TEST(Period, the_fourth_quarter_lies_in_the_next_calendar_year) {
  const auto quarter = Period::parse("FY2099-00-Q4");
  ASSERT_TRUE(quarter);
  EXPECT_EQ(to_text(quarter->from()), "2100-01-01");
  EXPECT_EQ(to_text(quarter->until()), "2100-04-01");
}

TEST(Period, months_are_calendar_months) {
  const auto month = Period::parse("2026-11");
  ASSERT_TRUE(month);
  EXPECT_EQ(to_text(month->from()), "2026-11-01");
  EXPECT_EQ(to_text(month->until()), "2026-12-01");
  EXPECT_TRUE(month->readings().empty());
}

TEST(Period, what_is_not_a_period_is_refused_with_a_hint) {
  for (const char* text : {"", "FY2026", "FY2026-28", "FY2026-27-Q5", "FY2026-27-Q0", "2026-Q1",
                           "2026-13", "2026-1", "fy2026-27", "FY2026-27-Q3 ", "FY-026-27"}) {
    const auto period = Period::parse(text);
    ASSERT_FALSE(period) << text;
    EXPECT_EQ(period.error().code, ErrorCode::kPeriodMalformed);
    EXPECT_NE(period.error().hint.find("FY2026-27-Q3"), std::string::npos);
  }
}

TEST(Period, a_quarter_is_read_as_quarter_and_year_to_date_the_last_one_too) {
  const auto third = Period::quarter(2026, 3).readings();
  ASSERT_EQ(third.size(), 2u);
  EXPECT_EQ(third[0].reading, Reading::kQuarter);
  EXPECT_EQ(to_text(third[0].from), "2026-10-01");
  EXPECT_EQ(to_text(third[1].from), "2026-04-01");
  EXPECT_EQ(to_text(third[1].until), "2027-01-01");
  const auto fourth = Period::quarter(2026, 4).readings();
  ASSERT_EQ(fourth.size(), 2u);
  EXPECT_EQ(fourth[0].reading, Reading::kQuarter);
  EXPECT_EQ(fourth[1].reading, Reading::kYearToDate);
  EXPECT_EQ(to_text(fourth[1].from), "2026-04-01");
  EXPECT_EQ(to_text(fourth[1].until), "2027-04-01");
}

TEST(Period, a_year_is_read_at_the_year_and_nowhere_else) {
  std::vector<std::string> periods_with_a_year;
  std::vector<Period> all = {Period::year(2026), *Period::parse("2027-03")};
  for (int quarter = 1; quarter <= 4; ++quarter) all.push_back(Period::quarter(2026, quarter));
  for (const Period& period : all)
    for (const ReadingWindow& window : period.readings())
      if (window.reading == Reading::kYear) periods_with_a_year.push_back(period.id());
  EXPECT_EQ(periods_with_a_year, std::vector<std::string>{"FY2026-27"});
}

TEST(Period, the_last_quarter_ends_its_year_and_nothing_else_does) {
  EXPECT_EQ(Period::quarter(2026, 4).year_it_ends(), Period::year(2026));
  for (const Period& other : {Period::quarter(2026, 1), Period::quarter(2026, 3),
                              Period::year(2026), *Period::parse("2026-04")})
    EXPECT_FALSE(other.year_it_ends()) << other.id();
}

RC_GTEST_PROP(Period, ids_are_read_back_as_themselves_and_days_find_their_quarter, ()) {
  const auto day = date_of(*rc::gen::inRange(0, 60'000));
  const auto quarter = Period::quarter_of(day);
  RC_ASSERT(quarter.from() <= day && day < quarter.until());
  RC_ASSERT(Period::parse(quarter.id()).value() == quarter);
  RC_ASSERT(quarter.next().previous() == quarter);
  RC_ASSERT(quarter.until() == quarter.next().from());
}

TEST(Date, days_that_do_not_exist_are_refused) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  for (const char* text : {"2026-02-29", "2026-00-01", "2026-01-32", "26-01-01", "2026-1-1",
                           "2026-01-01x", "2026/01/01", ""})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Instant, offsets_are_taken_off_and_a_bare_date_is_its_last_millisecond) {
  EXPECT_EQ(to_text(*parse_instant("2026-04-01T08:30:00+01:00")), "2026-04-01T07:30:00.000Z");
  EXPECT_EQ(to_text(*parse_instant("2026-04-01T08:30:00.25Z")), "2026-04-01T08:30:00.250Z");
  EXPECT_EQ(to_text(*parse_instant("2026-03-31")), "2026-03-31T23:59:59.999Z");
  for (const char* text : {"2026-04-01T", "2026-04-01T25:00:00Z", "2026-04-01T08:30:00",
                           "2026-04-01T08:30:00+1:00", "2026-04-01 08:30:00Z", "yesterday"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

}  // namespace
}  // namespace qd
