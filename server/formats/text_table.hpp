// Rows of texts that are shown as JSON, as CSV or on a terminal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/formats/csv.hpp"
#include "server/formats/json.hpp"

namespace qd::formats {

enum class FieldKind { kText, kInteger, kDecimal, kTruth, kList };

using Cell = std::optional<std::string>;  // nullopt: no value
inline Cell cell(std::int64_t number) { return std::to_string(number); }
inline Cell truth(bool value) { return value ? "true" : "false"; }
inline Cell unless_empty(std::string text) { return text.empty() ? Cell{} : Cell{std::move(text)}; }
// A list in one cell: a JSON array; in CSV and on a terminal separated by ';'.
std::string joined(const std::vector<std::string>& texts);

struct TextTable {
  struct Column {
    std::string name;
    FieldKind kind = FieldKind::kText;
  };
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;  // as many cells as columns
};

// nullptr: no value.
void write_cell(Json& json, FieldKind kind, const std::string* cell);
void write_cell(Csv& csv, FieldKind kind, const std::string* cell);

void write_rows(Json& json, const TextTable& table);                  // an array of objects
void write_row(Json& json, const TextTable& table, std::size_t row);  // one of them
std::string to_csv(const TextTable& table, CsvDialect dialect = CsvDialect::kExact);
// Columns lined up, numbers to the right; width counts code points.
std::string to_aligned(const TextTable& table);

}  // namespace qd::formats
