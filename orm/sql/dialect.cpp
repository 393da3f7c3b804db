#include "orm/sql/dialect.hpp"

#include <fmt/format.h>

namespace qd::orm {

std::string placeholders(std::size_t n) {
  std::string all;
  for (std::size_t at = 0; at < n; ++at) all += at == 0 ? "?" : ",?";
  return all;
}

std::string Dialect::quoted(std::string_view name) const {
  const char mark = sqlite() ? '"' : '`';
  return fmt::format("{}{}{}", mark, name, mark);
}

std::string Dialect::list(const std::vector<std::string>& names, std::string_view prefix) const {
  std::string all;
  for (const auto& name : names) {
    if (!all.empty()) all += ", ";
    all += prefix;
    all += quoted(name);
  }
  return all;
}

std::string Dialect::same(std::string_view a, std::string_view b) const {
  return fmt::format("{} {} {}", a, sqlite() ? "IS" : "<=>", b);
}

std::string Dialect::automatic_id() const {
  return sqlite() ? "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"
                  : "BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT";
}

std::string Dialect::whole_number() const { return sqlite() ? "INTEGER" : "BIGINT"; }
std::string Dialect::key_text() const { return "VARCHAR(128)"; }
std::string Dialect::long_text() const { return "TEXT"; }

std::string Dialect::table_end() const {
  return sqlite() ? "" : " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin";
}

std::string Dialect::unless_there() const {
  return sqlite() ? " ON CONFLICT DO NOTHING" : " ON DUPLICATE KEY UPDATE id = id";
}

std::string Dialect::supersede(std::string_view table, std::string_view changes) const {
  if (sqlite()) {
    return fmt::format(
        "UPDATE {0} SET superseded_at = ?, live = NULL WHERE live = 1 AND id IN "
        "(SELECT live_id FROM {1} WHERE live_id IS NOT NULL)",
        quoted(table), quoted(changes));
  }
  return fmt::format(
      "UPDATE {1} c STRAIGHT_JOIN {0} t ON t.id = c.live_id "
      "SET t.superseded_at = ?, t.live = NULL WHERE t.live = 1",
      quoted(table), quoted(changes));
}

Dialect::After Dialect::after(const std::vector<std::string>& columns) const {
  After after;
  if (sqlite()) {  // a comparison of whole rows is a range of the index
    after.sql = fmt::format("({}) > ({})", list(columns), placeholders(columns.size()));
    for (std::size_t at = 0; at < columns.size(); ++at) after.columns.push_back(at);
    return after;
  }
  // MariaDB reads ranges out of (a > ?) OR (a = ? AND b > ?) OR …, not out of whole rows.
  for (std::size_t last = 0; last < columns.size(); ++last) {
    after.sql += last == 0 ? "(" : " OR (";
    for (std::size_t at = 0; at < last; ++at) {
      after.sql += quoted(columns[at]) + " = ? AND ";
      after.columns.push_back(at);
    }
    after.sql += quoted(columns[last]) + " > ?)";
    after.columns.push_back(last);
  }
  after.sql = "(" + after.sql + ")";
  return after;
}

std::string Dialect::by_index(std::string_view index) const {
  return sqlite() || index.empty() ? "" : fmt::format(" FORCE INDEX ({})", quoted(index));
}

std::string Dialect::for_update() const { return sqlite() ? "" : " FOR UPDATE"; }

}  // namespace qd::orm
