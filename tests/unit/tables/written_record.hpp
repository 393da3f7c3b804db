// A record as it would be written, held against everything its table asks.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "core/tables/record_check.hpp"

namespace qd::test {

using Written = std::map<std::string, std::string>;  // by column; absent: empty

inline const Date kToday = make_date(2026, 7, 15);

// "column: reason" of everything that is wrong.
inline std::vector<std::string> wrong_with(const TableSpec& table, const Written& written) {
  std::vector<Cell> cells(table.columns.size());
  std::vector<tables::BrokenRule> broken;
  for (const auto& [column, text] : written) {
    const auto at = table.index_of(column);
    auto cell = tables::parse_cell(table, at, text);
    cells.at(at) = cell ? *cell : Cell::unreadable();
    if (!cell) broken.push_back(cell.error());
  }
  for (auto& rule : tables::RecordCheck(table, kToday).broken(cells)) broken.push_back(rule);
  std::vector<std::string> wrong;
  for (const auto& rule : broken)
    wrong.push_back(fmt::format("{}: {}", table.columns[rule.column].name, rule.reason));
  return wrong;
}

}  // namespace qd::test
