// What a heading of the regulator's workbook means. Columns move, gain footnotes and change words
// every year, so a heading is read for its meaning and never for its position.
#pragma once

#include <string>
#include <string_view>

namespace qd::capture::rsh {

enum class TsmRole {
  kUnknown,  // news: to be reported
  kContext,  // known, and not loaded
  kLandlordName,
  kLandlordCode,
  kPopulation,  // relevant tenant population
  kSample,      // total sample achieved
  kWeighted,    // whether the counts are weighted
  kPublished,   // the figure as published, to compare with
  kNumerator,
  kDenominator,
  kVeryPositive,
  kFairlyPositive,
  kNeither,
  kFairlyNegative,
  kVeryNegative,
  kNotApplicable,
  kFilterYes,
  kFilterNo,
};

struct TsmHeading {
  TsmRole role = TsmRole::kUnknown;
  std::string measure = {};  // "RP02_1", "TP01", "TP01_UNWEIGHTED"; empty when it is of no measure
  std::string tenure = {};  // of management measures: "LCRA", …; the sheet says it for the others
};

// Lower case, single blanks, straight quotes; without soft hyphens, zero-width characters, and the
// digits of footnotes at the end.
std::string plain_heading(std::string_view heading);

// The "(TPnn)" at the end decides the measure, whatever the words before it say: in the issue of
// 2025 the counts of TP05 and TP06 carry the next question's words.
TsmHeading read_tsm_heading(std::string_view heading);

}  // namespace qd::capture::rsh
