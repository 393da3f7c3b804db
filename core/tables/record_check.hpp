// One record of a table, typed, against everything the table asks of it: the same for a line of a
// file, a row of a workbook and a request.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/table.hpp"
#include "core/tables/cells.hpp"
#include "core/tables/column_check.hpp"
#include "core/tables/shipped_table.hpp"

namespace qd::tables {

// The rules of one table, with its columns found once. What only the store can tell (is that area
// known?) is not among them. The table must outlive it. Any thread.
class RecordCheck {
 public:
  // today: the local date (Europe/London) on which the record is taken in.
  RecordCheck(const TableSpec& table, Date today);

  // cells: those of the table's columns, in order. What is wrong, in the order of the columns;
  // empty: the record is taken. A rule is not held where a cell it needs was refused already.
  std::vector<BrokenRule> broken(std::span<const Cell> cells) const;
  // Sentences about a record that is taken and yet worth a look.
  std::vector<std::string> notes(std::span<const Cell> cells) const;

 private:
  struct BoundRule {
    std::size_t column, other;
    const Rule* rule;
  };
  struct BoundOddity {
    std::vector<std::size_t> columns;
    const Oddity* oddity;
  };
  void bind(const TableSpec& table, const ShippedTable& shipped);
  void hold(const BoundRule& bound, std::span<const Cell> cells,
            std::vector<BrokenRule>& broken) const;

  std::vector<ColumnCheck> columns_;
  std::vector<BoundRule> rules_;
  std::vector<BoundOddity> oddities_;
};

}  // namespace qd::tables
