// quarterday/measured.hpp: the host's two tables of figures that somebody
// counted for a period, measure_observations and survey_tallies, and what a row
// of them says.
#pragma once

#include <quarterday/plugin.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <quarterday/cells.hpp>
#include <quarterday/counted.hpp>
#include <quarterday/row.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace quarterday::measured {

// The inputs of a family that reads them, in this order:
//   measure_observations  measure, version, area, tenure, period_from,
//   period_until, mark, numerator,
//                         denominator
//   survey_tallies        measure, version, area, tenure, period_from,
//   period_until, mark,
//                         very_positive, fairly_positive, neither,
//                         fairly_negative, very_negative, weighted, responses
enum Input { kObservations, kTallies };
// Both begin with these columns.
enum Column { kMeasure, kVersion, kArea, kTenure, kFrom, kUntil, kMark, kFirstOwn };
enum ObservationColumn { kNumerator = kFirstOwn, kDenominator };
enum TallyColumn { kAnswers = kFirstOwn, kWeighted = kAnswers + 5, kResponses };

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

// Two positive answers of five. n is the number of people, where it is known:
// the record's `responses`, else the answers themselves unless they are
// weighted.
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

// What the records of one definition say of a reading. A version that came into force in the middle
// of it is complete with what was measured since; nullopt: they say nothing, or it did not hold.
inline std::optional<Answer> answer_in_force(const std::vector<Counted>& records,
                                             const qd_reading& reading,
                                             const qd_definition& definition, Rule rule) {
  qd_reading in_force = reading;
  in_force.from = std::max(in_force.from, definition.effective_from);
  in_force.until = std::min(in_force.until, definition.effective_until);
  auto answer = answer_for(records, in_force, rule);
  return answer ? answer : answer_for(records, reading, rule);
}

}  // namespace quarterday::measured
