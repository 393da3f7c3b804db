#include "core/model/period.hpp"
#include "core/tables/column.hpp"
#include "core/tables/list.hpp"

namespace qd::tables {
namespace {

using enum ColumnKind;

constexpr std::int64_t kMostFactor = 1'000'000'000;
constexpr std::int64_t kMostDecimals = 10;

bool starts_quarter(const Cell& day, const Cell&) {
  const Date date = date_of(static_cast<std::int32_t>(day.value));
  return Period::quarter_of(date).from() == date;
}

std::vector<ColumnSpec> columns() {
  return {
      needed("code", kText, "code of the indicator"),
      needed("version", kInteger, "1, 2, …").between(1, kMostVersions),
      needed("family", kText, "the family that computes it, e.g. copis"),
      needed("title", kText, "plain-English title; of a COPI: the residents' own words"),
      needed("numerator", kText, "numerator in words"),
      optional("denominator", kText, "denominator in words; none: a count"),
      needed("unit", kText, "unit of the value"),
      needed("source", kText, "who decided it, when and where"),
      needed("multiplier", kInteger, "value = multiplier / divisor x numerator / denominator")
          .between(1, kMostFactor),
      needed("divisor", kInteger, "1 unless units change, e.g. 60 for hours out of minutes")
          .between(1, kMostFactor),
      needed("decimals", kInteger, "shown half-up to so many").between(0, kMostDecimals),
      needed("polarity", kText, "which way is good")
          .one_of({"context", "high", "low", "range", "nearest"}),
      needed("aggregation", kText, "how it adds up over time and area")
          .one_of({"snapshot_ratio", "flow_ratio", "rate_per_stock", "survey_proportion",
                   "mean_duration", "distinct_count", "additive_count"}),
      optional("formula", kText, "of an indicator that is data")
          .one_of({"AGREE_PCT", "SCORE_MEAN", "CHECKLIST_PCT", "COUNT_RATE"}),
      optional("area", kText, "neighbourhood or estate that owns it").standing_in("areas"),
      needed("effective_from", kDate, "first day it holds; the start of a quarter"),
      optional("effective_until", kDate, "first day it no longer holds"),
      needed("comparable_with_previous", kYesNo,
             "yes: the series goes on; no: a break in the series"),
  };
}

}  // namespace

ShippedTable definitions() {
  return {{"definitions", "What indicators mean, version by version.", columns(), 2},
          {{"effective_from", "", starts_quarter, "a definition begins with a quarter",
            "write 1 April, 1 July, 1 October or 1 January"},
           ends_after_it_begins("effective_until", "effective_from")}};
}

}  // namespace qd::tables
