#include "orm/stores/return_store.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

std::string text_of(ReturnState state) { return std::string(to_text(state)); }

constexpr const char* kUnfinished = "state IN ('claimed', 'built')";
// 1 and 2 are DeliveryState's planned and delivered.
constexpr const char* kAllDelivered =
    "state = 'built' AND EXISTS (SELECT 1 FROM deliveries d WHERE d.return_run = return_runs.id "
    "AND d.state = 2) AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.return_run = "
    "return_runs.id AND d.state = 1)";

std::string joined(const std::vector<std::int64_t>& numbers) {
  return fmt::format("{}", fmt::join(numbers, ","));
}

std::vector<std::int64_t> parted(const std::string& text) {
  std::vector<std::int64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    std::int64_t number = 0;
    at = std::from_chars(at, end, number).ptr + 1;  // over the comma
    numbers.push_back(number);
  }
  return numbers;
}

// A state this program does not know is a newer one's: nothing of it may be claimed or delivered.
ReturnState state_of(const rows::ReturnRunRow& row) {
  const auto state = parse_return_state(row.state);
  if (!state) throw std::runtime_error(fmt::format("return {} is '{}'", row.id, row.state));
  return *state;
}

ReturnRun return_of(const rows::ReturnRunRow& row) {
  ReturnRun run;
  run.id = row.id;
  run.schedule = row.schedule;
  run.period = row.period;
  run.revision = row.revision;
  run.state = state_of(row);
  run.reason = row.reason;
  run.fence = row.fence;
  run.claimed_at = instant_of(row.claimed_at);
  run.lease_until = instant_of(row.lease_until);
  run.as_of = instant_of(row.as_of);
  run.fact_runs = parted(row.fact_runs);
  run.file_name = row.file_name;
  run.sha256 = row.sha256;
  if (row.delivered_at) run.delivered_at = instant_of(*row.delivered_at);
  run.due_rule = row.due_rule;
  return run;
}

rows::ReturnRunRow first_claim(const ReturnRun& wanted) {
  rows::ReturnRunRow row;
  row.schedule = wanted.schedule;
  row.period = wanted.period;
  row.revision = wanted.revision;
  row.state = text_of(ReturnState::kClaimed);
  row.fence = 1;
  row.claimed_at = milliseconds(wanted.claimed_at);
  row.lease_until = milliseconds(wanted.lease_until);
  return row;
}

struct Change {
  std::string assignments;  // "state = ?, …"
  Values values;
  std::string where;  // "state = 'built'": besides the return and its fence
};

// Makes a change that names the fence; kStoreConflict when it finds no such row.
Result<void> update_fenced(SqlConnection& connection, const ReturnRun& run, const Change& change) {
  Values values = change.values;
  values.insert(values.end(), {run.schedule, run.period, std::int64_t{run.revision}, run.fence});
  const auto found = connection.execute(
      fmt::format("UPDATE return_runs SET {} WHERE schedule = ? AND period = ? AND revision = ? "
                  "AND fence = ? AND {}",
                  change.assignments, change.where),
      values);
  if (found == 1) return {};
  return fail(ErrorCode::kStoreConflict,
              fmt::format("return {} {} r{} is not held any more with fence {}", run.schedule,
                          run.period, run.revision, run.fence),
              "someone else took it over, or it was delivered; look at its state");
}

// The new fence, or 0 when someone holds the return or it is finished. The condition and the change
// are one statement: of two who see the lease ended only one finds it so.
std::int64_t raise_fence(SqlConnection& connection, const ReturnRun& wanted) {
  const std::int64_t now = milliseconds(wanted.claimed_at);
  const std::int64_t revision = wanted.revision;
  const auto found = connection.execute(
      "UPDATE return_runs SET fence = fence + 1, state = 'claimed', reason = '', claimed_at = ?, "
      "lease_until = ? WHERE schedule = ? AND period = ? AND revision = ? "
      "AND (state = 'failed' OR (state IN ('claimed', 'built') AND lease_until <= ?))",
      {now, milliseconds(wanted.lease_until), wanted.schedule, wanted.period, revision, now});
  if (found != 1) return 0;
  return connection.number(
      "SELECT fence FROM return_runs WHERE schedule = ? AND period = ? AND revision = ?",
      {wanted.schedule, wanted.period, revision});
}

