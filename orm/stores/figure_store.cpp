#include "orm/stores/figure_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "orm/guarded.hpp"
#include "orm/stores/definition_rows.hpp"
#include "orm/stores/fact_query.hpp"
#include "orm/stores/fact_rows.hpp"

namespace qd::orm {
namespace {

constexpr auto kComplete = static_cast<std::int64_t>(RunState::kComplete);
constexpr std::size_t kAskedAtOnce = 500;

void hand_over(Rows& rows, const MembersSink& sink) {
  while (rows.next()) sink(rows.number(0), rows.text(1));
}

}  // namespace

std::shared_ptr<const SqlFigureStore::DefinitionRows> SqlFigureStore::definition_rows(
    std::int64_t needed) {
  const std::lock_guard lock(mutex_);
  if (known_definitions_ && known_definitions_->count(needed) > 0) return known_definitions_;
  // Those that were known stay where they are: who reads facts points to them.
  auto rows = known_definitions_ ? std::make_shared<DefinitionRows>(*known_definitions_)
                                 : std::make_shared<DefinitionRows>();
  with_connection(pool_, [&](SqlConnection& connection) {
    for (auto& row : stored_definitions(connection))
      if (rows->count(row.id) == 0)
        rows->emplace(row.id, std::make_shared<const Definition>(std::move(row.definition)));
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
    figures.push_back({std::move(fact), *definitions->at(definition)});
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

Result<void> SqlFigureStore::scan(std::int64_t run, FigureSink& sink) {
  return guarded([&]() -> Result<void> {
    with_connection(pool_, [&](SqlConnection& connection) {
      // By number: a run's facts lie side by side.
      const auto rows =
          connection.query(fmt::format("SELECT {} FROM facts WHERE id BETWEEN ? AND ?",
                                       Dialect(connection.engine()).list(fact_columns())),
                           {run * kFactsPerRun, (run + 1) * kFactsPerRun - 1});
      std::shared_ptr<const DefinitionRows> definitions;
      while (rows->next()) {
        std::int64_t number = 0;
        FigureView figure = view_fact(*rows, number);
        if (!definitions || definitions->count(number) == 0) definitions = definition_rows(number);
        figure.definition = definitions->at(number).get();
        sink.take(figure);
      }
    });
    return {};
  });
}

Result<void> SqlFigureStore::members(const std::vector<std::int64_t>& figures,
                                     const MembersSink& sink) {
  return guarded([&]() -> Result<void> {
    with_connection(pool_, [&](SqlConnection& connection) {
      for (std::size_t at = 0; at < figures.size(); at += kAskedAtOnce) {
        const auto some =
            std::span(figures).subspan(at, std::min(kAskedAtOnce, figures.size() - at));
        hand_over(*connection.query(fmt::format("SELECT id, members FROM fact_members WHERE id IN "
                                                "({})",
                                                fmt::join(some, ","))),
                  sink);
      }
    });
    return {};
  });
}

Result<void> SqlFigureStore::scan_members(std::int64_t run, const MembersSink& sink) {
  return guarded([&]() -> Result<void> {
    with_connection(pool_, [&](SqlConnection& connection) {
      hand_over(*connection.query("SELECT id, members FROM fact_members WHERE id BETWEEN ? AND ?",
                                  {run * kFactsPerRun, (run + 1) * kFactsPerRun - 1}),
                sink);
    });
    return {};
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
