// The runs of one case: as it stands, and in all the ways that must not matter.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/cases/case_input.hpp"
#include "core/compute/computation.hpp"
#include "core/worker/parent/settings.hpp"

namespace qd::cases {

// What one run gave: facts, or the sentence with which the family said that it cannot go on.
struct Outcome {
  std::vector<Fact> facts;
  std::vector<Definition> definitions;  // those the facts refer to
  Notes notes;
  std::optional<std::string> failure;
  std::vector<std::string> untraced;

  const Definition& definition_of(const Fact& fact) const;
};

// Runs a family once. Errors: as compute_family, but for kFamilyFailed, which is an outcome.
using RunFamily = std::function<Result<Outcome>(CaseInput& input, worker::wire::Scrutiny scrutiny)>;

// By a worker process.
RunFamily worker_runs(const Family& family, const worker::parent::WorkerSettings& settings);

// The plain outcome; what differed in another arrangement goes to `differences`.
Result<Outcome> run_steadily(const RunFamily& run, CaseInput& input,
                             std::vector<std::string>& differences);

// Lines of each that the other has not: "  - expected", "  + given". Nothing when there are none.
void append_differences(const std::string& heading, std::vector<std::string> expected,
                        std::vector<std::string> given, std::vector<std::string>& differences);
// "2  job without area: left out"
std::vector<std::string> note_lines(const Notes& notes);

}  // namespace qd::cases
