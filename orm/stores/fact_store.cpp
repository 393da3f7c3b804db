#include "orm/stores/fact_store.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "orm/guarded.hpp"
#include "orm/stores/fact_query.hpp"
#include "orm/stores/fact_rows.hpp"
#include "orm/stores/run_writer.hpp"

namespace qd::orm {
namespace {

constexpr auto kRunning = static_cast<std::int64_t>(RunState::kRunning);
constexpr auto kComplete = static_cast<std::int64_t>(RunState::kComplete);

tl::unexpected<Error> not_running(const Run& run) {
  return fail(ErrorCode::kStoreConflict, fmt::format("run {} is not running any more", run.id),
              "it was ended by someone else, or its lease had run out; compute again");
}

RunNote note_of(const rows::RunNoteRow& row) {
  return {row.message, row.count, static_cast<NoteSeverity>(row.severity)};
}

std::vector<Run> with_notes(const std::vector<rows::RunRow>& rows,
                            const std::vector<rows::RunNoteRow>& notes) {
  std::map<std::int64_t, std::vector<RunNote>> by_run;
  for (const auto& note : notes) by_run[note.run].push_back(note_of(note));
  std::vector<Run> runs;
  for (const auto& row : rows) {
    runs.push_back(run_of(row));
    runs.back().notes = std::move(by_run[row.id]);
  }
  return runs;
}

// An instant as the gateway takes one, which may be none.
class MaybeMilliseconds {
 public:
  explicit MaybeMilliseconds(std::optional<Instant> instant)
      : milliseconds_(instant ? std::optional(milliseconds(*instant)) : std::nullopt) {}
  const std::int64_t* get() const { return milliseconds_ ? &*milliseconds_ : nullptr; }

 private:
  std::optional<std::int64_t> milliseconds_;
};

std::vector<std::int64_t> numbers_of(SqlConnection& connection, const BoundSql& bound) {
  std::vector<std::int64_t> numbers;
  const auto rows = connection.query(bound.sql, bound.values);
  while (rows->next()) numbers.push_back(rows->number(0));
  return numbers;
}

}  // namespace

Result<std::int64_t> SqlFactStore::begin_run(const Run& run, Instant lease_until) {
  return retried([&] {
    rows::RunRow row = row_of(run, lease_until);
    gateway_.persist(row);
    return row.id;
  });
}

Result<void> SqlFactStore::complete_run(const Run& run, const std::vector<Definition>& definitions,
                                        std::vector<Fact>& facts) {
  std::int64_t position = 0;
  for (auto& fact : facts) {
    fact.run = run.id;
    fact.id = run.id * kFactsPerRun + position++;
  }
  if (auto checked = check_complete(run, definitions, facts); !checked) return checked;
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<void> {
      SqlTransaction transaction(connection);
      // First, so that a run that was ended meanwhile costs nothing.
      const auto n_facts = static_cast<std::int64_t>(facts.size());
      if (!end_run(connection, run, RunState::kComplete, n_facts)) return not_running(run);
      store_facts(connection, facts, store_definitions(connection, definitions));
      store_notes(connection, run);
      transaction.commit();
      return {};
    });
  });
}

Result<void> SqlFactStore::fail_run(const Run& run) {
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<void> {
      SqlTransaction transaction(connection);
      if (!end_run(connection, run, RunState::kFailed, 0)) return not_running(run);
      store_notes(connection, run);
      transaction.commit();
      return {};
    });
  });
}

Result<int> SqlFactStore::sweep_runs(Instant now) {
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      const auto swept = connection.execute(
          "UPDATE runs SET state = ?, failure = ?, reason = ?, finished_at = ? "
          "WHERE state = ? AND lease_until <= ?",
          {static_cast<std::int64_t>(RunState::kFailed),
           static_cast<std::int64_t>(RunFailure::kAbandoned),
           "stopped: the program that ran it ended before it did", milliseconds(now), kRunning,
           milliseconds(now)});
      return static_cast<int>(swept);
    });
  });
}

Result<std::vector<Run>> SqlFactStore::runs(std::optional<std::string> family,
                                            std::optional<std::string> period) {
  return guarded([&] {
    const auto rows = gateway_.runs(family ? &*family : nullptr, period ? &*period : nullptr);
    if (rows.empty()) return std::vector<Run>{};
    return with_notes(rows, gateway_.notes(rows.back().id, rows.front().id));
  });
}

Result<std::optional<Run>> SqlFactStore::run(std::int64_t id) {
  return guarded([&]() -> std::optional<Run> {
    const auto row = gateway_.find<rows::RunRow>(id);
    if (!row) return std::nullopt;
    Run run = run_of(*row);
    for (const auto& note : gateway_.notes(id, id)) run.notes.push_back(note_of(note));
    return run;
  });
}

std::shared_ptr<const SqlFactStore::DefinitionRows> SqlFactStore::definition_rows(
    std::int64_t needed) {
  const std::lock_guard lock(mutex_);
  if (known_definitions_ && known_definitions_->count(needed) > 0) return known_definitions_;
  auto rows = std::make_shared<DefinitionRows>();
  for (const auto& row : gateway_.fact_definitions()) rows->emplace(row.id, definition_of(row));
  known_definitions_ = rows;
  return rows;
}

Result<std::vector<Figure>> SqlFactStore::read_figures(SqlConnection& connection,
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

Result<std::vector<Figure>> SqlFactStore::facts(const FactQuery& query) {
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

Result<std::optional<Figure>> SqlFactStore::fact(std::int64_t id) {
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

Result<std::int64_t> SqlFactStore::data_version() {
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      // Loads count too: areas and links are read from what they brought. Neither is ever removed.
      return connection.number(
          "SELECT (SELECT count(*) FROM runs WHERE state = ?) + (SELECT count(*) FROM loads)",
          {kComplete});
    });
  });
}

// What people captured goes before what the libraries said, and of several wordings of one version
// the one written down last holds.
Result<std::vector<Definition>> SqlFactStore::definitions(std::optional<Instant> as_of) {
  return guarded([&] {
    std::map<std::pair<std::string, int>, Definition> known;
    const auto add = [&](Definition definition) {
      known[{definition.code, definition.version}] = std::move(definition);
    };
    // One with a formula is a copy of what people captured, and perhaps of what they did later.
    for (const auto& row : gateway_.fact_definitions())
      if (!as_of || row.formula.empty()) add(definition_of(row));
    const MaybeMilliseconds instant(as_of);
    for (const auto& row : gateway_.definitions(instant.get())) add(definition_of(row));
    std::vector<Definition> definitions;
    definitions.reserve(known.size());
    for (auto& [key, definition] : known) definitions.push_back(std::move(definition));
    return definitions;
  });
}

Result<std::vector<DefinitionLink>> SqlFactStore::links(std::optional<Instant> as_of) {
  return guarded([&] {
    std::vector<DefinitionLink> links;
    const MaybeMilliseconds instant(as_of);
    for (const auto& row : gateway_.links(instant.get())) links.push_back(link_of(row));
    return links;
  });
}

Result<std::vector<Area>> SqlFactStore::areas(std::optional<Instant> as_of) {
  return guarded([&] {
    std::vector<Area> areas;
    const MaybeMilliseconds instant(as_of);
    for (const auto& row : gateway_.areas(instant.get())) areas.push_back(area_of(row));
    return areas;
  });
}

Result<std::vector<std::string>> SqlFactStore::periods() {
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
