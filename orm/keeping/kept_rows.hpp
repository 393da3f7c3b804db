// Rows of any table of either engine, as they are kept: numbers, texts and bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "orm/backup.hpp"
#include "orm/sql/connection.hpp"

namespace qd::orm {

struct KeptColumn {
  std::string name;
  bool is_number = false;
};
using KeptColumns = std::vector<KeptColumn>;

// Of the tables of the database, by name; without those that are an engine's own. Throws.
std::vector<std::string> table_names(SqlConnection& connection);
// In their order. Throws; also for a type that no table of ours has.
KeptColumns columns_of(SqlConnection& connection, const std::string& table);

// One row: its cells in the order of the columns, absent ones without a value.
using RowSink = std::function<void(const Values& cells)>;
// Reads every row of a table; constant memory. Throws.
void for_each_row(SqlConnection& connection, const std::string& table, const KeptColumns& columns,
                  const RowSink& sink);

// The same rows give the same digest in whatever order they come.
class RowDigest {
 public:
  void add(const Values& cells);
  KeptTable of(const std::string& table) const;

 private:
  std::uint64_t sums_[4] = {};
  std::int64_t n_rows_ = 0;
};

// Reads the table. Throws.
KeptTable digest_of(SqlConnection& connection, const std::string& table,
                    const KeptColumns& columns);
// Copies all rows; the columns are those of `from`, and there in `to`. Throws.
KeptTable copy_rows(SqlConnection& from, SqlConnection& to, const std::string& table,
                    const KeptColumns& columns);

}  // namespace qd::orm
