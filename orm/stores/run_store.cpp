#include "orm/stores/run_store.hpp"

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

}  // namespace

Result<std::int64_t> SqlRunStore::begin_run(const Run& run, Instant lease_until) {
  return retried([&] {
    rows::RunRow row = row_of(run, lease_until);
    gateway_.persist(row);
    return row.id;
  });
}

Result<void> SqlRunStore::complete_run(const Run& run, const std::vector<Definition>& definitions,
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
      const auto numbers = store_definitions(connection, definitions, *run.finished_at);
      store_facts(connection, facts, numbers);
      store_members(connection, facts);
      store_notes(connection, run);
      const Run stored = stored_run(connection, run);
      trail_.write(connection, stored, seal_of(connection, stored, numbers, facts));
      transaction.commit();
      return {};
    });
  });
}

Result<void> SqlRunStore::fail_run(const Run& run) {
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

Result<int> SqlRunStore::sweep_runs(Instant now) {
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

Result<std::vector<Run>> SqlRunStore::runs(std::optional<std::string> family,
                                           std::optional<std::string> period) {
  return guarded([&] {
    const auto rows = gateway_.runs(family ? &*family : nullptr, period ? &*period : nullptr);
    if (rows.empty()) return std::vector<Run>{};
    return with_notes(rows, gateway_.notes(rows.back().id, rows.front().id));
  });
}

Result<std::optional<Run>> SqlRunStore::run(std::int64_t id) {
  return guarded([&]() -> std::optional<Run> {
    const auto row = gateway_.find<rows::RunRow>(id);
    if (!row) return std::nullopt;
    Run run = run_of(*row);
    for (const auto& note : gateway_.notes(id, id)) run.notes.push_back(note_of(note));
    return run;
  });
}

// A current run is complete, and a complete one never changes: reading it after its number was
// chosen gives what was chosen.
Result<std::vector<Run>> SqlRunStore::current_runs(const CurrentRuns& wanted) {
  const auto chosen = guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      return numbers_of(connection, current_runs_sql(wanted));
    });
  });
  if (!chosen) return fail(chosen.error());
  std::vector<Run> current;
  for (const std::int64_t id : *chosen) {
    auto found = run(id);
    if (!found) return fail(found.error());
    if (*found) current.push_back(std::move(**found));
  }
  return current;
}

}  // namespace qd::orm
