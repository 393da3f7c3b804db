#include "orm/stores/figure_store.hpp"

#include <fmt/format.h>

#include <utility>

#include "orm/guarded.hpp"
#include "orm/stores/definition_rows.hpp"
#include "orm/stores/fact_query.hpp"
#include "orm/stores/fact_rows.hpp"

namespace qd::orm {
namespace {

constexpr auto kComplete = static_cast<std::int64_t>(RunState::kComplete);

}  // namespace

std::shared_ptr<const SqlFigureStore::DefinitionRows> SqlFigureStore::definition_rows(
    std::int64_t needed) {
  const std::lock_guard lock(mutex_);
  if (known_definitions_ && known_definitions_->count(needed) > 0) return known_definitions_;
  auto rows = std::make_shared<DefinitionRows>();
  with_connection(pool_, [&](SqlConnection& connection) {
    for (auto& row : stored_definitions(connection))
      rows->emplace(row.id, std::move(row.definition));
  });
  known_definitions_ = rows;
  return rows;
}

Result<std::vector<Figure>> SqlFigureStore::read_figures(SqlConnection& connection,
                                                         const std::string& sql,
                                                         const Values& values) {
  std::vector<Figure> figures;
  std::shared_ptr<const DefinitionRows> definitions;
  const auto rows = connection.query(sql, values);
  while (rows->next()) {
    std::int64_t definition = 0;
    Fact fact = read_fact(*rows, definition);
    if (!definitions || definitions->count(definition) == 0) {
      definitions = definition_rows(definition);
    }
    figures.push_back({std::move(fact), definitions->at(definition)});
  }
  return figures;
}

Result<std::vector<Figure>> SqlFigureStore::facts(const FactQuery& query) {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<std::vector<Figure>> {
      // Between the two statements a run may complete; the facts of the runs chosen stay the same.
      const auto runs = numbers_of(connection, runs_sql(query));
      if (runs.empty()) return std::vector<Figure>{};
      const auto bound = facts_sql(query, runs, Dialect(connection.engine()));
      return read_figures(connection, bound.sql, bound.values);
    });
  });
}

Result<std::optional<Figure>> SqlFigureStore::fact(std::int64_t id) {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<std::optional<Figure>> {
      const Dialect dialect(connection.engine());
      auto found = read_figures(
          connection,
          fmt::format("SELECT {} FROM facts WHERE id = ?", dialect.list(fact_columns())), {id});
      if (!found) return fail(found.error());
      if (found->empty()) return std::nullopt;
      return std::move(found->front());
    });
  });
}

Result<std::int64_t> SqlFigureStore::data_version() {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      // Loads count too: areas and links are read from what they brought. Neither is ever removed.
      return connection.number(
          "SELECT (SELECT count(*) FROM runs WHERE state = ?) + (SELECT count(*) FROM loads)",
          {kComplete});
    });
  });
}

Result<std::vector<std::string>> SqlFigureStore::periods() {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      std::vector<std::string> periods;
      const auto rows = connection.query(
          "SELECT DISTINCT period FROM runs WHERE state = ? AND n_facts > 0 ORDER BY period",
          {kComplete});
      while (rows->next()) periods.emplace_back(rows->text(0));
      return periods;
    });
  });
}

}  // namespace qd::orm
