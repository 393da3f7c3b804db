// Tables of a family's own, and what its code reads.
#include <fmt/format.h>

#include <algorithm>

#include "core/declarations/parts.hpp"
#include "core/tables/shipped_tables.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_rules.hpp"

namespace qd::declarations {
namespace {

const TableSpec* own_table(const Family& family, const std::string& name) {
  const auto found = std::find_if(family.tables.begin(), family.tables.end(),
                                  [&](const TableSpec& table) { return table.name == name; });
  return found == family.tables.end() ? nullptr : &*found;
}

const TableSpec* known_table(const Family& family, const std::string& name) {
  const TableSpec* shipped = tables::shipped_table(name);
  return shipped ? shipped : own_table(family, name);
}

std::vector<std::string> known_tables(const Family& family) {
  std::vector<std::string> names;
  for (const auto& table : tables::shipped_tables()) names.push_back(table.name);
  for (const auto& table : family.tables) names.push_back(table.name);
  return names;
}

std::vector<std::string> column_names(const TableSpec& table) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  return names;
}

const std::vector<std::string>& kind_words() {
  static const std::vector<std::string> words = {"text",   "integer", "number", "date",
                                                 "yes_no", "money",   "minutes"};
  return words;
}

bool is_counted(ColumnKind kind) {
  const auto type = type_of(kind);
  return kind != ColumnKind::kYesNo &&
         (type == ColumnType::kInteger || type == ColumnType::kNumber);
}

void check_column(Section& section, const ColumnSpec& column) {
  if (!column.allowed.empty() && column.kind != ColumnKind::kText)
    section.complain("one_of", "one_of belongs to columns of type text");
  if (!column.references.empty() && column.kind != ColumnKind::kText)
    section.complain("references", "references belongs to columns of type text");
  if ((column.min || column.max) && !is_counted(column.kind))
    section.complain("min", "min and max belong to columns that count or measure");
  if (column.min && column.max && *column.max < *column.min)
    section.complain("max", "max is less than min");
  if (column.not_after_today && column.kind != ColumnKind::kDate)
    section.complain("not_after_today", "not_after_today belongs to columns of type date");
}

ColumnSpec read_column(Section& section) {
  ColumnSpec column{section.said("name"), ColumnKind::kText, false, "", ""};
  if (!column.name.empty() && !text::is_name(column.name))
    section.complain("name",
                     fmt::format("'{}' is not a column name", text::plain_text(column.name, 60)));
  section.rename(fmt::format("column {}", text::plain_text(column.name, 60)));
  const auto type = section.said("type");
  const auto kind = kind_of(type);
  if (!type.empty() && !kind)
    section.complain("type", fmt::format("'{}' is no type that exists", type),
                     text::nearest_hint(type, kind_words()));
  column.kind = kind.value_or(ColumnKind::kText);
  column.meaning = section.said("meaning");
  section.read("required", column.required);
  section.read("unit", column.unit);
  section.read("one_of", column.allowed);
  section.read("references", column.references);
  section.read("min", column.min);
  section.read("max", column.max);
  section.read("not_after_today", column.not_after_today);
  check_column(section, column);
  section.refuse_other_keys();
  return column;
}

void read_columns(Section& section, TableSpec& table, Complaints& complaints) {
  const auto columns = section.tables("column");
  if (columns.empty() || columns.size() > kMostColumns)
    section.complain("column", fmt::format("it has {} columns, 1 to {} are possible",
                                           columns.size(), kMostColumns));
  for (const auto* one : columns) {
    Section column(*one, fmt::format("table {}", table.name), complaints);
    auto spec = read_column(column);
    if (table.index_of(spec.name) < table.columns.size())
      column.complain("name", "it is there twice");
    table.columns.push_back(std::move(spec));
  }
}

// The key identifies a record for ever: its columns come first and are required.
void read_key(Section& section, TableSpec& table) {
  std::vector<std::string> key;
  section.read("key", key);
  if (key.empty()) section.complain("key", "a table of its own needs a key");
  table.n_key = std::min(key.size(), table.columns.size());
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto place = table.index_of(key[i]);
    if (place == table.columns.size())
      section.complain("key", fmt::format("there is no column {} for its key", key[i]),
                       text::nearest_hint(key[i], column_names(table)));
    else if (place != i)
      section.complain("key", fmt::format("column {} is part of the key, so it must be the {} of "
                                          "the table's columns",
                                          key[i], i == 0 ? "first" : "next"));
    else if (!table.columns[place].required)
      section.complain("key",
                       fmt::format("column {} is part of the key, so it must be required", key[i]));
  }
}

