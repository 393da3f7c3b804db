// A table that ships: what its columns are, and what must hold between them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/model/cell.hpp"
#include "core/model/table.hpp"

namespace qd::tables {

// What one cell must be, by itself or held against another of the record.
struct Rule {
  std::string_view column;  // the one to blame
  std::string_view other;   // empty: no other
  bool (*holds)(const Cell& cell, const Cell& other);
  std::string_view reason, hint;
  bool when_absent = false;  // held also against an absent cell
};

// A record that is taken and yet worth a look.
struct Oddity {
  std::vector<std::string_view> columns;
  bool (*is_odd)(std::span<const Cell> cells);  // those columns, in that order
  std::string_view sentence;
};

struct ShippedTable {
  TableSpec spec;
  std::vector<Rule> rules = {};
  std::vector<Oddity> oddities = {};
};

// Rules that more than one table has.
bool not_before(const Cell& last, const Cell& first);
bool after(const Cell& until, const Cell& from);
Rule ends_after_it_begins(std::string_view until, std::string_view from);
Rule closed_once_opened();

// Beyond it a count is a slip, and sums of thousands of them would leave 64 bits in millionths.
constexpr std::int64_t kMostCounted = 1'000'000'000;
// A minute value above a whole month is a slip (hours typed as seconds, a date serial).
constexpr std::int64_t kMostMinutes = std::int64_t{24} * 60 * 31;
constexpr std::int64_t kMostVersions = 9999;

}  // namespace qd::tables
