// Exact numbers of the SDK.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <quarterday/exact.hpp>
#include <string>

namespace {

using quarterday::Number;
using quarterday::parse_number;
using quarterday::rounded;

TEST(Exact, published_ties_go_up) {
  const struct {
    int numerator, denominator;
    const char* shown;
  } ties[] = {{309, 400, "77.3"}, {424, 640, "66.3"}, {1265, 2000, "63.3"}, {60, 192, "31.3"},
              {75, 240, "31.3"},  {301, 400, "75.3"}, {261, 400, "65.3"}};
  for (const auto& tie : ties)
    EXPECT_EQ(rounded(100 * tie.numerator, tie.denominator, 1), tie.shown);
}

TEST(Exact, ties_go_away_from_zero_and_nothing_is_minus_zero) {
  EXPECT_EQ(rounded(-5, 2, 0), "-3");
  EXPECT_EQ(rounded(5, -2, 0), "-3");
  EXPECT_EQ(rounded(-1, 1000, 1), "0.0");
  EXPECT_EQ(rounded(1, 3, 10), "0.3333333333");
}

TEST(Exact, plain_decimals_are_read_and_nothing_else) {
  EXPECT_EQ(parse_number("918.2")->millionths(), 918'200'000);
  EXPECT_EQ(parse_number("-0.000001")->millionths(), -1);
  for (const char* text : {"", "-", ".", "1.", ".5", "1e3", " 1", "1,000", "0.0000001",
                           "1234567890123", "--1", "+3", "+-3", "1.2.3", "0x1"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Exact, a_number_too_large_is_refused_instead_of_rounded) {
  EXPECT_THROW(Number(INT64_MAX), std::overflow_error);
  Number sum = Number::of_millionths(INT64_MAX);
  EXPECT_THROW(sum += Number::of_millionths(1), std::overflow_error);
}

TEST(Exact, products_and_quotients_by_whole_numbers_are_exact_or_refused) {
  EXPECT_EQ(*parse_number("1.5") * 4, Number(6));
  EXPECT_EQ(*parse_number("-0.000001") * -3, *parse_number("0.000003"));
  EXPECT_EQ(Number(7) / 2, *parse_number("3.5"));
  EXPECT_EQ(Number(-7) / 2, *parse_number("-3.5"));
  EXPECT_TRUE(Number(1).divides_exactly_by(64));
  EXPECT_FALSE(Number(1).divides_exactly_by(128));
  EXPECT_THROW(Number(1) / 3, quarterday::Inexact);
  EXPECT_THROW(Number(1) / 0, quarterday::Inexact);
  EXPECT_FALSE(Number(1).divides_exactly_by(0));
  EXPECT_EQ(Number::of_millionths(INT64_MAX / 2) * 2, Number::of_millionths(INT64_MAX - 1));
  EXPECT_THROW(Number::of_millionths(INT64_MAX / 2 + 1) * 2, std::overflow_error);
  EXPECT_THROW(Number::of_millionths(INT64_MIN) / -1, std::overflow_error);
}

TEST(Exact, differences_are_exact_or_refused) {
  EXPECT_EQ(Number(2) - Number(5), Number(-3));
  EXPECT_EQ(-Number(3), Number(-3));
  EXPECT_THROW(-Number::of_millionths(INT64_MIN), std::overflow_error);
  EXPECT_THROW(Number::of_millionths(INT64_MIN) - Number::of_millionths(1), std::overflow_error);
  EXPECT_TRUE(Number(3) <= Number(3) && Number(3) >= Number(3) && Number(2) <= Number(3));
  EXPECT_FALSE(Number(3) <= Number(2) || Number(2) >= Number(3));
}

RC_GTEST_PROP(Exact, text_and_number_are_one, (std::int64_t millionths)) {
  millionths %= 1'000'000'000'000'000'000;
  const Number number = Number::of_millionths(millionths);
  RC_ASSERT(parse_number(to_text(number)) == std::make_optional(number));
}

RC_GTEST_PROP(Exact, rounding_is_off_by_at_most_half_a_unit, ()) {
  const auto numerator = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
  const auto denominator = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
  const auto shown = *parse_number(rounded(numerator, denominator, 3));
  // twice the distance, in thousandths of the denominator
  const auto twice = 2 * (shown.millionths() / 1000 * denominator - 1000 * numerator);
  RC_ASSERT(twice <= denominator);
  RC_ASSERT(twice > -denominator);
}

}  // namespace
