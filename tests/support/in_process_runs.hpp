// Runs a family with the worker's own code, in this process: for tests that need thousands of runs.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "core/cases/case_runs.hpp"
#include "core/compute/accept_answer.hpp"
#include "core/families/discover.hpp"
#include "core/worker/child/family_run.hpp"

namespace qd::test {

constexpr auto kAnyText = std::numeric_limits<std::size_t>::max();  // of a dictionary

class InProcessRun {
 public:
  InProcessRun(const qd_family& entry, const worker::wire::RunRequest& request)
      : family_(request.family), run_(entry, request) {}

  Result<worker::parent::RunAnswer> answer(cases::CaseInput& input) {
    if (const auto begun = run_.begin(); !begun) return fail(begun.error());
    for (std::uint32_t i = 0; i < family_.inputs.size(); ++i)
      if (const auto fed = feed(i, input); !fed) return fail(fed.error());
    if (const auto finished = run_.finish(); !finished) return fail(finished.error());
    auto rows = run_.roll_up();
    if (!rows) return fail(rows.error());
    return worker::parent::RunAnswer{*std::move(rows), run_.members(), run_.breakdowns(),
                                     run_.notes(), run_.trace()};
  }

 private:
  Result<void> feed(std::uint32_t index, cases::CaseInput& input) {
    const FamilyInput& wanted = family_.inputs[index];
    const auto sink = [&](const Batch& batch) -> Result<void> {
      std::vector<std::string_view> texts;
      for (; texts_sent_ < dictionary_.size(); ++texts_sent_)
        texts.push_back(dictionary_.text(static_cast<std::uint32_t>(texts_sent_)));
      const auto bytes = worker::wire::encode_texts(texts);
      if (!texts.empty()) run_.grow_texts({bytes.begin(), bytes.end()});
      const worker::wire::BatchPieces pieces(index, batch, true);
      std::vector<char> frame;
      for (const iovec& piece : pieces.pieces()) {
        const char* from = static_cast<const char*>(piece.iov_base);
        frame.insert(frame.end(), from, from + piece.iov_len);
      }
      return run_.consume(frame);
    };
    return input.rows.scan({wanted.table, wanted.columns, Instant{}}, dictionary_, sink);
  }

  const Family& family_;
  worker::child::FamilyRun run_;
  Dictionary dictionary_;
  std::size_t texts_sent_ = 0;
};

// A library of the build, with what it declares.
struct LoadedFamily {
  Family family;
  qd_family entry;

  explicit LoadedFamily(const std::string& library)
      : family(families::read_family(library).value()),
        entry(worker::child::find_family(worker::child::load_library(family).value(), family)
                  .value()) {}
};

inline std::map<std::string, std::string> options_of(const Family& family,
                                                     const cases::CaseInput& input) {
  auto options = input.options;
  for (const FamilyOption& option : family.options)
    if (!option.default_text.empty()) options.try_emplace(option.key, option.default_text);
  return options;
}

inline cases::RunFamily in_process_runs(const LoadedFamily& loaded) {
  return [&loaded](cases::CaseInput& input,
                   worker::wire::Scrutiny scrutiny) -> Result<cases::Outcome> {
    const worker::wire::RunRequest request{{},
                                           loaded.family,
                                           input.readings,
                                           input.definitions,
                                           options_of(loaded.family, input),
                                           input.known_until,
                                           input.areas,
                                           std::nullopt,
                                           scrutiny};
    auto answer = InProcessRun(loaded.entry, request).answer(input);
    if (!answer) return fail(answer.error());
    auto facts =
        compute::accept_answer(*answer, {input.definitions, input.readings, input.areas.codes(),
                                         "a case", kAnyText, Instant::max()});
    if (!facts) return fail(facts.error());
    cases::Outcome outcome;
    outcome.facts = *std::move(facts);
    outcome.definitions = input.definitions;
    outcome.notes = input.notes;
    for (const RunNote& note : answer->notes) outcome.notes[note.message] += note.count;
    if (answer->trace) outcome.untraced = answer->trace->untraced;
    return outcome;
  };
}

}  // namespace qd::test