TableSpec read_table(const toml::table& one, const Family& family, Complaints& complaints) {
  Section section(one, "", complaints);
  TableSpec table{section.said("name"), "", {}, 0, family.id};
  const auto shown = text::plain_text(table.name, 60);
  if (!table.name.empty() && !text::is_name(table.name))
    section.complain("name", fmt::format("'{}' is not a table name", shown));
  else if (tables::shipped_table(table.name))
    section.complain("name", fmt::format("table {} is the host's", shown));
  else if (!table.name.empty() && !table.name.starts_with(family.id + "_"))
    section.complain("name", fmt::format("its table {} must be called {}_…", shown, family.id));
  section.rename(fmt::format("table {}", shown));
  if (own_table(family, table.name)) section.complain("name", "it is there twice");
  table.meaning = section.said("meaning");
  read_columns(section, table, complaints);
  read_key(section, table);
  section.refuse_other_keys();
  return table;
}

bool can_be_referenced(const TableSpec& table) {
  return table.n_key == 1 && !table.columns.empty() &&
         table.columns.front().kind == ColumnKind::kText;
}

// After all tables are known, so that they may name each other.
void check_references(const Family& family, std::size_t place, const toml::table& one,
                      Complaints& complaints) {
  Section section(one, "", complaints);
  const auto columns = section.tables("column");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& column = family.tables[place].columns[i];
    if (column.references.empty()) continue;
    Section at(*columns[i], fmt::format("column {}", column.name), complaints);
    const TableSpec* target = known_table(family, column.references);
    if (!target)
      at.complain("references", fmt::format("table {} does not exist", column.references),
                  text::nearest_hint(column.references, known_tables(family)));
    else if (!can_be_referenced(*target))
      at.complain("references",
                  fmt::format("table {} is not known by a single text", column.references));
  }
}

FamilyInput read_input(const toml::table& one, const Family& family, Complaints& complaints) {
  Section section(one, "", complaints);
  FamilyInput input;
  const auto name = section.said("table");
  section.read("columns", input.columns);
  section.refuse_other_keys();
  const TableSpec* table = known_table(family, name);
  section.rename(fmt::format("input {}", text::plain_text(name, 60)));
  if (!name.empty() && !table)
    section.complain("table",
                     fmt::format("table {} does not exist; a table of its own stands "
                                 "under [[table]]",
                                 text::plain_text(name, 60)),
                     text::nearest_hint(name, known_tables(family)));
  if (input.columns.empty() || input.columns.size() > kMostColumns)
    section.complain("columns", fmt::format("it has {} columns, 1 to {} are possible",
                                            input.columns.size(), kMostColumns));
  if (!table) return input;
  input.table = *table;
  for (std::size_t i = 0; i < input.columns.size(); ++i) {
    const auto& column = input.columns[i];
    if (table->index_of(column) == table->columns.size())
      section.complain("columns", fmt::format("table {} has no column {}", name, column),
                       text::nearest_hint(column, column_names(*table)));
    if (std::find(input.columns.begin(), input.columns.begin() + static_cast<std::ptrdiff_t>(i),
                  column) != input.columns.begin() + static_cast<std::ptrdiff_t>(i))
      section.complain("columns", fmt::format("column {} is there twice", column));
  }
  return input;
}

}  // namespace

void read_tables(Section& declaration, Family& family, Complaints& complaints) {
  const auto tables = declaration.tables("table");
  if (tables.size() > kMostTables)
    declaration.complain("table", fmt::format("it declares {} tables, at most {} are possible",
                                              tables.size(), kMostTables));
  for (const auto* one : tables) family.tables.push_back(read_table(*one, family, complaints));
  for (std::size_t i = 0; i < tables.size(); ++i)
    check_references(family, i, *tables[i], complaints);
}

void read_inputs(Section& declaration, Family& family, Complaints& complaints) {
  const auto inputs = declaration.tables("input");
  if (inputs.empty() || inputs.size() > kMostInputs)
    declaration.complain("input", fmt::format("it declares {} inputs, 1 to {} are possible",
                                              inputs.size(), kMostInputs));
  for (const auto* one : inputs) family.inputs.push_back(read_input(*one, family, complaints));
}

}  // namespace qd::declarations
