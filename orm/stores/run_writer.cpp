#include "orm/stores/run_writer.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "core/model/member_set.hpp"
#include "orm/sql/dialect.hpp"
#include "orm/stores/definition_rows.hpp"
#include "orm/stores/fact_rows.hpp"
#include "orm/stores/physical_table.hpp"

namespace qd::orm {
namespace {

Result<void> refuse(const Run& run, const std::string& what) {
  return fail(ErrorCode::kStoreConflict, fmt::format("run {}: {}", run.id, what));
}

bool fits(const std::string& text) { return text.size() <= kKeyTextBytes; }

}  // namespace

Result<void> check_complete(const Run& run, const std::vector<Definition>& definitions,
                            const std::vector<Fact>& facts) {
  if (!run.finished_at) return refuse(run, "it does not say when it ended");
  if (!fits_in_a_run(facts.size())) return refuse(run, "too many facts");
  DefinitionIds known;
  for (const auto& definition : definitions) {
    if (!fits(definition.code)) return refuse(run, "the code of an indicator is too long");
    known[{definition.code, definition.version}] = 0;
  }
  for (const auto& fact : facts) {
    if (known.count({fact.indicator, fact.version}) == 0) {
      return refuse(run, fmt::format("the definition of {} version {} is missing", fact.indicator,
                                     fact.version));
    }
    if (!fits(fact.area) || !fits(fact.period) || !fits(fact.breakdown)) {
      return refuse(run, fmt::format("a fact of {} has an area, a period or a breakdown longer "
                                     "than {} bytes",
                                     fact.indicator, kKeyTextBytes));
    }
  }
  return {};
}

DefinitionIds store_definitions(SqlConnection& connection,
                                const std::vector<Definition>& definitions, Instant recorded_at) {
  const Dialect dialect(connection.engine());
  BulkWriter writer(connection, "fact_definitions", definition_columns(), dialect.unless_there());
  for (const auto& definition : definitions) write_definition(writer, definition, recorded_at);
  writer.flush();

  DefinitionIds ids;
  for (const auto& definition : definitions) {
    const std::string content = digest(definition);
    ids[{definition.code, definition.version}] = connection.number(
        "SELECT id FROM fact_definitions WHERE code = ? AND version = ? AND digest = ?",
        {definition.code, definition.version, content});
  }
  return ids;
}

void store_facts(SqlConnection& connection, const std::vector<Fact>& facts,
                 const DefinitionIds& definitions) {
  BulkWriter writer(connection, "facts", fact_columns());
  for (const auto& fact : facts) {
    write_fact(writer, fact, definitions.at({fact.indicator, fact.version}));
  }
  writer.flush();
}

void store_members(SqlConnection& connection, const std::vector<Fact>& facts) {
  BulkWriter writer(connection, "fact_members", {"id", "members"});
  for (const Fact& fact : facts) {
    if (fact.members.empty()) continue;
    writer.number(fact.id);
    writer.text(MemberSet(fact.members).bytes());
    writer.end_row();
  }
  writer.flush();
}

void store_notes(SqlConnection& connection, const Run& run) {
  BulkWriter writer(connection, "run_notes", {"id", "run", "message", "count", "severity"});
  std::int64_t position = 0;
  for (const auto& note : run.notes) {
    writer.number(run.id * kFactsPerRun + position++);
    writer.number(run.id);
    writer.text(note.message);
    writer.number(note.count);
    writer.number(static_cast<std::int64_t>(note.severity));
    writer.end_row();
  }
  writer.flush();
}

Run stored_run(SqlConnection& connection, const Run& run) {
  const auto rows = connection.query(
      "SELECT family, family_version, abi, library_sha256, period, state, failure, reason, "
      "input_digest, input_rows, n_facts, as_of, started_at, finished_at FROM runs WHERE id = ?",
      {run.id});
  if (!rows->next()) throw std::runtime_error(fmt::format("run {} is not there", run.id));
  Run stored = run;
  unsigned column = 0;
  for (auto* text : {&stored.family, &stored.family_version, &stored.abi, &stored.library_sha256,
                     &stored.period})
    *text = rows->text(column++);
  stored.state = static_cast<RunState>(rows->number(column++));
  stored.failure = static_cast<RunFailure>(rows->number(column++));
  stored.reason = rows->text(column++);
  stored.input_digest = rows->text(column++);
  stored.input_rows = rows->number(column++);
  stored.n_facts = rows->number(column++);
  stored.as_of = instant_of(rows->number(column++));
  stored.started_at = instant_of(rows->number(column++));
  stored.finished_at = instant_of(rows->number(column));
  return stored;
}

RunSeal seal_of(SqlConnection& connection, const Run& run, const DefinitionIds& definitions,
                const std::vector<Fact>& facts) {
  std::map<std::int64_t, Definition> by_number;
  for (auto& row : stored_definitions(connection))
    by_number.emplace(row.id, std::move(row.definition));
  RunSealer sealer;
  for (const Fact& fact : facts) {
    const auto number = definitions.at({fact.indicator, fact.version});
    sealer.take(view_of(fact, by_number.at(number)));
    if (!fact.members.empty()) sealer.take_members(fact.id, MemberSet(fact.members).bytes());
  }
  return sealer.seal(run);
}

bool end_run(SqlConnection& connection, const Run& run, RunState state, std::int64_t n_facts) {
  const Value finished =
      run.finished_at ? Value(milliseconds(*run.finished_at)) : Value(std::monostate{});
  return connection.execute(
             "UPDATE runs SET state = ?, failure = ?, reason = ?, input_digest = ?, input_rows = "
             "?, "
             "n_facts = ?, finished_at = ? WHERE id = ? AND state = ?",
             {static_cast<std::int64_t>(state), static_cast<std::int64_t>(run.failure), run.reason,
              run.input_digest, run.input_rows, n_facts, finished, run.id,
              static_cast<std::int64_t>(RunState::kRunning)}) == 1;
}

}  // namespace qd::orm
