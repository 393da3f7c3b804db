// An input table as it lies in the database.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/table.hpp"
#include "orm/sql/connection.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {

struct PhysicalTable {
  std::string name;                  // shipped: the table's; declared: "declared_" + the table's
  std::vector<std::string> columns;  // the table's own, in its order
  std::size_t n_key;                 // the first so many are the natural key

  std::vector<std::string> key() const {
    return {columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(n_key)};
  }
};

// Checks every name that will become part of a statement: [a-z][a-z0-9_]*, at most 48 letters, and
// none of the store's own columns. Errors: kStoreConflict.
Result<PhysicalTable> physical_table(const TableSpec& table);

bool is_shipped(const TableSpec& table);

// CREATE TABLE and CREATE INDEX of a declared table, as the rows of shipped ones are made.
std::vector<std::string> creation(const TableSpec& table, const PhysicalTable& physical,
                                  const Dialect& dialect);

// ", name TYPE [NOT NULL]" for every column of the table. Only those of the key are NOT NULL: what
// else is needed is asked of a record when it is taken in, and may be asked no longer one day.
std::string column_list(const TableSpec& table, const Dialect& dialect);

// Makes those columns of the table that are not there yet.
void add_columns(SqlConnection& connection, const TableSpec& table, const PhysicalTable& physical);

}  // namespace qd::orm
