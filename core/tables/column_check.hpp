// What one column asks of a cell: there if needed, in its range, one of its words.
#pragma once

#include <optional>

#include "core/model/date.hpp"
#include "core/tables/cells.hpp"

namespace qd::tables {

class ColumnCheck {
 public:
  // today: the last day that is not still to come.
  ColumnCheck(const TableSpec& table, std::size_t at, Date today);

  // nullopt: the cell is taken, as far as its column can tell.
  std::optional<BrokenRule> broken(const Cell& cell) const;

 private:
  std::optional<BrokenRule> broken_text(std::string_view text) const;
  std::optional<BrokenRule> broken_value(const Cell& cell) const;
  BrokenRule outside(const Cell& cell) const;
  BrokenRule no_choice(std::string_view text) const;
  std::optional<Number> least() const;

  const ColumnSpec& column_;
  std::size_t at_;
  Date today_;
  std::size_t most_bytes_;
  bool is_code_;  // of the key, or naming a record of another table
};

}  // namespace qd::tables
