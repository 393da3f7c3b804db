// From a FactQuery to SQL.
#pragma once

#include <string>
#include <vector>

#include "core/ports/fact_store.hpp"
#include "orm/sql/connection.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {

// A statement and what is bound to it. Texts point into the FactQuery it was made from.
struct BoundSql {
  std::string sql;
  Values values;
};

// The runs whose facts are asked for.
BoundSql runs_sql(const FactQuery& query);

// The facts of those runs, in the documented order; columns as fact_columns().
BoundSql facts_sql(const FactQuery& query, const std::vector<std::int64_t>& runs,
                   const Dialect& dialect);

}  // namespace qd::orm
