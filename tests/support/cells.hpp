// Cells of a batch as texts and back, as a file has them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/batch.hpp"
#include "core/model/date.hpp"
#include "core/model/number.hpp"
#include "core/ports/observation_store.hpp"

namespace qd {

// nullopt: absent.
inline std::optional<std::string> cell_text(const ColumnData& column, std::size_t row,
                                            const Dictionary& dictionary) {
  if (!column.present(row)) return std::nullopt;
  switch (column.type) {
    case ColumnType::kInteger:
      return std::to_string(column.wide[row]);
    case ColumnType::kNumber:
      return Number{column.wide[row]}.text();
    case ColumnType::kDate:
      return to_text(date_of(column.narrow[row]));
    case ColumnType::kText:
      break;
  }
  return std::string(dictionary.text(column.codes[row]));
}

// Throws when the text is not of that type.
inline void add_cell(BatchBuilder& builder, std::size_t column, ColumnType type,
                     const std::optional<std::string>& cell, Dictionary& dictionary) {
  if (!cell) return builder.add_absent(column);
  switch (type) {
    case ColumnType::kInteger:
      return builder.add_wide(column, std::stoll(*cell));
    case ColumnType::kNumber:
      return builder.add_wide(column, Number::parse(*cell).value().millionths);
    case ColumnType::kDate:
      return builder.add_date(column, days(parse_date(*cell).value()));
    case ColumnType::kText:
      return builder.add_code(column, dictionary.code(*cell));
  }
}

// What the store keeps of a cell, as text. nullopt: absent.
inline std::optional<std::string> stored_text(ColumnType type, const Cell& cell) {
  if (!cell.present) return std::nullopt;
  switch (type) {
    case ColumnType::kInteger:
      return std::to_string(cell.value);
    case ColumnType::kNumber:
      return Number{cell.value}.text();
    case ColumnType::kDate:
      return to_text(date_of(static_cast<std::int32_t>(cell.value)));
    case ColumnType::kText:
      break;
  }
  return std::string(cell.text);
}

// Record by record, as loads take them.
inline Result<void> add_batch(Load& load, const TableSpec& table, const Batch& batch,
                              const Dictionary& dictionary) {
  for (std::size_t row = 0; row < batch.n_rows; ++row) {
    std::vector<Cell> cells;
    for (const ColumnData& column : batch.columns) {
      Cell& cell = cells.emplace_back();
      if (!column.present(row)) continue;
      if (column.type == ColumnType::kText)
        cell = Cell::of(dictionary.text(column.codes[row]));
      else if (column.type == ColumnType::kDate)
        cell = Cell::of(std::int64_t{column.narrow[row]});
      else
        cell = Cell::of(column.wide[row]);
    }
    if (auto added = load.add(table, cells); !added) return added;
  }
  return {};
}

// nullopt for an empty text.
inline std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace qd
