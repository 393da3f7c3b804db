#include "core/model/number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace qd {
namespace {

TEST(Number, reads_plain_decimals_exactly) {
  EXPECT_EQ(Number::parse("918.2"), Number{918200000});
  EXPECT_EQ(Number::parse("0"), Number{0});
  EXPECT_EQ(Number::parse("-3"), Number{-3000000});
  EXPECT_EQ(Number::parse("0.000001"), Number{1});
  EXPECT_EQ(Number::parse("999999999999.999999"), Number{999999999999999999});
}

TEST(Number, refuses_everything_that_is_not_a_plain_decimal) {
  for (const char* text : {"", "-", ".", "1.", ".5", "1e3", " 1", "1 ", "+1", "1,000", "0x1", "nan",
                           "1.0000000", "1000000000000", "--1", "[X]"})
    EXPECT_EQ(Number::parse(text), std::nullopt) << text;
}

TEST(Number, reads_what_spreadsheets_store) {
  EXPECT_EQ(Number::parse_spreadsheet("69.900000000000006"), Number{69900000});
  EXPECT_EQ(Number::parse_spreadsheet("1.2E-3"), Number{1200});
  EXPECT_EQ(Number::parse_spreadsheet("1E+5"), Number::of(100000));
  EXPECT_EQ(Number::parse_spreadsheet("1014.98860769794"), Number{1014988608});
  EXPECT_EQ(Number::parse_spreadsheet("-0.30000000000000004"), Number{-300000});
  EXPECT_EQ(Number::parse_spreadsheet("1e-300"), Number{0});
  for (const char* text : {"", "x", "1e400", "inf", "nan", "1e12", "12abc"})
    EXPECT_EQ(Number::parse_spreadsheet(text), std::nullopt) << text;
}

RC_GTEST_PROP(Number, text_is_read_back_as_itself, ()) {
  const auto millionths = *rc::gen::inRange<std::int64_t>(-999999999999999999, 999999999999999999);
  RC_ASSERT(Number::parse(Number{millionths}.text()) == Number{millionths});
}

RC_GTEST_PROP(Number, a_one_decimal_count_survives_the_spreadsheet, ()) {
  const auto tenths = *rc::gen::inRange<std::int64_t>(-10'000'000, 10'000'000);
  const std::string stored = std::to_string(static_cast<double>(tenths) / 10.0);
  RC_ASSERT(Number::parse_spreadsheet(stored) == Number{tenths * 100'000});
}

struct Tie {
  std::int64_t numerator, denominator;
  const char* published;
  const char* where;
};

// Domain A.1.4: published by the regulator for 2024/25; half-even gives the other digit.
constexpr Tie kTies[] = {
    {309, 400, "77.3", "East Suffolk TP03"},    {424, 640, "66.3", "Runnymede TP04"},
    {1265, 2000, "63.3", "Yorkshire TP07"},     {60, 192, "31.3", "Oxford TP09"},
    {75, 240, "31.3", "South Derbyshire TP09"}, {301, 400, "75.3", "B3 TP11"},
    {261, 400, "65.3", "Lincoln TP11"},
};

TEST(Ratio, ties_go_up_as_the_regulator_publishes_them) {
  for (const auto& tie : kTies)
    EXPECT_EQ(Ratio(tie.numerator * 100, tie.denominator).rounded(1), tie.published) << tie.where;
}

TEST(Ratio, rounds_away_from_zero_and_carries) {
  EXPECT_EQ(Ratio(-5, 10).rounded(0), "-1");
  EXPECT_EQ(Ratio(-4, 10).rounded(0), "0");
  EXPECT_EQ(Ratio(9996, 100).rounded(1), "100.0");
  EXPECT_EQ(Ratio(1, 3).rounded(10), "0.3333333333");
  EXPECT_EQ(Ratio(7, -2).rounded(1), "-3.5");
  // At ten decimals a divisor of 1,844,674,407 is the last that 64 bits are wide enough for.
  EXPECT_EQ(Ratio(1844674406, 1844674407).rounded(10), "0.9999999995");
  EXPECT_EQ(Ratio(1844674407, 1844674408).rounded(10), "0.9999999995");
  EXPECT_EQ(Ratio(Wide{1} << 64, 3).rounded(2), "6148914691236517205.33");
  EXPECT_EQ(Ratio((Wide{1} << 64) - 1, 1).rounded(0), "18446744073709551615");
}

RC_GTEST_PROP(Ratio, rounding_is_that_of_integer_arithmetic, ()) {
  const auto n = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
  const auto d = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const auto tenths = (2 * 10 * n + d) / (2 * d);
  RC_ASSERT(Ratio(n, d).rounded(1) ==
            std::to_string(tenths / 10) + "." + std::to_string(tenths % 10));
}

RC_GTEST_PROP(Ratio, comparison_is_that_of_cross_products, ()) {
  const auto part = rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000);
  const auto unit = rc::gen::inRange<std::int64_t>(1, 1'000'000);
  const std::int64_t a = *part, b = *unit, c = *part, d = *unit;
  const auto expected = a * d < c * b ? -1 : a * d > c * b ? 1 : 0;
  RC_ASSERT(compare(Ratio(a, b), Ratio(c, d)) == expected);
}

TEST(Ratio, comparison_holds_where_products_would_overflow) {
  const Wide huge = static_cast<Wide>(1) << 120;
  EXPECT_EQ(compare(Ratio(huge, huge - 1), Ratio(huge - 1, huge - 2)), -1);
  EXPECT_EQ(compare(Ratio(huge, huge - 1), Ratio(huge, huge - 1)), 0);
}

}  // namespace
}  // namespace qd
