// Databases for tests: each test has its own, and none is left behind.
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "orm/database.hpp"
#include "orm/sql/connection.hpp"
#include "orm/target.hpp"

namespace qd::tests {

// URL of a fresh, empty database (no schema yet). It is removed when the test program ends.
// SQLite: a file in a temporary folder. MariaDB: a database on the server that the ctest fixture
// `mariadb` has started; by hand: tests/support/mariadb.sh start <build>/tests/mariadb
// Throws std::runtime_error when that server is not there.
std::string make_test_database(orm::DatabaseKind engine);

// The same with the schema, opened.
std::unique_ptr<orm::Database> open_test_database(const std::string& url);

// For looking at, or spoiling, what the stores wrote.
std::unique_ptr<orm::SqlConnection> connect_to(const std::string& url);

// "sqlite", "mariadb": for the names of parametrised tests, by which ctest labels them.
inline std::string engine_name(orm::DatabaseKind engine) {
  return engine == orm::DatabaseKind::kSqlite ? "sqlite" : "mariadb";
}

}  // namespace qd::tests

namespace qd {
inline void PrintTo(orm::DatabaseKind engine, std::ostream* out) {
  *out << tests::engine_name(engine);
}
}  // namespace qd
