// How figures are read: one question, answered page by page from one state of the data.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/ports/figure_query.hpp"
#include "core/reading/figure_columns.hpp"

namespace qd::reading {

// One question while it is answered. Used by one thread at a time.
class FigureReading {
 public:
  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);  // that are left

  virtual ~FigureReading() = default;
  // Hands over the next figures in the order of the store, at_most so many; how many.
  // Fewer than at_most: that was all. Definitions stay until it returns: two figures with one have
  // its address. Errors: kStoreUnavailable.
  virtual Result<std::size_t> read(std::size_t at_most, FigureSink& sink) = 0;
  // All that is left, in whatever order comes easiest, for who adds up.
  virtual Result<void> read_in_any_order(ColumnSink& sink);
};

// Figures that are there already, from one of them on.
std::unique_ptr<FigureReading> listed_figures(std::vector<Figure> figures, std::size_t from = 0);

// All that is left of a reading. Errors: kStoreUnavailable.
Result<std::vector<Figure>> all_of(FigureReading& reading);
// The next so many.
Result<std::vector<Figure>> first_of(FigureReading& reading, std::size_t n);

}  // namespace qd::reading
