#include "core/tables/list.hpp"
#include "core/tables/measured.hpp"

namespace qd::tables {
namespace {

using enum ColumnKind;

// Weighted answers have decimals.
ColumnSpec answers(std::string name, std::string meaning, ColumnKind kind = kNumber) {
  return optional(std::move(name), kind, std::move(meaning)).in("answers").between(0, kMostCounted);
}

}  // namespace

ShippedTable survey_tallies() {
  return {{"survey_tallies", "Answers to one survey question on a five-point scale, counted.",
           measured_columns({
               answers("very_positive", "very satisfied, strongly agree"),
               answers("fairly_positive", "fairly satisfied, agree"),
               answers("neither", "neither nor"),
               answers("fairly_negative", "fairly dissatisfied, disagree"),
               answers("very_negative", "very dissatisfied, strongly disagree"),
               answers("not_applicable", "not applicable or don't know"),
               answers("filter_yes", "said yes to the question before"),
               answers("filter_no", "said no to it"),
               optional("weighted", kYesNo, "whether the counts are weighted"),
               answers("responses", "unweighted answers on the scale, if known", kInteger),
           }),
           kMeasuredKey},
          {measured_period()}};
}

}  // namespace qd::tables
