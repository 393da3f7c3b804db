// Does a family do what a case says? Each run of it is one of the host's own, in a worker process.
#pragma once

#include <string>
#include <vector>

#include "core/cases/case_file.hpp"
#include "core/model/family.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::cases {

struct CaseResult {
  std::vector<Expected> actual;          // for each of the case's expectations
  std::vector<std::string> differences;  // empty: the case holds
  bool stopped = false;                  // the library crashed, hung or answered with rubbish
};

// Runs the case as it stands, and again with rows in other orders, one at a time, and while an
// explanation is asked for: the facts must be the same, and every part must name its rows.
// Errors: kFileUnreadable, kWorkerUnavailable.
Result<CaseResult> check_case(const Family& family, const Case& given,
                              const worker::parent::WorkerSettings& settings);

}  // namespace qd::cases
