#include "core/cases/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/cases/case_runs.hpp"
#include "core/cases/fact_fields.hpp"
#include "core/text/nearest.hpp"

namespace qd::cases {
namespace {

using Lines = std::vector<std::string>;

bool is_compared(const Case& given, const std::string& indicator) {
  return given.indicators.empty() || std::find(given.indicators.begin(), given.indicators.end(),
                                               indicator) != given.indicators.end();
}

// Places in fact_columns() of the columns the author wants to see.
Result<std::vector<std::size_t>> wanted_columns(const Expected& expected) {
  std::vector<std::size_t> wanted;
  const auto& known = fact_columns();
  for (const Field& column : expected.columns) {
    const auto found = std::find(known.begin(), known.end(), column.text);
    if (found == known.end())
      return fail_at(column.place, fmt::format("facts have no column '{}'", column.text),
                     text::nearest_hint(column.text, known));
    wanted.push_back(static_cast<std::size_t>(found - known.begin()));
  }
  return wanted;
}

Expected actual_of(const Case& given, const Expected& expected,
                   const std::vector<std::size_t>& wanted, const Outcome& outcome) {
  Expected actual;
  actual.period = expected.period;
  actual.columns = expected.columns;
  actual.failure = outcome.failure;
  if (outcome.failure) return actual;
  actual.notes = outcome.notes;
  for (const Fact& fact : outcome.facts) {
    if (!is_compared(given, fact.indicator)) continue;
    auto& row = actual.facts.emplace_back();
    for (const auto column : wanted)
      row.push_back(fact_field(column, fact, outcome.definition_of(fact)));
  }
  return actual;
}

Lines fact_lines(const Expected& expected) {
  Lines lines;
  for (const auto& row : expected.facts) lines.push_back(fields_line(row));
  return lines;
}

Lines failure_lines(const Expected& expected) {
  return expected.failure ? Lines{*expected.failure} : Lines{};
}

void compare(const Expected& expected, const Expected& actual, Lines& differences) {
  const auto heading = [&](std::string_view what) {
    return fmt::format("{} ({}): - expected, + given", what, expected.period);
  };
  append_differences(heading("failure"), failure_lines(expected), failure_lines(actual),
                     differences);
  if (expected.failure || actual.failure) return;
  append_differences(heading("facts"), fact_lines(expected), fact_lines(actual), differences);
  append_differences(heading("notes"), note_lines(expected.notes), note_lines(actual.notes),
                     differences);
}

// What the library did that ends its case; nothing else must suffer from it.
bool is_the_librarys(ErrorCode code) {
  return code == ErrorCode::kFamilyStopped || code == ErrorCode::kFamilyTimedOut ||
         code == ErrorCode::kFamilyFlooded || code == ErrorCode::kFamilyRubbish ||
         code == ErrorCode::kFamilyRefused;
}

// Errors of a run begin with a verb, but for a refusal.
std::string sentence_about(const Error& error) {
  return error.code == ErrorCode::kFamilyRefused ? error.message : "the family " + error.message;
}

}  // namespace

Result<CaseResult> check_case(const Family& family, const Case& given,
                              const worker::parent::WorkerSettings& settings) {
  CaseResult result;
  const auto run = worker_runs(family, settings);
  for (const Expected& expected : given.expected) {
    const auto wanted = wanted_columns(expected);
    if (!wanted) return fail(wanted.error());
    auto input = read_input(family, given, expected);
    if (!input) return fail(input.error());
    const auto outcome = run_steadily(run, *input, result.differences);
    if (!outcome && !is_the_librarys(outcome.error().code)) return fail(outcome.error());
    if (!outcome) {
      result.stopped = true;
      result.differences.push_back(sentence_about(outcome.error()));
      return result;
    }
    result.actual.push_back(actual_of(given, expected, *wanted, *outcome));
    compare(expected, result.actual.back(), result.differences);
  }
  return result;
}

}  // namespace qd::cases
