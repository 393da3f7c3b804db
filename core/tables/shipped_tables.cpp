#include "core/tables/shipped_tables.hpp"

#include <algorithm>

#include "core/tables/list.hpp"

namespace qd::tables {
namespace {

const std::vector<ShippedTable>& whole_tables() {
  static const std::vector<ShippedTable> tables = {
      areas(),          persons(),     memberships(),      events(),
      participations(), policies(),    consultations(),    measure_observations(),
      survey_tallies(), definitions(), definition_links(),
  };
  return tables;
}

std::vector<TableSpec> specs() {
  std::vector<TableSpec> specs;
  for (const auto& table : whole_tables()) specs.push_back(table.spec);
  return specs;
}

}  // namespace

const std::vector<TableSpec>& shipped_tables() {
  static const std::vector<TableSpec> tables = specs();
  return tables;
}

const TableSpec* shipped_table(std::string_view name) {
  const auto& tables = shipped_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const TableSpec& spec) { return spec.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

const ShippedTable* whole_table(std::string_view name) {
  const auto& tables = whole_tables();
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const ShippedTable& table) {
    return table.spec.name == name;
  });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace qd::tables
