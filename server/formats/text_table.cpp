#include "server/formats/text_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/text/text_check.hpp"

namespace qd::formats {
namespace {

constexpr char kListSeparator = '\x1f';  // stands in no text a person wrote

void write_list(Json& json, std::string_view joined) {
  json.begin_array();
  while (!joined.empty()) {
    const auto item = joined.substr(0, joined.find(kListSeparator));
    json.text(item);
    joined.remove_prefix(std::min(item.size() + 1, joined.size()));
  }
  json.end_array();
}

bool is_number(FieldKind kind) {
  return kind == FieldKind::kInteger || kind == FieldKind::kDecimal;
}

const std::string* pointer_to(const Cell& cell) { return cell ? &*cell : nullptr; }

std::string readable(std::string text) {
  std::replace(text.begin(), text.end(), kListSeparator, ';');
  return text;
}

std::vector<std::size_t> widths_of(const TextTable& table) {
  std::vector<std::size_t> widths;
  for (const auto& column : table.columns) widths.push_back(text::n_characters(column.name));
  for (const auto& row : table.rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row[i]) widths[i] = std::max(widths[i], text::n_characters(*row[i]));
  return widths;
}

void align(std::string& line, std::string_view text, std::size_t width, bool right) {
  const std::string padding(width - text::n_characters(text), ' ');
  if (right) line += padding;
  line += text;
  if (!right) line += padding;
  line += "  ";
}

void end_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + "\n";
}

}  // namespace

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, std::string_view(&kListSeparator, 1)));
}

void write_cell(Json& json, FieldKind kind, const std::string* cell) {
  if (!cell)
    json.null();
  else if (kind == FieldKind::kList)
    write_list(json, *cell);
  else if (kind == FieldKind::kText)
    json.text(*cell);
  else if (kind == FieldKind::kTruth)
    json.boolean(*cell == "true");
  else
    json.decimal(*cell);
}

void write_cell(Csv& csv, FieldKind kind, const std::string* cell) {
  if (!cell)
    csv.empty();
  else if (is_number(kind))
    csv.number(*cell);
  else
    kind == FieldKind::kList ? csv.text(readable(*cell)) : csv.text(*cell);
}

void write_row(Json& json, const TextTable& table, std::size_t row) {
  json.begin_object();
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    json.key(table.columns[i].name);
    write_cell(json, table.columns[i].kind, pointer_to(table.rows[row][i]));
  }
  json.end_object();
}

void write_rows(Json& json, const TextTable& table) {
  json.begin_array();
  for (std::size_t row = 0; row < table.rows.size(); ++row) write_row(json, table, row);
  json.end_array();
}

std::string to_csv(const TextTable& table, CsvDialect dialect) {
  Csv csv(dialect);
  for (const auto& column : table.columns) csv.text(column.name);
  csv.end_line();
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      write_cell(csv, table.columns[i].kind, pointer_to(row[i]));
    csv.end_line();
  }
  return csv.take();
}

std::string to_aligned(const TextTable& table) {
  const auto widths = widths_of(table);
  std::string text, line;
  for (std::size_t i = 0; i < widths.size(); ++i)
    align(line, table.columns[i].name, widths[i], is_number(table.columns[i].kind));
  end_line(text, std::exchange(line, {}));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      align(line, readable(row[i].value_or("")), widths[i], is_number(table.columns[i].kind));
    end_line(text, std::exchange(line, {}));
  }
  return text;
}

}  // namespace qd::formats
