// One sheet of the regulator's workbook, held whole: what a column means is settled by all its
// cells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/capture/rsh/layout.hpp"
#include "core/capture/workbook/sheet_source.hpp"

namespace qd::capture::rsh {

using workbook::SheetCell;
using workbook::SheetRow;

// What a sheet is, by the words of its name.
struct TsmSheetKind {
  enum class Block { kPerception, kManagement, kNotIncluded, kOther } block = Block::kOther;
  std::string tenure = {};  // of perception sheets
  std::string name = {};    // "LCRA Perception", as layouts name it
};
TsmSheetKind tsm_sheet_kind(std::string_view sheet);

// 2024 of "TSM25_LCRA_Perception": the reporting year began on 1 April 2024; nullopt when no year
// is named.
std::optional<int> tsm_start_year(std::string_view sheet_or_title);
// 2024 of "… the reporting year 1 April 2024 to 31 March 2025 …".
std::optional<int> stated_start_year(std::string_view text);

struct TsmTable {
  std::string name;  // of the sheet
  TsmSheetKind kind;
  std::string title;           // its first cell
  SheetRow headings;           // no cells: none were found
  std::vector<SheetRow> rows;  // all of them; below the headings once those are found
};

// Bounds that every edition stays far below: a landlord is a line.
struct TableLimits {
  std::size_t lines = 10'000;
  std::size_t bytes = std::size_t{64} << 20;  // of texts
};

// The line that has the landlord's code becomes the headings; what stands above it is left out.
void find_headings(TsmTable& table, const Layout& layout);

// Errors: kFileNotAWorkbook (larger than the limits), and those of the source.
Result<TsmTable> read_tsm_table(workbook::SheetSource& source, std::size_t at,
                                const TableLimits& limits = {});

// Empty when the cell is.
std::string_view cell_text(const SheetRow& row, std::int64_t column);
// Without blanks at either end.
std::string_view trimmed(std::string_view text);
// Lower case, without blanks: "TSM25_Management _Info" has one in places.
std::string compact(std::string_view name);

}  // namespace qd::capture::rsh
