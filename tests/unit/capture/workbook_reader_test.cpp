#include "core/capture/workbook/workbook_reader.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <iterator>

#include "tests/unit/capture/small_workbook.hpp"

namespace qd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// "A1=text", cell by cell, of the first sheet.
Result<std::vector<std::string>> cells_of(const std::filesystem::path& file) {
  auto workbook = capture::workbook::WorkbookReader::open(file);
  if (!workbook) return fail(workbook.error());
  std::vector<std::string> cells;
  auto read = workbook->read(0, [&](const capture::workbook::SheetRow& row) -> Result<void> {
    for (const auto& cell : row.cells) {
      cells.push_back(fmt::format("{}{}={}", capture::workbook::column_letters(cell.column),
                                  row.line, cell.text));
    }
    return {};
  });
  if (!read) return fail(read.error());
  return cells;
}

class Workbooks : public ::testing::Test {
 protected:
  TestFolder folder_{"workbooks"};

  std::filesystem::path raw(const Parts& parts) {
    write_zip(folder_ / "raw.xlsx", parts);
    return folder_ / "raw.xlsx";
  }
  Error refusal(const std::filesystem::path& file) {
    const auto cells = cells_of(file);
    if (cells) ADD_FAILURE() << "was taken";
    return cells ? Error{} : cells.error();
  }
};

TEST_F(Workbooks, CellsAreTextsWithTheirPlaces) {
  write_workbook(folder_ / "a.xlsx",
                 {{"One", {{"Landlord code", "é<&>"}, {}, {{}, 355.5, "00CN"}}}, {"Two", {{1.0}}}});
  const auto cells = cells_of(folder_ / "a.xlsx");
  ASSERT_TRUE(cells) << to_text(cells.error());
  EXPECT_THAT(*cells, ElementsAre("A1=Landlord code", "B1=é<&>", "B3=355.5", "C3=00CN"));
  EXPECT_THAT(capture::workbook::WorkbookReader::open(folder_ / "a.xlsx")->sheets(),
              ElementsAre("One", "Two"));
}

TEST_F(Workbooks, RichInlineAndFormulaTextsAreRead) {
  const auto cells = cells_of(raw(workbook_parts(
      "<worksheet><sheetData><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" "
      "t=\"inlineStr\"><is><t>in</t><r><t>line</t></r></is></c><c t=\"str\"><f>A1</f><v>made</v>"
      "</c><c r=\"D2\"/><c r=\"AB2\"><v>69.900000000000006</v></c></row></sheetData></worksheet>",
      "<sst><si><r><t>ri</t></r><r><t>ch_x000D_</t></r><rPh><t>no</t></rPh></si></sst>")));
  ASSERT_TRUE(cells) << to_text(cells.error());
  EXPECT_THAT(*cells, ElementsAre("A2=rich\r", "B2=inline", "C2=made", "AB2=69.900000000000006"));
}

TEST_F(Workbooks, PrefixesOfElementsAreTakenOffAndThoseOfAttributesTellThemApart) {
  const auto cells = cells_of(raw(workbook_parts(
      "<x:worksheet xmlns:x=\"urn:x\" xmlns:y=\"urn:y\"><x:sheetData><x:row y:r=\"9\" r=\"2\">"
      "<x:c y:t=\"s\" r=\"B2\"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>")));
  ASSERT_TRUE(cells) << to_text(cells.error());
  EXPECT_THAT(*cells, ElementsAre("B2=7"));
}

TEST_F(Workbooks, TheNameOfANamespaceIsNoAttribute) {
  auto parts = workbook_parts(
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData></worksheet>");
  std::string& sheets = parts[1].second;
  const std::string id = "r:id=\"r1\"";
  sheets.insert(sheets.find(id) + id.size(), " xmlns:id=\"urn:x\"");
  const auto cells = cells_of(raw(parts));
  ASSERT_TRUE(cells) << to_text(cells.error());
  EXPECT_THAT(*cells, ElementsAre("A1=7"));
}

TEST_F(Workbooks, WhatIsNoWorkbookIsRefused) {
  std::ofstream(folder_ / "text.xlsx") << "code,name\n";
  EXPECT_EQ(refusal(folder_ / "text.xlsx").code, ErrorCode::kFileNotAWorkbook);
  std::ofstream(folder_ / "empty.xlsx") << "";
  EXPECT_EQ(refusal(folder_ / "empty.xlsx").code, ErrorCode::kFileNotAWorkbook);
  EXPECT_EQ(refusal(folder_ / "nowhere.xlsx").code, ErrorCode::kFileUnreadable);
  EXPECT_EQ(refusal(raw({{"readme.txt", "hello"}})).code, ErrorCode::kFileNotAWorkbook);
}

TEST_F(Workbooks, ADocumentTypeIsRefusedSoThatNoEntityIsExpanded) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
      "\"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
      "t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
  EXPECT_THAT(refusal(raw(workbook_parts(bomb))).message, HasSubstr("document type"));
  const std::string outside =
      "<!DOCTYPE w SYSTEM \"file:///etc/hostname\"><worksheet><sheetData/></worksheet>";
  EXPECT_THAT(refusal(raw(workbook_parts(outside))).message, HasSubstr("document type"));
}

