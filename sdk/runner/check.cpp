#include "runner/check.hpp"

#include <algorithm>

#include "runner/text.hpp"

namespace quarterday::runner {
namespace {

using Lines = std::vector<std::string>;

struct NamedVariation {
  const char* name;
  Variation variation;
};
const NamedVariation kVariations[] = {
    {"one row at a time", {0, 1, false}},  {"shuffled", {1, 64, false}},
    {"shuffled otherwise", {2, 3, false}}, {"shuffled, one row at a time", {3, 1, false}},
    {"while tracing", {0, 64, true}},
};

// Everything of a figure that must not depend on how rows arrive.
Lines fingerprints(const PreparedRun& run, const Outcome& outcome) {
  Lines lines;
  for (const Figure& figure : figures_of(run, outcome.parts).rows) {
    Lines fields;
    for (const char* column : {"indicator", "version", "area", "reading", "breakdown", "numerator",
                               "denominator", "value", "n", "population", "flags"})
      fields.push_back(*field_of(run, figure, column));
    lines.push_back(csv_line(fields));
  }
  for (const auto& [message, count] : outcome.notes)
    lines.push_back(std::to_string(count) + "  " + message);
  if (!outcome.failure.empty()) lines.push_back("failure: " + outcome.failure);
  return lines;
}

// Lines of one that are not in the other, each with a sign in front.
Lines only_in(Lines one, Lines other, const char* sign) {
  std::sort(one.begin(), one.end());
  std::sort(other.begin(), other.end());
  Lines difference;
  std::set_difference(one.begin(), one.end(), other.begin(), other.end(),
                      std::back_inserter(difference));
  for (std::string& line : difference) line.insert(0, sign);
  return difference;
}

void append(Lines& lines, const Lines& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

void compare(const std::string& heading, const Lines& expected, const Lines& actual,
             Lines& differences) {
  Lines found = only_in(expected, actual, "  - ");
  append(found, only_in(actual, expected, "  + "));
  if (found.empty()) return;
  differences.push_back(heading);
  append(differences, found);
}

bool counts_something(const EmittedPart& part) {
  return part.null_reason == QD_HAS_VALUE &&
         (part.numerator != 0 || part.denominator != 0 || !part.members.empty());
}

// `explain` must be able to name the rows behind every part.
void look_at_traces(const PreparedRun& run, const Outcome& outcome, Lines& differences) {
  for (const EmittedPart& part : outcome.parts)
    if (counts_something(part) && outcome.traces.count(key_of(part)) == 0)
      differences.push_back("  no row is traced to " + run.measures[part.indicator].id + " of " +
                            part.area + " " + part.breakdown);
}

bool is_compared(const Case& given, const std::string& indicator) {
  return given.indicators.empty() || std::find(given.indicators.begin(), given.indicators.end(),
                                               indicator) != given.indicators.end();
}

Expected actual_of(const Case& given, const Expected& expected, const PreparedRun& run,
                   const Outcome& outcome) {
  Expected actual;
  actual.period = expected.period;
  actual.notes = outcome.notes;
  actual.facts.columns = expected.facts.columns;
  if (outcome.status != QD_OK) {
    actual.failure = outcome.failure;
    return actual;
  }
  const Figures figures = figures_of(run, outcome.parts);
  for (const auto& [message, count] : figures.notes) actual.notes[message] += count;
  for (const Figure& figure : figures.rows) {
    if (!is_compared(given, run.measures[figure.indicator].id)) continue;
    Line line;
    for (const std::string& column : expected.facts.columns) {
      const auto field = field_of(run, figure, column);
      if (!field) throw CaseError(expected.facts.line, "facts have no column '" + column + "'");
      line.fields.push_back(*field);
    }
    actual.facts.rows.push_back(std::move(line));
  }
  return actual;
}

Lines fact_lines(const Expected& expected) {
  Lines lines;
  for (const Line& row : expected.facts.rows) lines.push_back(csv_line(row.fields));
  return lines;
}

Lines note_lines(const Expected& expected) {
  Lines lines;
  for (const auto& [message, count] : expected.notes)
    lines.push_back(std::to_string(count) + "  " + message);
  return lines;
}

void compare_run(const Expected& expected, const Expected& actual, Lines& differences) {
  const std::string in = " (" + expected.period + ")";
  if (expected.failure != actual.failure) {
    differences.push_back("failure" + in);
    if (expected.failure) differences.push_back("  - " + *expected.failure);
    if (actual.failure) differences.push_back("  + " + *actual.failure);
  }
  if (expected.failure || actual.failure) return;
  compare("facts" + in + ": - expected, + given", fact_lines(expected), fact_lines(actual),
          differences);
  compare("notes" + in + ": - expected, + given", note_lines(expected), note_lines(actual),
          differences);
}

}  // namespace

Outcome drive_steadily(const qd_family& family, const PreparedRun& run, Lines& differences) {
  Outcome first = drive(family, run.request, Variation{});
  const Lines plain = fingerprints(run, first);
  for (const NamedVariation& named : kVariations) {
    const Outcome again = drive(family, run.request, named.variation);
    compare(std::string("not the same ") + named.name + ": - plain, + varied", plain,
            fingerprints(run, again), differences);
    if (named.variation.tracing && again.status == QD_OK) look_at_traces(run, again, differences);
  }
  return first;
}

CaseResult check_case(const qd_family& family, const Case& given) {
  CaseResult result;
  for (const Expected& expected : given.expected) {
    const PreparedRun run = prepare(family, given, expected);
    const Outcome outcome = drive_steadily(family, run, result.differences);
    result.actual.push_back(actual_of(given, expected, run, outcome));
    compare_run(expected, result.actual.back(), result.differences);
  }
  return result;
}

}  // namespace quarterday::runner
