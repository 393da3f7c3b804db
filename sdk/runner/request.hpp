// From the texts of a case to what a run is given.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runner/case_file.hpp"
#include "runner/feed.hpp"

namespace quarterday::runner {

// How an indicator's value is worked out: its own declaration, or the definition that is data.
struct Measure {
  std::string id;
  std::int32_t version = 1;
  std::int64_t multiplier = 1, divisor = 1;
  std::int32_t decimals = 0;
  bool is_count = false;     // no denominator
  bool is_distinct = false;  // members are counted
  std::string area = {};     // of its owners: above it there is no such figure; empty: no owners
};

// By area: the one it lies in, during one reading. Areas that are not in it did not exist.
using Parents = std::map<std::string, std::string>;

struct PreparedRun {
  RunRequest request;
  std::vector<Measure> measures;  // the library's own, then the definitions
  std::vector<Parents> parents;   // by reading
};

// Errors: CaseError, with the line: a section, column or text that does not fit the family.
PreparedRun prepare(const qd_family& family, const Case& given, const Expected& expected);

}  // namespace quarterday::runner