void store_workbook(SqlConnection& connection, const ReturnRun& run) {
  connection.execute(
      "DELETE FROM workbooks WHERE return_run = "
      "(SELECT id FROM return_runs WHERE schedule = ? AND period = ? AND revision = ?)",
      {run.schedule, run.period, std::int64_t{run.revision}});
  connection.execute(
      "INSERT INTO workbooks (return_run, bytes) SELECT id, ? FROM return_runs "
      "WHERE schedule = ? AND period = ? AND revision = ?",
      {run.workbook, run.schedule, run.period, std::int64_t{run.revision}});
}

}  // namespace

Result<std::optional<ReturnRun>> SqlReturnStore::claim(const std::string& schedule,
                                                       const std::string& period, int revision,
                                                       Instant now, Instant lease_until) {
  ReturnRun wanted;
  wanted.schedule = schedule;
  wanted.period = period;
  wanted.revision = revision;
  wanted.claimed_at = now;
  wanted.lease_until = lease_until;

  const auto inserted = retried([&] {
    rows::ReturnRunRow row = first_claim(wanted);
    gateway_.persist(row);
    return return_of(row);
  });
  if (inserted) return *inserted;
  // The unique index said no: the row is there.
  if (inserted.error().code != ErrorCode::kStoreConflict) return fail(inserted.error());
  return take_over(wanted);
}

Result<std::optional<ReturnRun>> SqlReturnStore::take_over(const ReturnRun& wanted) {
  const auto fence = retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      SqlTransaction transaction(connection);
      const std::int64_t taken = raise_fence(connection, wanted);
      transaction.commit();
      return taken;
    });
  });
  if (!fence) return fail(fence.error());
  if (*fence == 0) return std::nullopt;
  auto found = find(wanted.schedule, wanted.period, wanted.revision);
  // A lease this short that it has ended since: the next holder's fence must not become ours.
  if (found && *found && (*found)->fence != *fence) return std::nullopt;
  return found;
}

Result<void> SqlReturnStore::store_built(const ReturnRun& run) {
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<void> {
      SqlTransaction transaction(connection);
      const std::string runs = joined(run.fact_runs);
      auto updated = update_fenced(
          connection, run,
          {"state = ?, as_of = ?, fact_runs = ?, file_name = ?, sha256 = ?, due_rule = ?",
           {text_of(ReturnState::kBuilt), milliseconds(run.as_of), runs, run.file_name, run.sha256,
            run.due_rule},
           kUnfinished});
      if (!updated) return updated;
      store_workbook(connection, run);
      trail_.write(connection, {Act::kReturnBuilt, subject_of_return(run), run.sha256, run.as_of});
      transaction.commit();
      return {};
    });
  });
}

Result<void> SqlReturnStore::store_delivered(const ReturnRun& run) {
  if (!run.delivered_at) {
    return fail(ErrorCode::kStoreConflict, "a delivered return does not say when");
  }
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) -> Result<void> {
      SqlTransaction transaction(connection);
      auto updated =
          update_fenced(connection, run,
                        {"state = ?, delivered_at = ?",
                         {text_of(ReturnState::kDelivered), milliseconds(*run.delivered_at)},
                         kAllDelivered});
      if (!updated) return updated;
      trail_.write(connection,
                   {Act::kReturnDelivered, subject_of_return(run), run.sha256, *run.delivered_at});
      transaction.commit();
      return {};
    });
  });
}

Result<void> SqlReturnStore::store_failed(const ReturnRun& run) {
  return retried([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      return update_fenced(
          connection, run,
          {"state = ?, reason = ?", {text_of(ReturnState::kFailed), run.reason}, kUnfinished});
    });
  });
}

Result<std::vector<ReturnRun>> SqlReturnStore::list() {
  return guarded([&] {
    std::vector<ReturnRun> runs;
    for (const auto& row : gateway_.return_runs()) runs.push_back(return_of(row));
    return runs;
  });
}

Result<std::optional<ReturnRun>> SqlReturnStore::find(const std::string& schedule,
                                                      const std::string& period, int revision) {
  return guarded([&]() -> std::optional<ReturnRun> {
    const auto row = gateway_.return_run(schedule, period, revision);
    if (!row) return std::nullopt;
    ReturnRun run = return_of(*row);
    const auto workbook = gateway_.find<rows::WorkbookRow>(row->id);
    if (workbook) run.workbook.assign(workbook->bytes.begin(), workbook->bytes.end());
    return run;
  });
}

}  // namespace qd::orm
