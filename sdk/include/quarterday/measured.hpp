// quarterday/measured.hpp: the host's two tables of figures that somebody counted for a period,
// measure_observations and survey_tallies, and what a row of them says.
#pragma once

#include <quarterday/plugin.h>

#include <cstddef>
#include <cstdint>
#include <quarterday/cells.hpp>
#include <quarterday/declare.hpp>
#include <quarterday/row.hpp>
#include <string>
#include <string_view>

namespace quarterday::measured {

// Both tables begin with these columns.
enum Column { kMeasure, kVersion, kArea, kTenure, kFrom, kUntil, kMark, kFirstOwn };
enum ObservationColumn { kNumerator = kFirstOwn, kDenominator };
enum TallyColumn { kAnswers = kFirstOwn, kWeighted = kAnswers + 5, kResponses };

constexpr qd_column_spec kObservationColumns[] = {
    text("measure"), integer("version"),  text("area"),
    text("tenure"),  date("period_from"), date("period_until"),
    text("mark"),    number("numerator"), number("denominator")};

constexpr qd_column_spec kTallyColumns[] = {
    text("measure"),     integer("version"),        text("area"),
    text("tenure"),      date("period_from"),       date("period_until"),
    text("mark"),        number("very_positive"),   number("fairly_positive"),
    number("neither"),   number("fairly_negative"), number("very_negative"),
    integer("weighted"), integer("responses")};

constexpr qd_input_spec observations() {
  return host_table("measure_observations", kObservationColumns);
}
constexpr qd_input_spec tallies() { return host_table("survey_tallies", kTallyColumns); }

inline Part missing(std::uint32_t null_reason) {
  Part part;
  part.null_reason = null_reason;
  return part;
}

// X left blank, Z not required, U denominator 0, E excluded, S suppressed.
inline std::uint32_t null_reason_of(std::string_view mark) {
  switch (mark.empty() ? 'X' : mark[0]) {
    case 'Z':
      return QD_NOT_APPLICABLE;
    case 'U':
      return QD_ZERO_DENOMINATOR;
    case 'E':
      return QD_EXCLUDED;
    case 'S':
      return QD_SUPPRESSED;
    default:
      return QD_NOT_AVAILABLE;
  }
}

// The breakdown of a tenure: "tenure=LCRA"; "" where tenure does not matter.
inline std::string tenure_breakdown(const Row& row) {
  const std::string tenure(row.text(kTenure).value_or("ALL"));
  return tenure == "ALL" ? "" : "tenure=" + tenure;
}

// -1 for a number that is not whole: then it counts no cases.
inline std::int64_t whole_or_unstated(Number number) {
  return number.is_whole() ? number.whole_part() : -1;
}

// Numerator and denominator as they were counted.
inline Part observation_part(const Row& row) {
  if (const auto mark = row.text(kMark)) return missing(null_reason_of(*mark));
  const auto numerator = row.number(kNumerator), denominator = row.number(kDenominator);
  if (!numerator || !denominator) return missing(QD_NOT_AVAILABLE);
  return {*numerator, *denominator};
}

// Two positive answers of five. n is the number of people, where it is known: the record's
// `responses`, else the answers themselves unless they are weighted.
inline Part tally_part(const Row& row) {
  if (const auto mark = row.text(kMark)) return missing(null_reason_of(*mark));
  Part part;
  for (std::size_t answer = 0; answer < 5; ++answer) {
    const auto count = row.number(kAnswers + answer);
    if (!count) return missing(QD_NOT_AVAILABLE);
    part.denominator += *count;
    if (answer < 2) part.numerator += *count;
  }
  const bool weighted = row.integer(kWeighted) == 1;
  if (weighted) part.flags |= QD_WEIGHTED;
  part.n = row.integer(kResponses).value_or(weighted ? -1 : whole_or_unstated(part.denominator));
  return part;
}

}  // namespace quarterday::measured
