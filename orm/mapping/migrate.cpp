// The schema: created, and brought up to date, as ODB generated it from the rows. C++14.
#include <algorithm>
#include <memory>
#include <odb/exceptions.hxx>
#include <odb/mysql/connection.hxx>
#include <odb/schema-catalog.hxx>
#include <stdexcept>
#include <string>
#include <vector>

#include "orm/mapping/open.hpp"

namespace qd::orm {
namespace {

using odb::schema_catalog;
using odb::transaction;

// MariaDB commits around every change of a schema, so that a transaction keeps nobody out. This
// lock does, among those that speak to the same server. A connection of its own holds it.
class MigrationTurn {
 public:
  explicit MigrationTurn(odb::database& database) {
    if (database.id() != odb::id_mysql) return;
    connection_ = database.connection();
    // NULL, too, is no lock. What execute gives for a SELECT is the number of rows.
    const auto locked = connection_->execute(
        "SELECT 1 FROM DUAL WHERE GET_LOCK(CONCAT(DATABASE(), '.migrate'), 120) = 1");
    if (locked == 1) return;
    connection_.reset();
    throw std::runtime_error("another program has been migrating it for two minutes");
  }
  ~MigrationTurn() {
    if (!connection_) return;
    try {
      connection_->execute("DO RELEASE_LOCK(CONCAT(DATABASE(), '.migrate'))");
    } catch (const odb::exception&) {
      // The connection is gone, and the lock with it.
    }
  }
  MigrationTurn(const MigrationTurn&) = delete;
  MigrationTurn& operator=(const MigrationTurn&) = delete;

 private:
  odb::connection_ptr connection_;
};

struct FreeResult {
  void operator()(MYSQL_RES* result) const noexcept { ::mysql_free_result(result); }
};

// Every table of the database, by name; "" for one that is not made as ours are (orm/CMakeLists.txt
// says how).
std::vector<std::string> tables_like_ours(odb::connection& connection) {
  MYSQL* const server = static_cast<odb::mysql::connection&>(connection).handle();
  const char* const sql =
      "SELECT IF(table_collation = 'utf8mb4_nopad_bin' AND engine = 'InnoDB', table_name, '') "
      "FROM information_schema.tables WHERE table_schema = DATABASE()";
  const bool asked = ::mysql_query(server, sql) == 0;
  const std::unique_ptr<MYSQL_RES, FreeResult> result(asked ? ::mysql_store_result(server)
                                                            : nullptr);
  if (!result) throw std::runtime_error(::mysql_error(server));
  std::vector<std::string> names;
  while (const char* const* row = ::mysql_fetch_row(result.get()))
    names.emplace_back(row[0] != nullptr ? row[0] : "");
  return names;
}

// Whether what stands in a database without a version can only be what a first migration left that
// was killed midway: on MariaDB each table is there at once. Every table looks like ours and none
// has a row, so that nothing is lost with them.
bool is_left_half_made(odb::database& database) {
  if (database.id() != odb::id_mysql) return false;  // SQLite makes all tables or none
  const odb::connection_ptr connection(database.connection());
  const auto tables = tables_like_ours(*connection);
  return std::all_of(tables.begin(), tables.end(), [&](const std::string& table) {
    const bool is_name = table.find('`') == std::string::npos && !table.empty();
    return is_name && connection->execute("SELECT 1 FROM `" + table + "` LIMIT 1") == 0;
  });
}

// What ODB's change log cannot say. The second version's rule was the first one's formula.
// On MariaDB each change is there at once, and may be there already when a migration is repeated.
void rename_formula(odb::database& database) {
  const std::string where = database.id() == odb::id_sqlite ? "" : "IF EXISTS ";
  for (const char* table : {"definitions", "fact_definitions"})
    database.execute("ALTER TABLE " + std::string(table) + " RENAME COLUMN " + where +
                     "formula TO rule");
}

// Readers and a writer at the same time; kept in the file.
void use_write_ahead_log(odb::database& database) {
  if (database.id() == odb::id_sqlite) {
    odb::connection_ptr connection(database.connection());
    connection->execute("PRAGMA journal_mode=WAL");
  }
}

}  // namespace

SchemaVersions Gateway::versions() {
  transaction transaction(database_->begin());
  const SchemaVersions versions = {database_->schema_version(),
                                   schema_catalog::current_version(*database_)};
  transaction.commit();
  return versions;
}

SchemaVersions Gateway::migrate() {
  use_write_ahead_log(*database_);
  const MigrationTurn turn(*database_);
  transaction transaction(begin_alone(*database_));
  const SchemaVersions before = {database_->schema_version(),
                                 schema_catalog::current_version(*database_)};
  if (before.database == 0) {
    // Other tables that stand there without a version are not ours to remove: they are refused.
    schema_catalog::create_schema(*database_, "", /*drop=*/is_left_half_made(*database_));
  } else if (before.database < before.program) {
    if (before.database < 2) rename_formula(*database_);
    schema_catalog::migrate(*database_);
  }
  transaction.commit();
  return before;
}

}  // namespace qd::orm
