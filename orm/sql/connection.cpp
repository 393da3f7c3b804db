#include "orm/sql/connection.hpp"

namespace qd::orm {

std::int64_t SqlConnection::execute(const std::string& sql, const Values& values) {
  const auto statement = prepare(sql);
  for (unsigned at = 0; at < values.size(); ++at) statement->bind(at, values[at]);
  return statement->execute();
}

std::int64_t SqlConnection::number(const std::string& sql, const Values& values) {
  const auto rows = query(sql, values);
  return rows->next() && !rows->absent(0) ? rows->number(0) : 0;
}

}  // namespace qd::orm
