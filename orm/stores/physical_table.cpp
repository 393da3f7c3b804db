#include "orm/stores/physical_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/tables/shipped_tables.hpp"

namespace qd::orm {
namespace {

constexpr std::array<std::string_view, 7> kOwnColumns = {
    "id", "recorded_at", "superseded_at", "live", "load_id", "seq", "live_id"};

bool is_identifier(std::string_view name) {
  const auto is_lower = [](char letter) { return letter >= 'a' && letter <= 'z'; };
  const auto belongs = [&](char letter) {
    return is_lower(letter) || (letter >= '0' && letter <= '9') || letter == '_';
  };
  return !name.empty() && name.size() <= 48 && is_lower(name.front()) &&
         std::all_of(name.begin(), name.end(), belongs);
}

bool is_own(std::string_view name) {
  return std::find(kOwnColumns.begin(), kOwnColumns.end(), name) != kOwnColumns.end();
}

std::string type_of(const TableSpec& table, std::size_t column, const Dialect& dialect) {
  if (table.columns[column].type() != ColumnType::kText) return dialect.whole_number();
  return column < table.n_key ? dialect.key_text() : dialect.long_text();
}

}  // namespace

bool is_shipped(const TableSpec& table) {
  return table.family.empty() && tables::shipped_table(table.name) != nullptr;
}

Result<PhysicalTable> physical_table(const TableSpec& table) {
  constexpr const char* kForm = "small letters, digits and _, a letter first, at most 48";
  if (!is_identifier(table.name)) {
    return fail(ErrorCode::kStoreConflict, fmt::format("'{}' cannot name a table", table.name),
                kForm);
  }
  PhysicalTable physical{
      is_shipped(table) ? table.name : "declared_" + table.name, {}, table.n_key};
  for (const auto& column : table.columns) {
    if (!is_identifier(column.name) || is_own(column.name)) {
      return fail(ErrorCode::kStoreConflict,
                  fmt::format("table {}: '{}' cannot name a column", table.name, column.name),
                  kForm);
    }
    physical.columns.push_back(column.name);
  }
  if (table.n_key == 0 || table.n_key > table.columns.size()) {
    return fail(ErrorCode::kStoreConflict, fmt::format("table {} has no key", table.name),
                "its first columns must identify a record");
  }
  return physical;
}

namespace {

std::string column_sql(const TableSpec& table, std::size_t at, const Dialect& dialect) {
  return fmt::format("{} {} {}", dialect.quoted(table.columns[at].name),
                     type_of(table, at, dialect), at < table.n_key ? "NOT NULL" : "NULL");
}

std::set<std::string> columns_of(SqlConnection& connection, const std::string& table) {
  const bool sqlite = connection.engine() == DatabaseKind::kSqlite;
  const auto rows = connection.query(
      sqlite ? "SELECT name FROM pragma_table_info(?)"
             : "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() "
               "AND table_name = ?",
      {table});
  std::set<std::string> columns;
  while (rows->next()) columns.emplace(rows->text(0));
  return columns;
}

}  // namespace

std::string column_list(const TableSpec& table, const Dialect& dialect) {
  std::string list;
  for (std::size_t at = 0; at < table.columns.size(); ++at)
    list += ", " + column_sql(table, at, dialect);
  return list;
}

std::vector<std::string> creation(const TableSpec& table, const PhysicalTable& physical,
                                  const Dialect& dialect) {
  auto index = physical.key();
  index.emplace_back("live");
  const std::string number = dialect.whole_number();
  return {
      fmt::format("CREATE TABLE {0} (id {1}, recorded_at {2} NOT NULL, "
                  "superseded_at {2} NULL, live {2} NULL, load_id {2} NOT NULL{3}){4}",
                  dialect.quoted(physical.name), dialect.automatic_id(), number,
                  column_list(table, dialect), dialect.table_end()),
      fmt::format("CREATE UNIQUE INDEX {} ON {} ({})", dialect.quoted(physical.name + "_live"),
                  dialect.quoted(physical.name), dialect.list(index)),
  };
}

void add_columns(SqlConnection& connection, const TableSpec& table, const PhysicalTable& physical) {
  const Dialect dialect(connection.engine());
  const auto there = columns_of(connection, physical.name);
  for (std::size_t at = 0; at < table.columns.size(); ++at) {
    if (there.contains(table.columns[at].name)) continue;
    connection.script(fmt::format("ALTER TABLE {} ADD COLUMN {}", dialect.quoted(physical.name),
                                  column_sql(table, at, dialect)));
  }
}

}  // namespace qd::orm
