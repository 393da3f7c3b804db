#include "core/tables/list.hpp"
#include "core/tables/measured.hpp"

namespace qd::tables {
namespace {

using enum ColumnKind;

// Only of the regulator's percentages: rent collected may exceed 100 %, a mean has no such bound.
bool is_part_of_whole(std::string_view measure) {
  return measure.starts_with("BS0") || measure.starts_with("RP0") || measure.starts_with("CH02");
}

bool more_than_the_whole(std::span<const Cell> cells) {
  const Cell &measure = cells[0], &numerator = cells[1], &denominator = cells[2];
  return is_part_of_whole(measure.text) && numerator.present && denominator.present &&
         numerator.value > denominator.value;
}

}  // namespace

ShippedTable measure_observations() {
  return {
      {"measure_observations", "Numerator and denominator of a measure, as counted for a period.",
       measured_columns({
           optional("numerator", kNumber, "e.g. repairs completed in time")
               .in("as the measure says")
               .between(-kMostCounted, kMostCounted),
           optional("denominator", kNumber, "e.g. repairs completed")
               .in("as the measure says")
               .between(0, kMostCounted),
       }),
       kMeasuredKey},
      {measured_period()},
      {{{"measure", "numerator", "denominator"},
        more_than_the_whole,
        "the numerator is greater than the denominator"}}};
}

}  // namespace qd::tables
