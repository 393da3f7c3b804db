// A landlord's line of the regulator's workbook, and what follows from it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/capture/rsh/tsm_columns.hpp"
#include "core/model/number.hpp"

namespace qd::capture::rsh {

// A cell of figures: a number, or the regulator's mark for why there is none.
struct TsmFigure {
  std::optional<Number> number;
  char mark = '\0';  // X, Z, U, E, S; '\0' with no number: the cell is empty
};

struct TsmMeasure {
  std::string measure, tenure;
  TsmFigure numerator, denominator;
  TsmFigure published;

  char mark() const { return numerator.mark != '\0' ? numerator.mark : denominator.mark; }
};

struct TsmTally {
  std::string measure;
  std::array<TsmFigure, kTallyCounts> counts;
  TsmFigure published;
  std::optional<bool> weighted;           // nullopt: not said
  std::optional<std::int64_t> responses;  // unweighted answers on the scale

  // Why the answers are missing; a missing "not applicable" or filter alone does not hide a figure.
  char mark() const;
  bool all_there() const;  // the five answers
};

struct TsmLandlord {
  std::int64_t line = 0;
  std::string code;
  std::string name;                  // empty: the sheet does not say it
  std::vector<TsmMeasure> measures;  // management measures, or the survey's sample as SURVEY
  std::vector<TsmTally> tallies;
};

// All answers on the scale; only when they are all there.
Number answers_of(const TsmTally& tally);

// Exact, in the unit published (per cent, per 1,000); nullopt when there is no quotient.
std::optional<Ratio> recompute(const TsmMeasure& measure);
std::optional<Ratio> recompute(const TsmTally& tally);

}  // namespace qd::capture::rsh
