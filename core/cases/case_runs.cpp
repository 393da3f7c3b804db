#include "core/cases/case_runs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/cases/fact_fields.hpp"

namespace qd::cases {
namespace {

using Lines = std::vector<std::string>;
using worker::wire::Scrutiny;

struct Variation {
  const char* name;
  Arrangement arrangement;
  Scrutiny scrutiny;
};
constexpr Variation kVariations[] = {
    {"one row at a time", {0, 1}, Scrutiny::kTextsEnd},
    {"shuffled", {1, 64}, Scrutiny::kTextsEnd},
    {"shuffled otherwise", {2, 3}, Scrutiny::kTextsEnd},
    {"shuffled, one row at a time", {3, 1}, Scrutiny::kTextsEnd},
    {"while an explanation is asked for", {0, 64}, Scrutiny::kEveryPart},
};

// What the family itself said, without the host's verb before it.
std::string sentence_of(const Error& error) {
  constexpr std::string_view kVerb = "failed: ";
  return error.message.starts_with(kVerb) ? error.message.substr(kVerb.size()) : error.message;
}

Outcome outcome_of(compute::Computed computed, const Notes& notes) {
  Outcome outcome;
  outcome.facts = std::move(computed.facts);
  outcome.definitions = std::move(computed.definitions);
  outcome.notes = notes;
  for (const RunNote& note : computed.notes) outcome.notes[note.message] += note.count;
  if (computed.trace) outcome.untraced = std::move(computed.trace->untraced);
  return outcome;
}

// Everything of a run that must not depend on how rows arrive.
Lines fingerprints(const Outcome& outcome) {
  Lines lines;
  for (const Fact& fact : outcome.facts) {
    Lines fields;
    for (std::size_t column = 0; column < fact_columns().size(); ++column)
      fields.push_back(fact_field(column, fact, outcome.definition_of(fact)));
    lines.push_back(fields_line(fields));
  }
  for (auto& line : note_lines(outcome.notes)) lines.push_back(std::move(line));
  if (outcome.failure) lines.push_back("failure: " + *outcome.failure);
  return lines;
}

Lines only_in(const Lines& one, const Lines& other, std::string_view sign) {
  Lines difference;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(),
                      std::back_inserter(difference));
  for (std::string& line : difference) line.insert(0, sign);
  return difference;
}

}  // namespace

const Definition& Outcome::definition_of(const Fact& fact) const {
  return *std::find_if(definitions.begin(), definitions.end(), [&](const Definition& known) {
    return known.code == fact.indicator && known.version == fact.version;
  });
}

RunFamily worker_runs(const Family& family, const worker::parent::WorkerSettings& settings) {
  return [&family, settings](CaseInput& input, Scrutiny scrutiny) -> Result<Outcome> {
    NoProgress progress;
    auto of_case = settings;
    of_case.options[family.id] = input.options;
    auto computed =
        compute::compute_family({family, "a case", input.readings, input.as_of, input.definitions,
                                 input.known_until, input.areas, std::nullopt, scrutiny},
                                input.rows, of_case, progress);
    if (computed) return outcome_of(*std::move(computed), input.notes);
    if (computed.error().code != ErrorCode::kFamilyFailed) return fail(computed.error());
    Outcome outcome;
    outcome.failure = sentence_of(computed.error());
    return outcome;
  };
}

Result<Outcome> run_steadily(const RunFamily& run, CaseInput& input, Lines& differences) {
  input.rows.arrange({});
  auto plain = run(input, Scrutiny::kTextsEnd);
  if (!plain) return plain;
  const Lines expected = fingerprints(*plain);
  for (const Variation& variation : kVariations) {
    input.rows.arrange(variation.arrangement);
    auto varied = run(input, variation.scrutiny);
    if (!varied) return varied;
    append_differences(fmt::format("not the same {}: - plain, + varied", variation.name), expected,
                       fingerprints(*varied), differences);
    for (const std::string& part : varied->untraced)
      differences.push_back("  no row is traced to " + part);
  }
  return plain;
}

void append_differences(const std::string& heading, Lines expected, Lines given,
                        Lines& differences) {
  std::sort(expected.begin(), expected.end());
  std::sort(given.begin(), given.end());
  auto found = only_in(expected, given, "  - ");
  for (auto& line : only_in(given, expected, "  + ")) found.push_back(std::move(line));
  if (found.empty()) return;
  differences.push_back(heading);
  differences.insert(differences.end(), found.begin(), found.end());
}

std::vector<std::string> note_lines(const Notes& notes) {
  Lines lines;
  for (const auto& [message, count] : notes) lines.push_back(fmt::format("{}  {}", count, message));
  return lines;
}

}  // namespace qd::cases
