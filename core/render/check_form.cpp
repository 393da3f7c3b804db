#include "core/render/check_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "core/text/lower.hpp"

namespace qd::render {
namespace {

constexpr std::size_t kLongestSheetName = 31;

tl::unexpected<Error> refuse(const std::string& sheet, const std::string& why) {
  return fail(ErrorCode::kReturnRenderFailed, fmt::format("sheet '{}': {}", sheet, why));
}

bool is_sheet_name(const std::string& name) {
  return !name.empty() && name.size() <= kLongestSheetName &&
         name.find_first_of("[]:*?/\\'") == std::string::npos;
}

bool is_table_name(const std::string& name) {
  const auto letter = [](unsigned char c) { return std::isalpha(c) || c == '_'; };
  const auto rest = [&](unsigned char c) { return letter(c) || std::isdigit(c) || c == '.'; };
  return !name.empty() && letter(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), rest);
}

bool is_decimal(const std::string& text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const auto point = std::count(text.begin(), text.end(), '.');
  const auto digits =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return point <= 1 && digits > 0 && text.size() == sign + point + digits && text.back() != '.';
}

bool is_filled(const Cell& cell) {
  if (const auto* number = std::get_if<NumberCell>(&cell)) return is_decimal(number->text);
  if (const auto* link = std::get_if<LinkCell>(&cell)) return !link->text.empty();
  return !std::get<std::string>(cell).empty();
}

Result<void> check_columns(const Sheet& sheet) {
  if (sheet.table.columns.empty()) return refuse(sheet.name, "the table has no column");
  std::set<std::string> headings;
  for (const Column& column : sheet.table.columns) {
    if (column.heading.empty()) return refuse(sheet.name, "a column has no heading");
    if (!headings.insert(text::lower(column.heading)).second) {
      return refuse(sheet.name, fmt::format("two columns are headed '{}'", column.heading));
    }
  }
  return {};
}

Result<void> check_rows(const Sheet& sheet) {
  if (sheet.table.rows.empty()) return refuse(sheet.name, "the table has no row");
  for (const Row& row : sheet.table.rows) {
    if (row.cells.size() != sheet.table.columns.size()) {
      return refuse(sheet.name, "a row is not as wide as the table");
    }
    const auto hole = std::find_if_not(row.cells.begin(), row.cells.end(), is_filled);
    if (hole == row.cells.end()) continue;
    const auto column = static_cast<std::size_t>(hole - row.cells.begin());
    return refuse(sheet.name, fmt::format("a cell of column '{}' is empty or not a number",
                                          sheet.table.columns[column].heading));
  }
  return {};
}

}  // namespace

Result<void> check_form(const Form& form) {
  std::set<std::string> sheets, tables;
  for (const Sheet& sheet : form.sheets) {
    if (!is_sheet_name(sheet.name) || !sheets.insert(text::lower(sheet.name)).second) {
      return refuse(sheet.name, "the name is empty, too long, repeated or has odd characters");
    }
    if (sheet.heading.empty() || sheet.holds.empty()) {
      return refuse(sheet.name, "it has no heading or does not say what it holds");
    }
    if (!is_table_name(sheet.table.name) || !tables.insert(text::lower(sheet.table.name)).second) {
      return refuse(sheet.name,
                    fmt::format("'{}' is no table name, or is repeated", sheet.table.name));
    }
    if (auto columns = check_columns(sheet); !columns) return columns;
    if (auto rows = check_rows(sheet); !rows) return rows;
  }
  if (form.sheets.empty()) return fail(ErrorCode::kReturnRenderFailed, "the form has no sheet");
  return {};
}

}  // namespace qd::render
