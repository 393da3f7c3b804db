// Which records the columns of a table may name: those that are stored, and those taken before.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/ports/observation_store.hpp"
#include "core/tables/cells.hpp"

namespace qd::capture {

// One thread.
class References {
 public:
  // Reads the keys of every table that columns refer to, shipped or one of `declared`. The table
  // must outlive it. Errors: kStoreUnavailable, kTableUnknown.
  static Result<References> read(ObservationStore& store, const TableSpec& table,
                                 std::span<const TableSpec> declared);

  // Of the cell of a column; nullopt: it names nothing, or what is known.
  std::optional<tables::BrokenRule> broken(std::size_t column, const Cell& cell) const;
  // The record is taken: later ones of the same table may name it.
  void take(std::span<const Cell> cells);

 private:
  explicit References(const TableSpec& table);
  Result<void> read_keys(ObservationStore& store, const TableSpec& referred);

  static constexpr std::size_t kNone = ~std::size_t{0};
  struct Known {
    std::string table;
    std::unordered_set<std::string> keys;
  };

  const TableSpec* table_;
  std::vector<Known> known_;
  std::vector<std::size_t> known_of_column_;  // place in known_, or kNone
};

}  // namespace qd::capture