TEST_F(Workbooks, APartThatUnpacksTwoHundredfoldIsRefused) {
  const std::string blanks(std::size_t{40} << 20, ' ');
  const auto file = raw(workbook_parts("<worksheet>" + blanks + "</worksheet>"));
  EXPECT_LT(std::filesystem::file_size(file), std::size_t{1} << 20);
  EXPECT_THAT(refusal(file).message, HasSubstr("refused"));
}

// Writes a size into the headers of the last part, in the local and in the central one.
void lie_about_last_part(const std::filesystem::path& file, std::uint32_t size) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto patch = [&](const std::string& signature, std::size_t offset) {
    const std::size_t at = bytes.rfind(signature);
    ASSERT_NE(at, std::string::npos);
    for (std::size_t i = 0; i < 4; ++i) {
      bytes[at + offset + i] = static_cast<char>((size >> (8 * i)) & 0xFF);
    }
  };
  patch("PK\3\4", 22);
  patch("PK\1\2", 24);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

TEST_F(Workbooks, APartThatLiesAboutItsSizeIsHeldToTheSameLimit) {
  const std::string blanks(std::size_t{40} << 20, ' ');
  const auto file = raw(workbook_parts("<worksheet>" + blanks + "</worksheet>"));
  lie_about_last_part(file, 100);
  EXPECT_EQ(refusal(file).code, ErrorCode::kFileNotAWorkbook);
}

TEST_F(Workbooks, SheetsThatContradictThemselvesAreRefused) {
  const auto sheet = [&](const std::string& rows) {
    return refusal(
               raw(workbook_parts("<worksheet><sheetData>" + rows + "</sheetData></worksheet>")))
        .message;
  };
  EXPECT_THAT(sheet("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"),
              HasSubstr("names a text that is not there"));
  EXPECT_THAT(sheet("<row r=\"2\"/><row r=\"1\"/>"), HasSubstr("not in order"));
  EXPECT_THAT(sheet("<row r=\"99999999999\"/>"), HasSubstr("not in order"));
  EXPECT_THAT(sheet("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"), HasSubstr("out of order"));
  EXPECT_THAT(sheet("<row r=\"1\"><c r=\"ZZZZZ1\"/></row>"), HasSubstr("out of order"));
  EXPECT_THAT(sheet("<row r=\"1\"><c>"), HasSubstr("damaged"));
}

TEST_F(Workbooks, TheSinksErrorEndsTheReading) {
  write_workbook(folder_ / "a.xlsx", {{"One", {{1.0}, {2.0}, {3.0}}}});
  auto workbook = capture::workbook::WorkbookReader::open(folder_ / "a.xlsx");
  int rows = 0;
  const auto read = workbook->read(0, [&](const capture::workbook::SheetRow&) -> Result<void> {
    ++rows;
    return fail(ErrorCode::kStoreUnavailable, "gone");
  });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kStoreUnavailable);
  EXPECT_EQ(rows, 1);
}

TEST(Columns, AreNamedLikeASpreadsheetDoes) {
  for (const std::int64_t column : {1, 26, 27, 135, 702, 703, 16'384}) {
    EXPECT_EQ(capture::workbook::column_number(capture::workbook::column_letters(column)), column);
  }
  EXPECT_EQ(capture::workbook::column_letters(135), "EE");
  EXPECT_EQ(capture::workbook::column_number("XFE"), 0);
  // The letters' neighbours on both sides, lower case, digits, and after a right letter.
  for (const char* wrong : {"@", "A@", "[", "Z[", "a", "Aa", "1", "A1", ""})
    EXPECT_EQ(capture::workbook::column_number(wrong), 0) << wrong;
}

// Any damage ends in cells or in an error, never in a crash or an endless read.
RC_GTEST_PROP(DamagedWorkbooks, AreReadOrRefused, ()) {
  const TestFolder folder("damaged");
  write_workbook(folder / "a.xlsx", {{"One", {{"a", "b", 1.5}, {"c", {}, 2.0}}}});
  std::ifstream in(folder / "a.xlsx", std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto n = *rc::gen::inRange(1, 20);
  for (int i = 0; i < n; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    bytes[at] = *rc::gen::arbitrary<char>();
  }
  if (*rc::gen::arbitrary<bool>()) bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size()));
  std::ofstream(folder / "b.xlsx", std::ios::binary) << bytes;
  const auto cells = cells_of(folder / "b.xlsx");
  if (!cells) RC_ASSERT(cells.error().code == ErrorCode::kFileNotAWorkbook);
}

}  // namespace
}  // namespace qd::test
