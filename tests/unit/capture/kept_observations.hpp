// An observation store in memory: one version of each record, one load at a time.
#pragma once

#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/ports/observation_store.hpp"
#include "tests/support/cells.hpp"

namespace qd::test {

using Row = std::vector<std::optional<std::string>>;   // in the table's column order
using Rows = std::map<std::vector<std::string>, Row>;  // by key

class KeptObservations final : public ObservationStore {
 public:
  const Rows& rows(const std::string& table) { return tables_[table]; }
  int n_commits() const { return n_commits_; }

  Result<std::unique_ptr<Load>> begin_load(const LoadSource& source, const Clock&) override {
    last_source = source;
    return std::make_unique<KeptLoad>(*this);
  }

  Result<std::optional<Instant>> last_recorded() override { return std::nullopt; }

  Result<void> scan(const ScanRequest& request, Dictionary& dictionary, const Sink& sink) override {
    std::vector<ColumnType> types;
    for (const auto& name : request.columns) {
      types.push_back(request.table.columns[request.table.index_of(name)].type());
    }
    BatchBuilder builder(types);
    for (const auto& [key, row] : tables_[request.table.name]) {
      for (std::size_t i = 0; i < request.columns.size(); ++i) {
        add_cell(builder, i, types[i], row[request.table.index_of(request.columns[i])], dictionary);
      }
      builder.end_row();
    }
    return builder.n_rows() == 0 ? Result<void>{} : sink(builder.take());
  }

  Result<std::unordered_set<std::string>> keys(const TableSpec& table) override {
    std::unordered_set<std::string> keys;
    for (const auto& [key, row] : tables_[table.name]) keys.insert(key.front());
    return keys;
  }

  Result<std::vector<StoredRecord>> records(const TableSpec&,
                                            const std::vector<std::int64_t>&) override {
    return std::vector<StoredRecord>{};
  }
  Result<void> declare(const TableSpec&) override { return {}; }

  LoadSource last_source;

 private:
  class KeptLoad final : public Load {
   public:
    explicit KeptLoad(KeptObservations& store) : store_(store), tables_(store.tables_) {}

    Result<void> add(const TableSpec& table, std::span<const Cell> cells) override {
      LoadCounts& counts = counts_of(table.name);
      Row row;
      for (std::size_t i = 0; i < cells.size(); ++i)
        row.push_back(stored_text(table.columns[i].type(), cells[i]));
      std::vector<std::string> key;
      for (std::size_t i = 0; i < table.n_key; ++i) key.push_back(row[i].value_or(""));
      const auto [found, fresh] = tables_[table.name].emplace(key, row);
      if (fresh)
        ++counts.inserted;
      else if (found->second == row)
        ++counts.unchanged;
      else
        ++counts.superseded;
      found->second = row;
      return {};
    }
    Result<std::vector<std::pair<std::string, LoadCounts>>> finish() override { return counts_; }
    Result<void> commit() override {
      store_.tables_ = std::move(tables_);
      ++store_.n_commits_;
      return {};
    }

   private:
    LoadCounts& counts_of(const std::string& table) {
      for (auto& [name, counts] : counts_) {
        if (name == table) return counts;
      }
      return counts_.emplace_back(table, LoadCounts{}).second;
    }

    KeptObservations& store_;
    std::map<std::string, Rows> tables_;
    std::vector<std::pair<std::string, LoadCounts>> counts_;
  };

  std::map<std::string, Rows> tables_;
  int n_commits_ = 0;
};

class FixedClock final : public Clock {
 public:
  Instant now() const override { return instant_of(1'790'000'000'000); }
};

// "file:line:column heading code reason"
inline std::string brief(const capture::Refusal& refusal) {
  return fmt::format("{}:{} {} {} {}", refusal.line, refusal.column, refusal.heading,
                     code_text(refusal.error.code), refusal.error.message);
}

}  // namespace qd::test
