// What a column asks of a cell, at the boundary and one beyond it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tables/written_record.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// One column of interest behind a key.
TableSpec table_of(ColumnSpec column) {
  return {
      "voids_lets", "", {{"code", ColumnKind::kText, true, "", ""}, std::move(column)}, 1, "voids"};
}

std::vector<std::string> wrong(const ColumnSpec& column, const std::string& written) {
  return wrong_with(table_of(column), {{"code", "V1"}, {column.name, written}});
}

ColumnSpec ranged(ColumnKind kind, std::optional<Number> min, std::optional<Number> max) {
  return {"much", kind, false, "", "how much", {}, {}, min, max};
}

TEST(ColumnCheck, ARangeHoldsItsBounds) {
  const auto number = ranged(ColumnKind::kNumber, Number::parse("0.5"), Number::of(2));
  EXPECT_THAT(wrong(number, "0.5"), IsEmpty());
  EXPECT_THAT(wrong(number, "2"), IsEmpty());
  EXPECT_THAT(wrong(number, "0.499999"),
              ElementsAre("much: much is 0.499999, and 0.5 to 2 is taken"));
  EXPECT_THAT(wrong(number, "2.000001"),
              ElementsAre("much: much is 2.000001, and 0.5 to 2 is taken"));
}

TEST(ColumnCheck, ARangeMayBeOpen) {
  const auto least = ranged(ColumnKind::kInteger, Number::of(3), {});
  EXPECT_THAT(wrong(least, "9223372036854775807"), IsEmpty());
  EXPECT_THAT(wrong(least, "2"), ElementsAre("much: much is 2, and at least 3 is taken"));
  const auto most = ranged(ColumnKind::kInteger, {}, Number::of(3));
  EXPECT_THAT(wrong(most, "-9223372036854775808"), IsEmpty());
  EXPECT_THAT(wrong(most, "4"), ElementsAre("much: much is 4, and at most 3 is taken"));
}

TEST(ColumnCheck, MoneyHasItsRangeInPounds) {
  const auto money = ranged(ColumnKind::kMoney, Number::of(0), Number::parse("99.99"));
  EXPECT_THAT(wrong(money, "0"), IsEmpty());
  EXPECT_THAT(wrong(money, "99.99"), IsEmpty());
  EXPECT_THAT(wrong(money, "-0.01"), ElementsAre("much: much is -0.01, and 0 to 99.99 is taken"));
  EXPECT_THAT(wrong(money, "100"), ElementsAre("much: much is 100.00, and 0 to 99.99 is taken"));
}

TEST(ColumnCheck, MinutesAreNotNegativeUnlessTheColumnSaysSo) {
  const auto minutes = ranged(ColumnKind::kMinutes, {}, {});
  EXPECT_THAT(wrong(minutes, "0"), IsEmpty());
  EXPECT_THAT(wrong(minutes, "-1"), ElementsAre("much: much is -1, and at least 0 is taken"));
  EXPECT_THAT(wrong(ranged(ColumnKind::kMinutes, Number::of(-5), {}), "-5"), IsEmpty());
}

TEST(ColumnCheck, ADateNotAfterTodayMayBeToday) {
  ColumnSpec date{"on", ColumnKind::kDate, false, "", ""};
  EXPECT_THAT(wrong(date, "2026-07-16"), IsEmpty());
  date.not_after_today = true;
  EXPECT_THAT(wrong(date, "2026-07-15"), IsEmpty());
  EXPECT_THAT(wrong(date, "2026-07-16"), ElementsAre("on: 2026-07-16 is still to come"));
}

TEST(ColumnCheck, AYesNoIsNothingElseWhoeverBringsIt) {
  const auto table = table_of({"flag", ColumnKind::kYesNo, false, "", ""});
  const tables::RecordCheck check(table, kToday);
  using namespace std::string_view_literals;
  const auto n_broken = [&](std::int64_t value) {
    return check.broken(std::vector<Cell>{Cell::of("V1"sv), Cell::of(value)}).size();
  };
  EXPECT_EQ(n_broken(-1), 1u);
  EXPECT_EQ(n_broken(0), 0u);
  EXPECT_EQ(n_broken(1), 0u);
  EXPECT_EQ(n_broken(2), 1u);
}

TEST(ColumnCheck, OneOfTakesItsWordsAsTheyAre) {
  const ColumnSpec kind{"kind", ColumnKind::kText, false, "", "", {"house", "flat"}};
  EXPECT_THAT(wrong(kind, "flat"), IsEmpty());
  EXPECT_THAT(wrong(kind, "Flat"), ElementsAre("kind: 'Flat' is not taken here"));
}

TEST(ColumnCheck, WhatIsNeededIsThere) {
  const ColumnSpec needed{"much", ColumnKind::kNumber, true, "", ""};
  EXPECT_THAT(wrong(needed, ""), ElementsAre("much: much is empty"));
  EXPECT_THAT(wrong(needed, "x"), ElementsAre("much: 'x' is not a number"));
}

TEST(ColumnCheck, CodesHaveNoBlanksAroundThemAndOtherTextsMay) {
  const ColumnSpec code{"at", ColumnKind::kText, false, "", "", {}, "areas"};
  EXPECT_THAT(wrong(code, "L 1"), IsEmpty());
  EXPECT_THAT(wrong(code, " L1"), ElementsAre("at: ' L1' begins or ends with a blank"));
  EXPECT_THAT(wrong(code, "L1 "), ElementsAre("at: 'L1 ' begins or ends with a blank"));
  EXPECT_THAT(wrong({"note", ColumnKind::kText, false, "", ""}, " so "), IsEmpty());
  EXPECT_THAT(wrong_with(table_of(code), {{"code", "V1 "}}),
              ElementsAre("code: 'V1 ' begins or ends with a blank"));
}

TEST(ColumnCheck, TextsFitTheStore) {
  const ColumnSpec text{"note", ColumnKind::kText, false, "", ""};
  EXPECT_THAT(wrong(text, std::string(kLongTextBytes, 'x')), IsEmpty());
  EXPECT_EQ(wrong(text, std::string(kLongTextBytes + 1, 'x')).size(), 1u);
  EXPECT_THAT(wrong_with(table_of(text), {{"code", std::string(kKeyTextBytes, 'x')}}), IsEmpty());
  EXPECT_EQ(wrong_with(table_of(text), {{"code", std::string(kKeyTextBytes + 1, 'x')}}).size(), 1u);
}

}  // namespace
}  // namespace qd::test
