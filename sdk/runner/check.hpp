// Runs a case against a family and says what differs.
#pragma once

#include <string>
#include <vector>

#include "runner/figures.hpp"

namespace quarterday::runner {

struct CaseResult {
  std::vector<std::string> differences;  // readable lines; empty: the case holds
  std::vector<Expected> actual;          // what the family gave, to be accepted
};

// Runs every period of the case, each several times: with rows shuffled, in batches of one row and
// while tracing; the facts must be the same, and every part with a count must name its rows.
// Errors: CaseError (the case does not fit the family).
CaseResult check_case(const qd_family& family, const Case& given);

// The runs of one prepared case must agree; adds a line to `differences` for each that does not.
// Gives the outcome of the first.
Outcome drive_steadily(const qd_family& family, const PreparedRun& run,
                       std::vector<std::string>& differences);

}  // namespace quarterday::runner
