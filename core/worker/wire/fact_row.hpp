// A finished figure on its way from the worker.
#pragma once

#include <cstdint>
#include <vector>

namespace qd::worker::wire {

// One finished figure, as it travels from the worker. Numbers instead of texts: the definition's
// index in the run, the area's place in the tree, the reading's index, the breakdown's place in its
// list.
struct FactRow {
  std::int64_t numerator = 0, denominator = 0;  // millionths; 0 where there is none
  std::int64_t n = -1, population = -1;         // -1: not stated
  std::uint32_t definition = 0, area = 0, breakdown = 0;
  std::uint8_t reading = 0, null_reason = 0, flags = 0, spare = 0;
};
static_assert(sizeof(FactRow) == 48);

// Who the figure of a row counts: codes of the dictionary, each once.
struct RowMembers {
  std::uint64_t row = 0;  // its place among all rows
  std::vector<std::uint32_t> codes;
};

}  // namespace qd::worker::wire
