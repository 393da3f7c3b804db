// How wide and how high, and which forms are refused: the boundaries.
#include "core/render/measure.hpp"

#include <gtest/gtest.h>

#include "core/render/check_form.hpp"

namespace qd {
namespace {

render::Sheet sheet(render::Cell cell, double width = 1) {
  render::Sheet made;
  made.name = "One";
  made.heading = "One";
  made.holds = "One.";
  made.table.name = "One_table";
  made.table.columns = {{"a", width}};
  made.table.rows = {{{std::move(cell)}}};
  return made;
}

render::Form form(render::Sheet one) {
  render::Form made;
  made.sheets = {std::move(one)};
  return made;
}

TEST(ColumnWidths, AreNeverLessThanAskedFor) {
  EXPECT_DOUBLE_EQ(render::column_widths(sheet(std::string("x"), 40))[0], 40);
  EXPECT_GT(render::column_widths(sheet(std::string("x"), 1))[0], 1);
}

TEST(ColumnWidths, NoWordIsBrokenAndADigestMayBe) {
  const auto width = [](std::size_t letters) {
    return render::column_widths(sheet(std::string(letters, 'x')))[0];
  };
  EXPECT_GT(width(30), width(29));
  EXPECT_LT(width(31), width(30)) << "longer than a word";
  EXPECT_EQ(render::column_widths(sheet(std::string("xxxx xx")))[0],
            render::column_widths(sheet(std::string("xxxx")))[0]);
}

TEST(ColumnWidths, ANumberHasRoomForItsCommas) {
  const auto width = [](const char* digits) {
    return render::column_widths(sheet(render::NumberCell{digits}))[0];
  };
  EXPECT_DOUBLE_EQ(width("12"), 27.0 / 7) << "and a blank";
  EXPECT_DOUBLE_EQ(width("123"), 45.0 / 7) << "and a comma";
  EXPECT_DOUBLE_EQ(width("1234"), 54.0 / 7);
}

TEST(RowHeight, GrowsWithTheLinesOfTheText) {
  const auto height = [](const std::string& text) {
    const render::Sheet one = sheet(text, 12);  // 72 pixels: ten plain characters
    return render::row_height(one, one.table.rows[0], {12.0});
  };
  EXPECT_DOUBLE_EQ(height("short"), 8 + 15.75);
  EXPECT_DOUBLE_EQ(height("short short"), 8 + 2 * 15.75);
  EXPECT_DOUBLE_EQ(height(std::string(60'000, 'x')), 409) << "no row is higher";
}

TEST(RowHeight, OfASummaryHasMoreAir) {
  render::Sheet one = sheet(std::string("x"), 12);
  one.is_summary = true;
  EXPECT_DOUBLE_EQ(render::row_height(one, one.table.rows[0], {12.0}), 32 + 15.75);
  EXPECT_DOUBLE_EQ(render::head_height(one, {12.0}), 12 + 15.75);
}

TEST(CheckForm, ASheetsNameHasAtMost31Characters) {
  render::Sheet one = sheet(std::string("x"));
  one.name = std::string(31, 'x');
  EXPECT_TRUE(render::check_form(form(one)));
  one.name += 'x';
  EXPECT_FALSE(render::check_form(form(one)));
  one.name.clear();
  EXPECT_FALSE(render::check_form(form(one)));
}

TEST(CheckForm, ANumberIsADecimal) {
  for (const char* good : {"0", "-3", "1234.0", ".5"})
    EXPECT_TRUE(render::check_form(form(sheet(render::NumberCell{good})))) << good;
  for (const char* bad : {"", "-", "1.", "1.2.3", "1,2", "+1", "1e3", "--1", " 1"})
    EXPECT_FALSE(render::check_form(form(sheet(render::NumberCell{bad})))) << bad;
}

TEST(CheckForm, ATableHasColumnsRowsAndNoHole) {
  EXPECT_FALSE(render::check_form(form(sheet(std::string()))));
  EXPECT_FALSE(render::check_form(form(sheet(render::LinkCell{"", "One"}))));
  render::Sheet one = sheet(std::string("x"));
  one.table.rows[0].cells.push_back(std::string("y"));
  EXPECT_FALSE(render::check_form(form(one))) << "wider than the table";
  one.table.rows.clear();
  EXPECT_FALSE(render::check_form(form(one)));
  one.table.columns.clear();
  EXPECT_FALSE(render::check_form(form(one)));
  EXPECT_FALSE(render::check_form({}));
}

TEST(CheckForm, ATablesNameBeginsWithALetter) {
  render::Sheet one = sheet(std::string("x"));
  for (const char* good : {"a", "_1", "A.b_2"}) {
    one.table.name = good;
    EXPECT_TRUE(render::check_form(form(one))) << good;
  }
  for (const char* bad : {"", "1a", "a b", ".a", "a-b"}) {
    one.table.name = bad;
    EXPECT_FALSE(render::check_form(form(one))) << bad;
  }
}

}  // namespace
}  // namespace qd
