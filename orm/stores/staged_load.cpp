#include "orm/stores/staged_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "orm/guarded.hpp"

namespace qd::orm {
namespace {

Error too_long(const TableSpec& table, std::size_t column, std::size_t most) {
  return {ErrorCode::kStoreConflict,
          fmt::format("table {}: a text of column {} is longer than {} bytes", table.name,
                      table.columns[column].name, most),
          "shorten it"};
}

// nullopt: every text fits.
std::optional<Error> overlong_text(const TableSpec& table, std::span<const Cell> cells) {
  for (std::size_t at = 0; at < cells.size(); ++at) {
    const std::size_t most = table.most_text_bytes(at);
    if (cells[at].text.size() > most) return too_long(table, at, most);
  }
  return std::nullopt;
}

void write_cell(BulkWriter& writer, ColumnType type, const Cell& cell) {
  if (!cell.present) return writer.absent();
  if (type == ColumnType::kText) return writer.text(cell.text);
  writer.number(cell.value);
}

// "t.a = s.a AND t.b = s.b"
std::string keys_match(const PhysicalTable& table, const Dialect& dialect) {
  std::string condition;
  for (const auto& name : table.key()) {
    if (!condition.empty()) condition += " AND ";
    condition += fmt::format("t.{0} = s.{0}", dialect.quoted(name));
  }
  return condition;
}

// "t.c IS s.c AND …"; of a table that is all key: always true.
std::string rest_is_same(const PhysicalTable& table, const Dialect& dialect) {
  std::string condition = "1 = 1";
  for (std::size_t at = table.n_key; at < table.columns.size(); ++at) {
    const std::string name = dialect.quoted(table.columns[at]);
    condition += " AND " + dialect.same("t." + name, "s." + name);
  }
  return condition;
}

}  // namespace

StagedLoad::StagedLoad(std::unique_ptr<SqlConnection> connection, LoadSource source,
                       const Clock& clock, const AuditTrail& trail)
    : connection_(std::move(connection)),
      dialect_(connection_->engine()),
      source_(std::move(source)),
      clock_(clock),
      trail_(trail) {}

Result<void> StagedLoad::add(const TableSpec& table, std::span<const Cell> cells) {
  if (transaction_ || committed_) {
    return fail(ErrorCode::kStoreConflict, "the load is finished and takes no more records");
  }
  if (const auto error = overlong_text(table, cells)) return fail(*error);
  return guarded([&]() -> Result<void> {
    const auto stage = stage_for(table);
    if (!stage) return fail(stage.error());
    for (std::size_t at = 0; at < cells.size(); ++at) {
      write_cell((*stage)->writer, table.columns[at].type(), cells[at]);
    }
    (*stage)->writer.end_row();
    ++(*stage)->n_staged;
    return {};
  });
}

Result<StagedLoad::Stage*> StagedLoad::stage_for(const TableSpec& table) {
  for (const auto& stage : stages_) {
    if (stage->spec.name == table.name) return stage.get();
  }
  auto physical = physical_table(table);
  if (!physical) return fail(physical.error());
  const auto number = stages_.size();
  const std::string staged = fmt::format("staged_{}", number);
  auto columns = physical->columns;
  auto stage = std::make_unique<Stage>(Stage{table,
                                             std::move(*physical),
                                             staged,
                                             fmt::format("changes_{}", number),
                                             BulkWriter(*connection_, staged, std::move(columns)),
                                             0,
                                             {}});
  create_temporary_tables(table, *stage);
  stages_.push_back(std::move(stage));
  return stages_.back().get();
}

void StagedLoad::create_temporary_tables(const TableSpec& table, const Stage& stage) {
  const std::string seq = connection_->engine() == DatabaseKind::kSqlite
                              ? "INTEGER PRIMARY KEY"
                              : "BIGINT NOT NULL PRIMARY KEY AUTO_INCREMENT";
  connection_->script(fmt::format("CREATE TEMPORARY TABLE {} (seq {}{}){}",
                                  dialect_.quoted(stage.staged), seq, column_list(table, dialect_),
                                  dialect_.table_end()));
  connection_->script(
      fmt::format("CREATE TEMPORARY TABLE {} (seq {} NOT NULL PRIMARY KEY, live_id {} NULL){}",
                  dialect_.quoted(stage.changes), dialect_.whole_number(), dialect_.whole_number(),
                  dialect_.table_end()));
}

// Nothing is kept of an attempt that fails on the way: the next one begins again from the staged
// rows.
void StagedLoad::begin() {
  transaction_.reset();
  auto transaction = std::make_unique<SqlTransaction>(*connection_);
  // Loads take turns, so that what is counted here is what will be done: SQLite has one writer at
  // a time anyway, on MariaDB they queue for this row. Between the nodes of a cluster the row keeps
  // nobody out; there the unique indices do, and commit() starts over.
  connection_->number("SELECT version FROM schema_version WHERE name = ''" + dialect_.for_update());
  for (const auto& stage : stages_) tell_apart(*stage);
  transaction_ = std::move(transaction);
}

void StagedLoad::tell_apart(Stage& stage) {
  const std::string changes = dialect_.quoted(stage.changes);
  connection_->execute("DELETE FROM " + changes);
  connection_->execute(
      fmt::format("INSERT INTO {} (seq, live_id) SELECT s.seq, t.id FROM {} s LEFT JOIN {} t "
                  "ON {} AND t.live = 1 WHERE t.id IS NULL OR NOT ({})",
                  changes, dialect_.quoted(stage.staged), dialect_.quoted(stage.table.name),
                  keys_match(stage.table, dialect_), rest_is_same(stage.table, dialect_)));
  const auto rows = connection_->query("SELECT count(*), count(live_id) FROM " + changes);
  rows->next();
  const std::int64_t changed = rows->number(0);
  stage.counts.superseded = rows->number(1);
  stage.counts.inserted = changed - stage.counts.superseded;
  stage.counts.unchanged = stage.n_staged - changed;
}

Result<std::vector<std::pair<std::string, LoadCounts>>> StagedLoad::finish() {
  if (committed_) return fail(ErrorCode::kStoreConflict, "the load is committed already");
  auto told = retried([&] {
    transaction_.reset();
    for (const auto& stage : stages_) stage->writer.flush();
    begin();
  });
  if (!told) return fail(told.error());
  std::vector<std::pair<std::string, LoadCounts>> counts;
  for (const auto& stage : stages_) counts.emplace_back(stage->spec.name, stage->counts);
  return counts;
}

bool StagedLoad::has_changes() const {
  return std::any_of(stages_.begin(), stages_.end(), [](const auto& stage) {
    return stage->counts.inserted + stage->counts.superseded > 0;
  });
}

// Asked for while it is this load's turn: whoever looked before saw none of its records, and
// whoever looks later sees all of them at that instant, whatever the clocks of the machines say.
std::int64_t StagedLoad::instant_of_commit() {
  const std::int64_t newest = connection_->number("SELECT max(recorded_at) FROM loads");
  return std::max(milliseconds(clock_.now()), newest + 1);
}

void StagedLoad::apply(const Stage& stage, std::int64_t load, std::int64_t now) {
  const std::string columns = dialect_.list(stage.table.columns);
  const auto superseded =
      connection_->execute(dialect_.supersede(stage.table.name, stage.changes), {now});
  if (superseded != stage.counts.superseded) {
    throw Raced("another load superseded the same records");
  }
  connection_->execute(
      fmt::format("INSERT INTO {} ({}, recorded_at, superseded_at, live, load_id) "
                  "SELECT {}, ?, NULL, 1, ? FROM {} c JOIN {} s ON s.seq = c.seq ORDER BY c.seq",
                  dialect_.quoted(stage.table.name), columns,
                  dialect_.list(stage.table.columns, "s."), dialect_.quoted(stage.changes),
                  dialect_.quoted(stage.staged)),
      {now, load});
}

void StagedLoad::apply_all() {
  const std::int64_t now = instant_of_commit();
  connection_->execute("INSERT INTO loads (name, sha256, recorded_at) VALUES (?, ?, ?)",
                       {source_.name, source_.sha256, now});
  const std::int64_t load = connection_->last_id();
  for (const auto& stage : stages_) apply(*stage, load, now);
  trail_.write(*connection_, {Act::kRecordsLoaded, fmt::format("load {}", load), source_.sha256,
                              instant_of(now)});
}

Result<void> StagedLoad::commit() {
  if (!transaction_) {  // not finished, or committed already: that is refused there
    if (const auto finished = finish(); !finished) return fail(finished.error());
  }
  auto committed = retried([&] {
    if (!transaction_) begin();  // a second attempt: others may have written since
    const auto transaction = std::move(transaction_);
    if (has_changes()) apply_all();
    transaction->commit();
  });
  committed_ = committed.has_value();
  return committed;
}

}  // namespace qd::orm
