#include "orm/stores/observation_store.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/number.hpp"
#include "orm/guarded.hpp"
#include "orm/stores/declared_table.hpp"
#include "orm/stores/physical_table.hpp"
#include "orm/stores/scan.hpp"
#include "orm/stores/staged_load.hpp"

namespace qd::orm {
namespace {

constexpr std::size_t kIdsAtOnce = 500;

std::string cell_text(Rows& rows, unsigned field, ColumnType type) {
  switch (type) {
    case ColumnType::kInteger:
      return std::to_string(rows.number(field));
    case ColumnType::kNumber:
      return Number{rows.number(field)}.text();
    case ColumnType::kDate:
      return to_text(date_of(static_cast<std::int32_t>(rows.number(field))));
    case ColumnType::kText:
      break;
  }
  return std::string(rows.text(field));
}

// The columns are: id, recorded_at, superseded_at, source, then the table's own.
StoredRecord read_record(Rows& rows, const TableSpec& table) {
  constexpr unsigned kFirstCell = 4;
  StoredRecord record;
  record.id = rows.number(0);
  record.recorded_at = instant_of(rows.number(1));
  if (!rows.absent(2)) record.superseded_at = instant_of(rows.number(2));
  record.source = rows.text(3);
  for (unsigned at = 0; at < table.columns.size(); ++at) {
    auto& cell = record.cells.emplace_back();
    if (rows.absent(kFirstCell + at)) continue;
    cell = cell_text(rows, kFirstCell + at, table.columns[at].type());
  }
  return record;
}

std::string records_sql(const PhysicalTable& table, const Dialect& dialect, std::size_t n_ids) {
  return fmt::format(
      "SELECT t.id, t.recorded_at, t.superseded_at, l.name, {} FROM {} t "
      "LEFT JOIN loads l ON l.id = t.load_id WHERE t.id IN ({}) ORDER BY t.id",
      dialect.list(table.columns, "t."), dialect.quoted(table.name), placeholders(n_ids));
}

}  // namespace

Result<std::unique_ptr<Load>> SqlObservationStore::begin_load(const LoadSource& source,
                                                              const Clock& clock) {
  return guarded([&]() -> std::unique_ptr<Load> {
    return std::make_unique<StagedLoad>(pool_.connect(), source, clock, trail_);
  });
}

Result<std::optional<Instant>> SqlObservationStore::last_recorded() {
  return guarded([&] {
    return with_connection(pool_, [](SqlConnection& connection) -> std::optional<Instant> {
      const auto rows = connection.query("SELECT max(recorded_at) FROM loads", {});
      if (!rows->next() || rows->absent(0)) return std::nullopt;
      return instant_of(rows->number(0));
    });
  });
}

Result<void> SqlObservationStore::scan(const ScanRequest& request, Dictionary& dictionary,
                                       const Sink& sink) {
  return guarded([&] { return scan_table(pool_, request, dictionary, sink); });
}

Result<std::unordered_set<std::string>> SqlObservationStore::keys(const TableSpec& table) {
  const auto physical = physical_table(table);
  if (!physical) return fail(physical.error());
  const Dialect dialect(pool_.engine());
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      std::unordered_set<std::string> keys;
      const auto rows = connection.stream(
          fmt::format("SELECT {} FROM {} WHERE live = 1", dialect.quoted(physical->columns[0]),
                      dialect.quoted(physical->name)),
          {});
      while (rows->next()) keys.emplace(rows->text(0));
      return keys;
    });
  });
}

Result<std::vector<StoredRecord>> SqlObservationStore::records(
    const TableSpec& table, const std::vector<std::int64_t>& ids) {
  const auto physical = physical_table(table);
  if (!physical) return fail(physical.error());
  std::vector<std::int64_t> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());

  const Dialect dialect(pool_.engine());
  return guarded([&] {
    return with_connection(pool_, [&](SqlConnection& connection) {
      std::vector<StoredRecord> records;
      for (auto from = sorted.begin(); from != sorted.end();) {
        const auto left = static_cast<std::size_t>(sorted.end() - from);
        const auto until = from + static_cast<std::ptrdiff_t>(std::min(left, kIdsAtOnce));
        const Values values(from, until);
        const auto rows = connection.query(records_sql(*physical, dialect, values.size()), values);
        while (rows->next()) records.push_back(read_record(*rows, table));
        from = until;
      }
      return records;
    });
  });
}

Result<void> SqlObservationStore::declare(const TableSpec& table) {
  return DeclaredTables(gateway_, pool_).declare(table);
}

}  // namespace qd::orm
