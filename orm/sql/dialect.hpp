// Where the two engines' SQL differs. Names are ours or were checked (see
// stores/physical_table.hpp); values are always bound.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "orm/target.hpp"

namespace qd::orm {

class Dialect {
 public:
  explicit Dialect(DatabaseKind engine) : engine_(engine) {}

  std::string quoted(std::string_view name) const;
  std::string list(const std::vector<std::string>& names, std::string_view prefix = {}) const;
  // True when both are the same, or both are missing.
  std::string same(std::string_view a, std::string_view b) const;
  std::string automatic_id() const;  // type of an id column
  std::string whole_number() const;
  std::string key_text() const;
  std::string long_text() const;
  std::string table_end() const;  // after the closing bracket of CREATE TABLE
  // After VALUES (…): a row that is there stays as it is.
  std::string unless_there() const;
  // Sets superseded_at (parameter 0) of the live versions that `changes` names in live_id.
  std::string supersede(std::string_view table, std::string_view changes) const;
  // Rows after the one whose values are bound, in the order of the columns. Gives also which
  // column each parameter belongs to. Each in the form the engine answers from an index.
  struct After {
    std::string sql;
    std::vector<std::size_t> columns;
  };
  After after(const std::vector<std::string>& columns) const;
  // After the name of a table: read it by that index. MariaDB would rather sort each page of an
  // answer; SQLite finds the index that has the order by itself. "" for no index.
  std::string by_index(std::string_view index) const;
  // What a query ends with to make others wait for the row it read; nothing where a writer has the
  // database to itself anyway.
  std::string for_update() const;

 private:
  bool sqlite() const { return engine_ == DatabaseKind::kSqlite; }
  DatabaseKind engine_;
};

// "?,?,?"
std::string placeholders(std::size_t n);

}  // namespace qd::orm
