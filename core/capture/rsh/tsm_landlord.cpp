#include "core/capture/rsh/tsm_landlord.hpp"

#include <algorithm>

namespace qd::capture::rsh {
namespace {

Number sum(const TsmTally& tally, std::size_t n) {
  Number total;
  for (std::size_t i = 0; i < n; ++i) total.millionths += tally.counts[i].number->millionths;
  return total;
}

std::optional<Ratio> quotient(std::int64_t multiplier, Number numerator, Number denominator) {
  if (denominator.millionths == 0) return std::nullopt;
  return Ratio(Wide{multiplier} * numerator.millionths, denominator.millionths);
}

}  // namespace

char TsmTally::mark() const {
  for (std::size_t i = 0; i < kScaleAnswers; ++i) {
    if (counts[i].mark != '\0') return counts[i].mark;
  }
  return '\0';
}

bool TsmTally::all_there() const {
  return std::all_of(counts.begin(), counts.begin() + kScaleAnswers,
                     [](const TsmFigure& count) { return count.number.has_value(); });
}

Number answers_of(const TsmTally& tally) { return sum(tally, kScaleAnswers); }

std::optional<Ratio> recompute(const TsmMeasure& measure) {
  if (!measure.numerator.number || !measure.denominator.number) return std::nullopt;
  const bool rate = measure.measure.starts_with("NM01") || measure.measure.starts_with("CH01");
  return quotient(rate ? 1000 : 100, *measure.numerator.number, *measure.denominator.number);
}

std::optional<Ratio> recompute(const TsmTally& tally) {
  if (!tally.all_there()) return std::nullopt;
  return quotient(100, sum(tally, 2), answers_of(tally));
}

}  // namespace qd::capture::rsh
