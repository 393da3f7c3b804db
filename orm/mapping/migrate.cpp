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
    if (locked != 1)
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

// The version whose tables and rows are all there: one that was being migrated to is not.
SchemaVersions versions_of(odb::database& database) {
  const odb::schema_version told = database.schema_version();
  const bool midway = told != 0 && database.schema_migration();
  return {midway ? told - 1 : told, schema_catalog::current_version(database)};
}

// Version 1 knew one place for all returns of a schedule.
void carry_deliveries(odb::database& database) {
  database.execute(
      "INSERT INTO deliveries (return_run, recipient, channel, state, folder_identity, folder, "
      "file_name, delivered_at) SELECT r.id, s.audience, 1, 2, '', s.folder, r.file_name, "
      "r.delivered_at FROM return_runs r JOIN schedules s ON s.id = r.schedule "
      "WHERE r.state = 'delivered' AND NOT EXISTS "
      "(SELECT 1 FROM deliveries d WHERE d.return_run = r.id)");
}

// Version 1 knew of a failed run whether the family had crashed, and kept the whole sentence as its
// reason. 3, 9 and 10 are RunFailure's stopped, abandoned and elsewhere.
void name_failures(odb::database& database) {
  const bool mariadb = database.id() == odb::id_mysql;
  const std::string begin = mariadb
                                ? "CONCAT('not computed: family ', family, ' ', family_version, "
                                : "('not computed: family ' || family || ' ' || family_version || ";
  database.execute(
      "UPDATE runs SET reason = REPLACE(REPLACE(reason, " + begin + "': '), ''), " + begin +
      "' '), ''), failure = CASE WHEN stopped_by_crash = 1 THEN 3 WHEN reason LIKE 'stopped: %' "
      "THEN 9 ELSE 10 END WHERE state = 2 AND failure = 0");
}

// On MariaDB each change of the schema is there at once, so that a program may be killed between
// two of these; the rows are brought over in a way that may be repeated.
void migrate_to(odb::database& database, odb::schema_version version) {
  const bool tables_are_there = database.schema_version() == version;  // killed on its way there
  if (!tables_are_there) {
    if (version == 2) rename_formula(database);
    schema_catalog::migrate_schema_pre(database, version);
  }
  if (version == 2) {
    carry_deliveries(database);
    name_failures(database);
  }
  schema_catalog::migrate_schema_post(database, version);
}

}  // namespace

SchemaVersions Gateway::versions() {
  transaction transaction(database_->begin());
  const SchemaVersions versions = versions_of(*database_);
  transaction.commit();
  return versions;
}

SchemaVersions Gateway::migrate() {
  use_write_ahead_log(*database_);
  const MigrationTurn turn(*database_);
  transaction transaction(begin_alone(*database_));
  const SchemaVersions before = versions_of(*database_);
  if (before.database == 0) {
    // Other tables that stand there without a version are not ours to remove: they are refused.
    schema_catalog::create_schema(*database_, "", /*drop=*/is_left_half_made(*database_));
  } else {
    for (auto version = before.database + 1; version <= before.program; ++version)
      migrate_to(*database_, version);
  }
  transaction.commit();
  return before;
}

}  // namespace qd::orm
