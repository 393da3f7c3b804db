// quarterday/cells.hpp: where a family's counts add up until its facts are
// emitted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <quarterday/exact.hpp>
#include <quarterday/indicator.hpp>
#include <quarterday/row.hpp>
#include <stdexcept>
#include <vector>

namespace quarterday {

// One definition of the run, by its place in it: for families whose rules are
// data.
class DefinitionIndex {
 public:
  constexpr explicit DefinitionIndex(std::size_t index)
      : index_(static_cast<std::uint32_t>(index)) {}
  constexpr std::uint32_t index() const { return index_; }
  friend constexpr bool operator==(DefinitionIndex a, DefinitionIndex b) {
    return a.index_ == b.index_;
  }
  friend constexpr bool operator!=(DefinitionIndex a, DefinitionIndex b) { return !(a == b); }
  friend constexpr bool operator<(DefinitionIndex a, DefinitionIndex b) {
    return a.index_ < b.index_;
  }

 private:
  std::uint32_t index_;
};

// Either of the two.
class Measure {
 public:
  constexpr Measure() = default;
  constexpr Measure(Indicator indicator) : value_(indicator.number() | kIndicator) {}
  constexpr Measure(DefinitionIndex definition) : value_(definition.index()) {}
  constexpr bool is_indicator() const { return (value_ & kIndicator) != 0; }
  // The number of the indicator, or the index of the definition.
  constexpr std::uint32_t number() const { return value_ & ~kIndicator; }
  friend constexpr bool operator==(Measure a, Measure b) { return a.value_ == b.value_; }

 private:
  static constexpr std::uint32_t kIndicator = 0x80000000u;
  std::uint32_t value_ = 0;
};

// Which fact: a measure in a reading, at the area where it happened, for a
// breakdown.
struct Cell {
  Measure measure;
  std::uint32_t reading = 0;    // index, see Family::readings_with
  Code area = 0;                // from Row::code
  std::uint32_t breakdown = 0;  // from Family::breakdown; 0: the total

  friend bool operator==(const Cell& a, const Cell& b) {
    return a.measure == b.measure && a.reading == b.reading && a.area == b.area &&
           a.breakdown == b.breakdown;
  }
};

// What is added to a cell. Without a denominator it is a count.
struct Part {
  Number numerator;
  Number denominator;
  std::int64_t n = -1;           // cases or unweighted answers; -1: not stated
  std::int64_t population = -1;  // of which n is a sample; -1: not a sample
  std::uint32_t null_reason = QD_HAS_VALUE;
  std::uint32_t flags = 0;
};

// Parts that add up, and how many there were.
class Total {
 public:
  void add(const Part& part) {
    const bool first = n_parts_++ == 0;
    sum_.n = first ? part.n : add_stated(sum_.n, part.n);
    sum_.population = first ? part.population : add_stated(sum_.population, part.population);
    sum_.numerator += part.numerator;
    sum_.denominator += part.denominator;
    sum_.flags |= part.flags;
    // Of several reasons the smallest is kept, so that the order of rows does
    // not matter.
    if (first || part.null_reason < sum_.null_reason) sum_.null_reason = part.null_reason;
  }
  bool empty() const { return n_parts_ == 0; }
  const Part& sum() const { return sum_; }

 private:
  static std::int64_t add_stated(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (a < 0 || b < 0) return -1;
    if (__builtin_add_overflow(a, b, &sum)) throw std::overflow_error("too many cases to count");
    return sum;
  }
  Part sum_;
  std::size_t n_parts_ = 0;
};

struct Sum {
  Cell cell;
  Total value, no_value;  // parts with a value, and parts with a null reason
  std::vector<Code> members;
  std::vector<qd_number> values;  // of a quantile
};

// A hash table of cells that remembers the last one: rows of one area often
// stand together. Not thread-safe. References are valid until the next call.
class Cells {
 public:
  Sum& at(const Cell& cell) {
    if (last_ < sums_.size() && sums_[last_].cell == cell) return sums_[last_];
    if (2 * (sums_.size() + 1) > slots_.size()) grow();
    std::size_t slot = slot_of(cell);
    while (slots_[slot] != kFree && !(sums_[slots_[slot]].cell == cell))
      slot = (slot + 1) & (slots_.size() - 1);
    if (slots_[slot] == kFree) {
      slots_[slot] = static_cast<std::uint32_t>(sums_.size());
      sums_.emplace_back().cell = cell;
    }
    last_ = slots_[slot];
    return sums_[last_];
  }

  void add(const Cell& cell, const Part& part) {
    Sum& sum = at(cell);
    (part.null_reason == QD_HAS_VALUE ? sum.value : sum.no_value).add(part);
  }

  std::vector<Sum>& sums() { return sums_; }
  const std::vector<Sum>& sums() const { return sums_; }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;

  std::size_t slot_of(const Cell& cell) const {
    std::uint64_t hash = (std::uint64_t{cell.area} << 32) | cell.breakdown;
    hash =
        (hash ^ (std::uint64_t{cell.measure.number()} << 8 | cell.reading)) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u;
    return static_cast<std::size_t>(hash ^ (hash >> 32)) & (slots_.size() - 1);
  }

  void grow() {
    slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), kFree);
    for (std::uint32_t i = 0; i < sums_.size(); ++i) {
      std::size_t slot = slot_of(sums_[i].cell);
      while (slots_[slot] != kFree) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = i;
    }
  }

  std::vector<Sum> sums_;
  std::vector<std::uint32_t> slots_;
  std::size_t last_ = 0;
};

}  // namespace quarterday
