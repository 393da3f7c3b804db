// The schema: created, and brought up to date, as ODB generated it from the rows. C++14.
#include <odb/exceptions.hxx>
#include <odb/schema-catalog.hxx>

#include "orm/mapping/open.hpp"

namespace qd {
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
    connection_->execute("DO GET_LOCK(CONCAT(DATABASE(), '.migrate'), 120)");
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
    // Never drops: tables that stand there without a version are not ours to remove.
    schema_catalog::create_schema(*database_, "", /*drop=*/false);
  } else if (before.database < before.program) {
    schema_catalog::migrate(*database_);
  }
  transaction.commit();
  return before;
}

}  // namespace qd
