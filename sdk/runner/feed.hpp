// Drives one run of a family, as the host does, and keeps what comes back.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <map>
#include <quarterday/exact.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace quarterday::runner {

struct Value {
  bool present = false;
  std::int64_t number = 0;  // integer, millionths or days
  std::string text;
};

struct TypedRow {
  std::int64_t id = 0;  // record number
  std::vector<Value> values;
};

struct Definition {
  std::string code, formula, area;
  std::int32_t version = 1;
  qd_date from = 0, until = INT32_MAX;
};

struct RunRequest {
  std::vector<qd_reading> readings;
  std::vector<Definition> definitions;  // those in force in any of the readings
  std::map<std::string, std::string> options;
  std::vector<std::vector<TypedRow>> inputs;  // by the family's inputs
};

// How the rows are handed over; the facts must not depend on it.
struct Variation {
  unsigned shuffle = 0;         // 0: as they stand
  std::size_t batch_rows = 64;  // at most so many a batch
  bool tracing = false;
};

struct EmittedPart {
  std::uint32_t indicator = 0, reading = 0;
  std::string area, breakdown;
  Number numerator, denominator;
  std::int64_t n = -1, population = -1;
  std::uint32_t null_reason = 0, flags = 0;
  std::vector<std::string> members;
};

using PartKey = std::tuple<std::uint32_t, std::uint32_t, std::string, std::string>;
inline PartKey key_of(const EmittedPart& part) {
  return {part.indicator, part.reading, part.area, part.breakdown};
}

struct Outcome {
  qd_status status = QD_OK;
  std::string failure;  // why it is not QD_OK, or what the host would have refused
  std::vector<EmittedPart> parts;
  std::map<std::string, std::int64_t> notes;
  std::map<PartKey, std::set<std::pair<std::uint32_t, std::int64_t>>> traces;
};

// One run from begin to end. Never throws for what the family does.
Outcome drive(const qd_family& family, const RunRequest& request, const Variation& variation);

}  // namespace quarterday::runner
