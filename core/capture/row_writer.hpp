// Checked rows of one table on their way into a load, in batches.
#pragma once

#include <cstddef>
#include <span>

#include "core/model/batch.hpp"
#include "core/ports/observation_store.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture {

// Holds at most one batch of rows. Call flush at the end. One thread.
class RowWriter {
 public:
  RowWriter(Load& load, const TableSpec& table);

  // cells: one for every column of the table, in its order. Errors: kStoreUnavailable.
  Result<void> add(std::span<const tables::Cell> cells);
  Result<void> flush();

 private:
  static constexpr std::size_t kBatchRows = 16'384;

  void add_cell(std::size_t column, const tables::Cell& cell);

  Load& load_;
  const TableSpec& table_;
  BatchBuilder rows_;
  Dictionary dictionary_;
};

}  // namespace qd::capture
