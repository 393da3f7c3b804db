// Cells of a batch as texts and back, as a file has them.
#pragma once

#include <optional>
#include <string>

#include "core/model/batch.hpp"
#include "core/model/date.hpp"
#include "core/model/number.hpp"

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

// nullopt for an empty text.
inline std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace qd
