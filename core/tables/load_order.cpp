#include "core/tables/load_order.hpp"

#include <algorithm>
#include <iterator>

namespace qd::tables {
namespace {

bool refers_to_any(const TableSpec& table, const std::vector<TableSpec>& others) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& column) {
    return column.references != table.name &&
           std::any_of(others.begin(), others.end(),
                       [&](const TableSpec& other) { return other.name == column.references; });
  });
}

}  // namespace

std::vector<TableSpec> in_load_order(std::vector<TableSpec> tables) {
  std::vector<TableSpec> ordered;
  while (!tables.empty()) {
    auto next = std::find_if(tables.begin(), tables.end(),
                             [&](const TableSpec& table) { return !refers_to_any(table, tables); });
    if (next == tables.end()) next = tables.begin();  // a circle
    ordered.push_back(std::move(*next));
    tables.erase(next);
  }
  return ordered;
}

}  // namespace qd::tables
