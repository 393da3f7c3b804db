// Records written as people would write them: one line a record, cells by comma, empty = absent.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/number.hpp"
#include "core/ports/observation_store.hpp"
#include "core/tables/shipped_tables.hpp"
#include "tests/integration/orm/stores.hpp"
#include "tests/support/cells.hpp"
#include "tests/support/manual_clock.hpp"

namespace qd::tests {

inline std::vector<std::string> split(std::string_view line) {
  std::vector<std::string> cells(1);
  for (const char letter : line) {
    if (letter == ',') {
      cells.emplace_back();
    } else {
      cells.back() += letter;
    }
  }
  return cells;
}

inline void add_lines(Load& load, const TableSpec& table, const std::vector<std::string>& lines) {
  std::vector<ColumnType> types;
  for (const auto& column : table.columns) types.push_back(column.type());
  BatchBuilder builder(types);
  Dictionary dictionary;
  for (const auto& line : lines) {
    const auto cells = split(line);
    if (cells.size() != types.size()) throw std::runtime_error("wrong number of cells: " + line);
    for (std::size_t at = 0; at < cells.size(); ++at) {
      add_cell(builder, at, types[at], unless_empty(cells[at]), dictionary);
    }
    builder.end_row();
  }
  must(add_batch(load, table, builder.take(), dictionary));
}

// The whole way, committed at that instant; what it did.
inline LoadCounts load_lines(ObservationStore& store, const TableSpec& table,
                             const std::vector<std::string>& lines, std::int64_t now) {
  const ManualClock clock(instant_of(now));
  const auto load = must(store.begin_load({"lines.csv", "0123"}, clock));
  add_lines(*load, table, lines);
  const auto counts = must(load->finish());
  must(load->commit());
  return counts.at(0).second;
}

// What is known at that instant, as sorted lines of all columns.
inline std::vector<std::string> lines_at(ObservationStore& store, const TableSpec& table,
                                         std::int64_t as_of) {
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name);
  std::vector<std::string> lines;
  Dictionary dictionary;
  must(store.scan({table, columns, instant_of(as_of)}, dictionary,
                  [&](const Batch& batch) -> Result<void> {
                    for (std::size_t row = 0; row < batch.n_rows; ++row) {
                      std::vector<std::string> cells;
                      for (const auto& column : batch.columns) {
                        cells.push_back(cell_text(column, row, dictionary).value_or(""));
                      }
                      lines.push_back(fmt::format("{}", fmt::join(cells, ",")));
                    }
                    return {};
                  }));
  std::sort(lines.begin(), lines.end());
  return lines;
}

inline const TableSpec& table_of(const char* name) { return *tables::shipped_table(name); }

}  // namespace qd::tests

namespace qd {
inline bool operator==(const LoadCounts& a, const LoadCounts& b) {
  return a.inserted == b.inserted && a.superseded == b.superseded && a.unchanged == b.unchanged;
}
inline void PrintTo(const LoadCounts& counts, std::ostream* out) {
  *out << "+" << counts.inserted << " ~" << counts.superseded << " =" << counts.unchanged;
}
}  // namespace qd
