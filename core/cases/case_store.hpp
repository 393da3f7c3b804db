// The rows of a case as a store of observations, handed out in ways that must not matter.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/model/cell.hpp"
#include "core/ports/observation_store.hpp"

namespace qd::cases {

// How rows are handed over; the facts must not depend on it.
struct Arrangement {
  unsigned shuffle = 0;         // 0: as they stand
  std::size_t batch_rows = 64;  // at most so many a batch
};

struct CaseRow {
  std::int64_t line = 0;    // its record number
  std::vector<Cell> cells;  // of the table's columns, in order
};

// Only ever read from: loads are refused. Values of absent cells are rubbish on purpose, so that a
// family that does not ask whether they are there gets figures that nobody takes for right.
class CaseStore final : public ObservationStore {
 public:
  // The texts of the cells must live as long as this.
  void put(const std::string& table, std::vector<CaseRow> rows) {
    tables_[table] = std::move(rows);
  }
  void arrange(Arrangement arrangement) { arrangement_ = arrangement; }

  Result<void> scan(const ScanRequest& request, Dictionary& dictionary, const Sink& sink) override;
  Result<std::vector<StoredRecord>> records(const TableSpec& table,
                                            const std::vector<std::int64_t>& ids) override;

  Result<std::unique_ptr<Load>> begin_load(const LoadSource& source, const Clock& clock) override;
  Result<std::optional<Instant>> last_recorded() override { return std::nullopt; }
  Result<std::unordered_set<std::string>> keys(const TableSpec& table) override;
  Result<void> declare(const TableSpec&) override { return {}; }

 private:
  std::vector<const CaseRow*> arranged(const std::string& table) const;

  std::map<std::string, std::vector<CaseRow>> tables_;
  Arrangement arrangement_;
};

}  // namespace qd::cases
