// An ObservationStore in memory, by the rules of the real one: append-only, bitemporal, loads that
// are visible whole or not at all.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ports/observation_store.hpp"
#include "core/tables/growth.hpp"
#include "tests/support/cells.hpp"
#include "tests/support/manual_clock.hpp"

namespace qd {

class MemoryObservationStore final : public ObservationStore {
 public:
  using Cells = std::vector<std::optional<std::string>>;

  // How scans hand out their rows; the figures must not depend on it.
  std::size_t batch_rows = 65'536;
  std::function<void(std::vector<std::size_t>&)> arrange = [](auto&) {};  // order of the rows
  std::function<Result<void>()> on_scan = [] { return Result<void>{}; };

  // Loads rows given as texts ("" is absent), all columns of the table in its order.
  Result<void> load(const TableSpec& table, const std::vector<std::vector<std::string>>& rows,
                    Instant now) {
    Dictionary dictionary;
    std::vector<ColumnType> types;
    for (const ColumnSpec& column : table.columns) types.push_back(column.type());
    BatchBuilder builder(types);
    for (const auto& row : rows) {
      for (std::size_t i = 0; i < types.size(); ++i)
        add_cell(builder, i, types[i], unless_empty(row[i]), dictionary);
      builder.end_row();
    }
    const ManualClock clock(now);
    auto load = begin_load({"a test", ""}, clock);
    if (!load) return fail(load.error());
    if (auto added = add_batch(**load, table, builder.take(), dictionary); !added) return added;
    return (*load)->commit();
  }

  Result<std::unique_ptr<Load>> begin_load(const LoadSource& source, const Clock& clock) override {
    return std::make_unique<Loading>(*this, source, clock);
  }

  Result<std::optional<Instant>> last_recorded() override {
    const std::scoped_lock lock(mutex_);
    return last_recorded_;
  }

  Result<void> scan(const ScanRequest& request, Dictionary& dictionary, const Sink& sink) override {
    if (const auto called = on_scan(); !called) return called;
    const auto versions = known_at(request.table.name, request.as_of);
    std::vector<std::size_t> order(versions.size()), places;
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    arrange(order);
    std::vector<ColumnType> types;
    for (const auto& column : request.columns) {
      places.push_back(request.table.index_of(column));
      types.push_back(request.table.columns[places.back()].type());
    }
    for (std::size_t at = 0; at < order.size(); at += batch_rows) {
      BatchBuilder builder(types);
      std::vector<std::int64_t> ids;
      for (std::size_t i = at; i < std::min(order.size(), at + batch_rows); ++i) {
        const Version& version = versions[order[i]];
        ids.push_back(version.id);
        for (std::size_t c = 0; c < places.size(); ++c)
          add_cell(builder, c, types[c], version.cells[places[c]], dictionary);
        builder.end_row();
      }
      Batch batch = builder.take();
      batch.ids = std::move(ids);
      if (const auto taken = sink(batch); !taken) return taken;
    }
    return {};
  }

  Result<std::unordered_set<std::string>> keys(const TableSpec& table) override {
    std::unordered_set<std::string> keys;
    const std::scoped_lock lock(mutex_);
    for (const Version& version : tables_[table.name])
      if (!version.superseded_at) keys.insert(version.cells[0].value_or(""));
    return keys;
  }

  Result<std::vector<StoredRecord>> records(const TableSpec& table,
                                            const std::vector<std::int64_t>& ids) override {
    std::vector<StoredRecord> records;
    const std::scoped_lock lock(mutex_);
    for (const Version& version : tables_[table.name])
      if (std::find(ids.begin(), ids.end(), version.id) != ids.end())
        records.push_back({version.id, version.cells, version.source, version.recorded_at,
                           version.superseded_at});
    return records;
  }

  Result<void> declare(const TableSpec& table) override {
    const std::scoped_lock lock(mutex_);
    auto& forms = declared_[table.name];
    if (forms.empty()) forms.push_back(table);
    const auto compared = tables::compare_forms(forms, table);
    if (!compared) return fail(compared.error());
    if (*compared == tables::Declared::kGrown) forms.push_back(table);
    return {};
  }

 private:
  struct Version {
    std::int64_t id = 0;
    Cells cells;
    std::string source;
    Instant recorded_at{};
    std::optional<Instant> superseded_at;
  };

  class Loading final : public Load {
   public:
    Loading(MemoryObservationStore& store, LoadSource source, const Clock& clock)
        : store_(store), source_(std::move(source)), clock_(clock) {}

    Result<void> add(const TableSpec& table, std::span<const Cell> cells) override {
      Cells& row = rows_of(table).emplace_back();
      for (std::size_t at = 0; at < cells.size(); ++at)
        row.push_back(stored_text(table.columns[at].type(), cells[at]));
      return {};
    }
    Result<std::vector<std::pair<std::string, LoadCounts>>> finish() override {
      return store_.apply(added_, source_, clock_, false);
    }
    Result<void> commit() override {
      store_.apply(added_, source_, clock_, true);
      return {};
    }

   private:
    std::vector<Cells>& rows_of(const TableSpec& table) {
      for (auto& [known, rows] : added_)
        if (known.name == table.name) return rows;
      return added_.emplace_back(table, std::vector<Cells>{}).second;
    }
    MemoryObservationStore& store_;
    LoadSource source_;
    const Clock& clock_;
    std::vector<std::pair<TableSpec, std::vector<Cells>>> added_;
  };

  std::vector<Version> known_at(const std::string& table, Instant as_of) {
    std::vector<Version> known;
    const std::scoped_lock lock(mutex_);
    for (const Version& version : tables_[table])
      if (version.recorded_at <= as_of &&
          (!version.superseded_at || *version.superseded_at > as_of))
        known.push_back(version);
    return known;
  }

  // What the rows do to the store; does it too, when asked to.
  std::vector<std::pair<std::string, LoadCounts>> apply(
      const std::vector<std::pair<TableSpec, std::vector<Cells>>>& added, const LoadSource& source,
      const Clock& clock, bool keep) {
    std::vector<std::pair<std::string, LoadCounts>> all;
    const std::scoped_lock lock(mutex_);
    const Instant after_last = last_recorded_.value_or(Instant{}) + std::chrono::milliseconds{1};
    const Instant now = std::max(clock.now(), after_last);
    for (const auto& [table, rows] : added) {
      LoadCounts counts;
      for (const Cells& cells : rows) {
        Version* before = current(table, cells);
        if (before && before->cells == cells) {
          ++counts.unchanged;
          continue;
        }
        ++(before ? counts.superseded : counts.inserted);
        if (!keep) continue;
        last_recorded_ = now;
        if (before) before->superseded_at = now;
        tables_[table.name].push_back({++last_id_, cells, source.name, now, std::nullopt});
      }
      all.emplace_back(table.name, counts);
    }
    return all;
  }

  Version* current(const TableSpec& table, const Cells& cells) {
    for (Version& version : tables_[table.name]) {
      const auto key_end = cells.begin() + static_cast<std::ptrdiff_t>(table.n_key);
      if (!version.superseded_at && std::equal(cells.begin(), key_end, version.cells.begin()))
        return &version;
    }
    return nullptr;
  }

  std::mutex mutex_;
  std::map<std::string, std::vector<Version>> tables_;
  std::map<std::string, std::vector<TableSpec>> declared_;
  std::int64_t last_id_ = 0;
  std::optional<Instant> last_recorded_;
};

}  // namespace qd
