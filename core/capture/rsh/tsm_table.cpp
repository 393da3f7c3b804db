#include "core/capture/rsh/tsm_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/capture/rsh/plain_heading.hpp"

namespace qd::capture::rsh {
namespace {

bool is_heading_line(const SheetRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const SheetCell& cell) {
    return plain_heading(cell.text) == "landlord code";
  });
}

std::size_t bytes_of(const SheetRow& row) {
  std::size_t bytes = 0;
  for (const auto& cell : row.cells) bytes += sizeof(SheetCell) + cell.text.size();
  return bytes;
}

std::string leading_digits(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(),
                                [](unsigned char letter) { return std::isdigit(letter) == 0; });
  return {text.begin(), end};
}

}  // namespace

std::string compact(std::string_view name) {
  std::string plain;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isspace(byte) == 0) plain += static_cast<char>(std::tolower(byte));
  }
  return plain;
}

std::string_view cell_text(const SheetRow& row, std::int64_t column) {
  const auto found = std::lower_bound(
      row.cells.begin(), row.cells.end(), column,
      [](const SheetCell& cell, std::int64_t wanted) { return cell.column < wanted; });
  return found == row.cells.end() || found->column != column ? std::string_view{}
                                                             : std::string_view{found->text};
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

TsmSheetKind tsm_sheet_kind(std::string_view sheet) {
  using Block = TsmSheetKind::Block;
  const std::string name = compact(sheet);
  if (!name.starts_with("tsm")) return {};
  if (name.ends_with("_not_inc") || name.ends_with("_not_included")) return {Block::kNotIncluded};
  if (name.ends_with("_lcra_perception")) return {Block::kPerception, "LCRA", "LCRA Perception"};
  if (name.ends_with("_lcho_perception")) return {Block::kPerception, "LCHO", "LCHO Perception"};
  if (name.ends_with("_combined_perception")) {
    return {Block::kPerception, "COMBINED", "Combined Perception"};
  }
  if (name.ends_with("_management_info")) return {Block::kManagement, "", "Management Info"};
  return {};
}

std::optional<int> tsm_start_year(std::string_view sheet_or_title) {
  const std::string name = compact(sheet_or_title);
  const std::size_t at = name.find("tsm");
  if (at == std::string::npos) return std::nullopt;
  const std::string digits = leading_digits(std::string_view(name).substr(at + 3));
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const int year = std::stoi(digits);
  return (digits.size() == 2 ? 2000 + year : year) - 1;
}

std::optional<int> stated_start_year(std::string_view text) {
  constexpr std::string_view kBefore = "reporting year 1 april ";
  const std::string plain = plain_heading(text);
  const std::size_t at = plain.find(kBefore);
  if (at == std::string::npos) return std::nullopt;
  const std::string digits = leading_digits(std::string_view(plain).substr(at + kBefore.size()));
  return digits.size() == 4 ? std::optional(std::stoi(digits)) : std::nullopt;
}

Result<TsmTable> read_tsm_table(workbook::SheetSource& source, std::size_t at,
                                const TableLimits& limits) {
  const std::string& name = source.sheets()[at];
  TsmTable table{name, tsm_sheet_kind(name), {}, {}, {}};
  std::size_t bytes = 0;
  auto read = source.read(at, [&](const SheetRow& row) -> Result<void> {
    if (row.line == 1) table.title = row.cells.front().text;
    if (table.headings.cells.empty()) {
      if (is_heading_line(row)) table.headings = row;
      return {};
    }
    bytes += bytes_of(row);
    if (table.rows.size() == limits.lines || bytes > limits.bytes) {
      return fail(ErrorCode::kFileNotAWorkbook,
                  fmt::format("the sheet {} is larger than the regulator's ever were", name),
                  "check that the workbook is the regulator's full data file");
    }
    table.rows.push_back(row);
    return {};
  });
  if (!read) return fail(read.error());
  return table;
}

}  // namespace qd::capture::rsh
