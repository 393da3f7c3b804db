// From a FactQuery to SQL.
#pragma once

#include <string>
#include <vector>

#include "core/ports/figures/figure_store.hpp"
#include "core/ports/run_store.hpp"
#include "orm/sql/connection.hpp"
#include "orm/sql/dialect.hpp"

namespace qd::orm {

// A statement and what is bound to it. Texts point into the question it was made from.
struct BoundSql {
  std::string sql;
  Values values;
};

// Numbers of the current runs, ascending: where RunStore::current_runs is answered.
BoundSql current_runs_sql(const CurrentRuns& wanted);

// Numbers of the runs whose facts are asked for.
BoundSql runs_sql(const FactQuery& query);

// The first column of every row.
std::vector<std::int64_t> numbers_of(SqlConnection& connection, const BoundSql& bound);

// The facts of those runs, in the documented order; columns as fact_columns().
BoundSql facts_sql(const FactQuery& query, const std::vector<std::int64_t>& runs,
                   const Dialect& dialect);

}  // namespace qd::orm
