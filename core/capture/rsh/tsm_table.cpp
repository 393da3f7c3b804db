#include "core/capture/rsh/tsm_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/capture/rsh/plain_heading.hpp"
#include "core/capture/rsh/tsm_headings.hpp"

namespace qd::capture::rsh {
namespace {

bool is_heading_line(const SheetRow& row, const TsmSheetKind& kind, const Layout& layout) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const SheetCell& cell) {
    return read_tsm_heading(cell.text, kind.name, layout).means.role == TsmRole::kLandlordCode;
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

// "2025" or "25".
std::optional<int> full_year(const std::string& digits) {
  if (digits.size() != 2 && digits.size() != 4) return std::nullopt;
  const int year = std::stoi(digits) + (digits.size() == 2 ? 2000 : 0);
  return year > 2000 && year < 2100 ? std::optional(year) : std::nullopt;
}

bool is_joint(char letter) { return letter == '_' || letter == '-' || letter == '/'; }

// "tsmlcraperception" of "TSM25_LCRA_Perception".
std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalpha(byte) != 0) letters += static_cast<char>(std::tolower(byte));
  }
  return letters;
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
  const std::string name = letters_of(sheet);
  const auto says = [&](std::string_view words) { return name.find(words) != std::string::npos; };
  if (!name.starts_with("tsm")) return {};
  if (name.ends_with("notinc") || name.ends_with("notincluded")) return {Block::kNotIncluded};
  if (says("managementinfo")) return {Block::kManagement, "", "Management Info"};
  if (!says("perception")) return {};
  const bool rented = says("lcra"), owned = says("lcho"), combined = says("combined");
  if (rented + owned + combined != 1) return {};
  if (rented) return {Block::kPerception, "LCRA", "LCRA Perception"};
  if (owned) return {Block::kPerception, "LCHO", "LCHO Perception"};
  return {Block::kPerception, "COMBINED", "Combined Perception"};
}

// "TSM25", "TSM 2025", "TSM_2024-25": nullopt for what is no year that the regulator published.
std::optional<int> tsm_start_year(std::string_view sheet_or_title) {
  const std::string name = compact(sheet_or_title);
  std::size_t at = name.find("tsm");
  if (at == std::string::npos) return std::nullopt;
  at += 3;
  if (at < name.size() && is_joint(name[at])) ++at;
  const auto first = full_year(leading_digits(std::string_view(name).substr(at)));
  if (!first) return std::nullopt;
  while (at < name.size() && std::isdigit(static_cast<unsigned char>(name[at])) != 0) ++at;
  const bool joined = at + 1 < name.size() && is_joint(name[at]);
  const std::string second = joined ? leading_digits(std::string_view(name).substr(at + 1)) : "";
  if (second.empty()) return *first - 1;
  return full_year(second) == *first + 1 ? first : std::nullopt;
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

void find_headings(TsmTable& table, const Layout& layout) {
  auto& rows = table.rows;
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SheetRow& row) {
    return is_heading_line(row, table.kind, layout);
  });
  if (found != rows.end()) table.headings = std::move(*found);
  rows.erase(rows.begin(), found == rows.end() ? found : found + 1);
}

}  // namespace qd::capture::rsh
