// What is written, by kind: taken with its value, or refused with a sentence.
#include "core/tables/cells.hpp"

#include <gtest/gtest.h>

namespace qd::test {
namespace {

TableSpec table_of(ColumnKind kind) { return {"t", "", {{"cell", kind, false, "", ""}}, 1}; }

struct Taken {
  ColumnKind kind;
  std::string written;
  std::int64_t value;
  std::string again;  // as a file would have it
};

TEST(Cells, AreTakenByTheirKind) {
  using enum ColumnKind;
  const std::vector<Taken> all = {
      {kInteger, "-7", -7, "-7"},
      {kMinutes, "90", 90, "90"},
      {kNumber, "918.2", 918'200'000, "918.2"},
      {kDate, "1970-01-02", 1, "1970-01-02"},
      {kYesNo, "yes", 1, "yes"},
      {kYesNo, "YES", 1, "yes"},
      {kYesNo, "True", 1, "yes"},
      {kYesNo, "1", 1, "yes"},
      {kYesNo, "no", 0, "no"},
      {kYesNo, "No", 0, "no"},
      {kYesNo, "FALSE", 0, "no"},
      {kYesNo, "0", 0, "no"},
      {kMoney, "12.34", 1234, "12.34"},
      {kMoney, "12.3", 1230, "12.30"},
      {kMoney, "12", 1200, "12.00"},
      {kMoney, "12.340000", 1234, "12.34"},
      {kMoney, "0.05", 5, "0.05"},
      {kMoney, "-0.05", -5, "-0.05"},
      {kMoney, "-7.50", -750, "-7.50"},
  };
  for (const auto& taken : all) {
    const auto cell = tables::parse_cell(table_of(taken.kind), 0, taken.written);
    ASSERT_TRUE(cell) << taken.written;
    EXPECT_TRUE(cell->present) << taken.written;
    EXPECT_EQ(cell->value, taken.value) << taken.written;
    EXPECT_EQ(tables::cell_text(table_of(taken.kind).columns[0], *cell), taken.again);
  }
}

struct NotTaken {
  ColumnKind kind;
  std::string written, reason, cause;
};

TEST(Cells, OfAnotherKindAreRefusedWithASentence) {
  using enum ColumnKind;
  const std::vector<NotTaken> all = {
      {kInteger, "1.5", "'1.5' is not a whole number", "cell is not a whole number"},
      {kInteger, " 1", "' 1' is not a whole number", "cell is not a whole number"},
      {kInteger, "9223372036854775808", "'9223372036854775808' is not a whole number",
       "cell is not a whole number"},
      {kMinutes, "1h", "'1h' is not a whole number", "cell is not a whole number"},
      {kNumber, "1,000", "'1,000' is not a number", "cell is not a number"},
      {kDate, "2026-02-29", "'2026-02-29' is not a date", "cell is not a date"},
      {kYesNo, "2", "'2' is not yes or no", "cell is not yes or no"},
      {kYesNo, "y", "'y' is not yes or no", "cell is not yes or no"},
      {kYesNo, "falsest", "'falsest' is not yes or no", "cell is not yes or no"},
      {kMoney, "12.345", "'12.345' is not a sum of money", "cell is not a sum of money"},
      {kMoney, "£12", "'£12' is not a sum of money", "cell is not a sum of money"},
      {kText, "a\xE9", "byte 2 of the cell is 0xE9, which is not UTF-8 text", "cell is not text"},
      {kText, "Oak\x1B[2J",
       "byte 4 of the cell begins U+001B, which is not seen and changes how it reads",
       "cell has a character that is not seen"},
      {kText, "\xE2\x80\xAEkaO",
       "byte 1 of the cell begins U+202E, which is not seen and changes how it reads",
       "cell has a character that is not seen"},
  };
  for (const auto& refused : all) {
    const auto cell = tables::parse_cell(table_of(refused.kind), 0, refused.written);
    ASSERT_FALSE(cell) << refused.written;
    EXPECT_EQ(cell.error().reason, refused.reason);
    EXPECT_EQ(cell.error().cause, refused.cause);
    EXPECT_EQ(cell.error().code, ErrorCode::kCellMalformed);
    EXPECT_FALSE(cell.error().hint.empty());
  }
}

TEST(Cells, EmptyTextIsAnAbsentCellOfEveryKind) {
  for (const auto* word : {"text", "integer", "number", "date", "yes_no", "money", "minutes"}) {
    const auto kind = kind_of(word);
    ASSERT_TRUE(kind) << word;
    EXPECT_EQ(word_of(*kind), word);
    const auto cell = tables::parse_cell(table_of(*kind), 0, "");
    ASSERT_TRUE(cell);
    EXPECT_FALSE(cell->present || cell->refused);
    EXPECT_EQ(tables::cell_text(table_of(*kind).columns[0], *cell), "");
  }
  EXPECT_FALSE(kind_of("float"));
}

}  // namespace
}  // namespace qd::test
