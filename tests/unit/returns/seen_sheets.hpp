// The sheets of the sample's return, as their tests look at them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/returns/return.hpp"
#include "core/returns/sheets/sheets.hpp"
#include "tests/support/sample_return.hpp"

namespace qd {

inline std::string text(const render::Cell& cell) {
  if (const auto* number = std::get_if<render::NumberCell>(&cell)) return number->text;
  if (const auto* link = std::get_if<render::LinkCell>(&cell)) return link->text;
  return std::get<std::string>(cell);
}

inline std::size_t column(const render::Sheet& sheet, const std::string& heading) {
  for (std::size_t i = 0; i < sheet.table.columns.size(); ++i) {
    if (sheet.table.columns[i].heading == heading) return i;
  }
  ADD_FAILURE() << "no column '" << heading << "'";
  return 0;
}

// The cell of the first row that has these texts in it, in a column.
inline std::string look(const render::Sheet& sheet, const std::vector<std::string>& having,
                        const std::string& heading) {
  const std::size_t wanted = column(sheet, heading);
  for (const render::Row& row : sheet.table.rows) {
    const bool here = std::all_of(having.begin(), having.end(), [&](const std::string& one) {
      return std::any_of(row.cells.begin(), row.cells.end(),
                         [&](const render::Cell& cell) { return text(cell) == one; });
    });
    if (here) return text(row.cells[wanted]);
  }
  return "no such row";
}

// A section of the return as a sheet, by its title.
inline render::Sheet section(const returns::content::ReturnContents& contents,
                             const std::string& title) {
  for (const auto& one : contents.sections)
    if (one.title == title) return returns::sheets::section_sheet(contents, one);
  ADD_FAILURE() << "no section '" << title << "'";
  return {};
}
inline render::Sheet involvement_sheet(const returns::content::ReturnContents& contents) {
  return section(contents, "Involvement");
}
inline render::Sheet existing_sheet(const returns::content::ReturnContents& contents) {
  return section(contents, "Existing PIs");
}
inline render::Sheet copi_sheet(const returns::content::ReturnContents& contents) {
  return section(contents, "COPIs");
}
// Found in the finished workbook, where a sheet depends on the others.
inline render::Sheet sheet_of(const returns::content::ReturnContents& contents,
                              const std::string& name) {
  for (render::Sheet& sheet : returns::sheets::sheets_of(contents))
    if (sheet.name == name) return sheet;
  ADD_FAILURE() << "no sheet '" << name << "'";
  return {};
}
inline render::Sheet note_sheet(const returns::content::ReturnContents& contents) {
  return sheet_of(contents, "Notes");
}

inline bool says(const render::Sheet& sheet, const std::string& sentence) {
  return std::find(sheet.paragraphs.begin(), sheet.paragraphs.end(), sentence) !=
         sheet.paragraphs.end();
}

class SampleReturn : public ::testing::Test {
 protected:
  void SetUp() override { sample::fill(store_); }
  returns::content::ReturnContents contents() {
    auto gathered = returns::content::gather({store_, store_, store_}, sample::request());
    EXPECT_TRUE(gathered) << to_text(gathered.error());
    return *gathered;
  }
  MemoryFactStore store_;
};

}  // namespace qd
