#include "core/worker/child/plausible.hpp"

namespace qd::worker::child {
namespace {

// Of these, less than nothing cannot be. Money and differences may well be negative.
bool counts_what_is_there(const Definition& definition) {
  return is_count(definition.aggregation) || definition.part_of_whole ||
         definition.aggregation == Aggregation::kRatePerStock ||
         definition.aggregation == Aggregation::kMeanDuration;
}

}  // namespace

std::string implausible(const wire::FactRow& row, const Definition& definition) {
  if (row.numerator < 0 && counts_what_is_there(definition)) return "is below 0";
  if (definition.part_of_whole && row.numerator > row.denominator)
    return definition.unit == "%" ? "is above 100 %" : "is more than the whole it is a part of";
  return {};
}

}  // namespace qd::worker::child
