#include "core/model/definition_rules.hpp"

#include <utility>

namespace qd {
namespace {

using Faults = std::vector<FieldFault>;

bool is_between(std::int64_t value, std::int64_t low, std::int64_t high) {
  return low <= value && value <= high;
}

void check_denominator(const Definition& definition, Faults& faults) {
  const bool counts = is_count(definition.aggregation);
  if (counts && !definition.denominator.empty())
    faults.push_back({"denominator", "a count has no denominator"});
  if (!counts && definition.denominator.empty() && definition.aggregation != Aggregation::kQuantile)
    faults.push_back(
        {"denominator", "no denominator in words, where only a count or a quantile has none"});
  if (definition.is_count() && definition.part_of_whole)
    faults.push_back({"part_of_whole", "a count is no part of a whole"});
  if (definition.is_count() && !definition.shortfall.empty())
    faults.push_back({"shortfall", "a count falls short of nothing"});
}

void check_numbers(const Definition& definition, Faults& faults) {
  for (const auto& [key, factor] :
       {std::pair{"multiplier", definition.multiplier}, std::pair{"divisor", definition.divisor}})
    if (!is_between(factor, 1, kLargestFactor))
      faults.push_back({key, "multiplier and divisor must lie between 1 and 1,000,000,000"});
  if (!is_between(definition.decimals, 0, kMostDecimals))
    faults.push_back({"decimals", "decimals must lie between 0 and 10"});
  const bool quantile = definition.aggregation == Aggregation::kQuantile;
  if (quantile && !definition.percentile) faults.push_back({"percentile", "no percentile"});
  if (!quantile && definition.percentile)
    faults.push_back({"percentile", "a percentile belongs to the aggregation quantile"});
  if (definition.percentile && !is_between(*definition.percentile, 0, 100))
    faults.push_back({"percentile", "a percentile lies between 0 and 100"});
}

void check_polarity(const Definition& definition, Faults& faults) {
  const bool range = definition.polarity == Polarity::kRange;
  if (range && !definition.range_from && !definition.range_until)
    faults.push_back({"polarity", "a range has range_from or range_until, or both"});
  if (!range && (definition.range_from || definition.range_until))
    faults.push_back({"range_from", "range_from and range_until belong to the polarity range"});
  if (definition.range_from && definition.range_until &&
      *definition.range_until < *definition.range_from)
    faults.push_back({"range_until", "range_until is less than range_from"});
  const bool nearest = definition.polarity == Polarity::kNearest;
  if (nearest && !definition.target) faults.push_back({"polarity", "nearest needs a target"});
  if (!nearest && definition.target)
    faults.push_back({"target", "a target belongs to the polarity nearest"});
}

}  // namespace

std::vector<FieldFault> faults_of(const Definition& definition) {
  Faults faults;
  check_denominator(definition, faults);
  check_numbers(definition, faults);
  check_polarity(definition, faults);
  if (definition.effective_until && *definition.effective_until <= definition.effective_from)
    faults.push_back({"effective_until", "it ends before it begins"});
  return faults;
}

}  // namespace qd
