// Turns what a worker answered into facts, or says why it cannot be believed. The worker's own host
// code has checked it all before, but beside code that may have written anywhere.
#pragma once

#include <string>
#include <vector>

#include "core/model/area_tree.hpp"
#include "core/model/error.hpp"
#include "core/model/fact.hpp"
#include "core/worker/parent/worker_run.hpp"

namespace qd::compute {

struct AnswerBounds {
  const std::vector<Definition>& definitions;  // those of the run
  const std::vector<ReadingWindow>& readings;
  const std::vector<std::string>& areas;  // codes, ascending
  std::string period;
  std::size_t n_texts;  // of the dictionary: who is counted is below it
  Instant as_of;  // what was known; figures of a reading that had not ended by then are provisional
};

// Facts sorted by (indicator, version, area, reading, breakdown), each key once; id and run are 0.
// Members are codes of the dictionary, where the worker told them.
// Errors: kFamilyRubbish, beginning with a verb.
Result<std::vector<Fact>> accept_answer(const worker::parent::RunAnswer& answer,
                                        const AnswerBounds& bounds);

}  // namespace qd::compute
