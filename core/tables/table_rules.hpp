// What must hold inside one record, beyond the type of each cell: all of it in one list.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/model/table.hpp"
#include "core/tables/cells.hpp"

namespace qd::tables {

// Beyond it a count is a slip, and sums of thousands of them would leave 64 bits in millionths.
constexpr Number kMostCounted = Number::of(1'000'000'000);

struct BrokenRule {
  std::size_t column;  // of the table; the one to blame
  std::string reason;
  std::string hint;
};

// The rules of one table, with its columns found once.
class TableRules {
 public:
  explicit TableRules(const TableSpec& table);

  // cells: those of the table's columns, in order; absent where a cell was refused already.
  std::vector<BrokenRule> broken(std::span<const Cell> cells) const;
  // Sentences about a record that is taken and yet worth a look.
  std::vector<std::string> notes(std::span<const Cell> cells) const;

 private:
  struct Bound {
    std::size_t column, other;
    std::size_t rule;
  };
  std::vector<Bound> rules_;
  std::size_t numerator_, denominator_;
  bool measures_;
};

}  // namespace qd::tables
