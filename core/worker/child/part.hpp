// A part of a fact: what a family emits, checked.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/definition.hpp"
#include "core/model/error.hpp"
#include "core/model/number.hpp"

namespace qd::worker::child {

// Drops repeated dictionary codes in linear time. Measured against CRoaring bitmaps and sorted
// vectors on 80,000 groups in a tree of four levels: 5 and 8 times faster at 60 members a group,
// 4 and 8 times at 400 (0.1, 0.5 and 0.9 s; 0.6, 2.5 and 4.6 s).
class RepeatSieve {
 public:
  void drop_repeats(std::vector<std::uint32_t>& codes);

 private:
  std::vector<std::uint64_t> seen_;  // by code; all clear between calls
};

// What is known for one definition, reading, area and breakdown. Merging is commutative and
// associative, so neither the order of rows nor the split into parts shows in a fact.
struct Part {
  using Sum = Wide;  // wide enough that only the total can be too large, in whatever order
  Sum numerator = 0, denominator = 0, n = 0, population = 0;
  bool has_value = false;
  bool n_stated = true, population_stated = true;  // by every part that has a value
  bool whole_area = false;                         // some part covers everything in its area
  std::uint8_t null_reasons = 0;                   // bit i: some part gave reason i
  std::uint8_t flags = 0;
  std::vector<std::uint32_t> members;  // distinct counts only; may repeat until it is settled
  std::size_t settled = 0;             // how many of them are known to be distinct
  std::vector<std::int64_t> values;    // quantiles only: the sample

  void add(Part other);
};

constexpr std::uint8_t bit(std::uint32_t reason) { return static_cast<std::uint8_t>(1u << reason); }

// What a family's answer is that no family may give. kFamilyRubbish.
tl::unexpected<Error> rubbish(std::string what);

// The figures of a fact of that definition. n_dictionary: members must be below it. kFamilyRubbish.
Result<Part> part_of(const qd_fact& fact, const Definition& definition, std::size_t n_dictionary);

}  // namespace qd::worker::child
