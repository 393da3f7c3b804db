// Jobs done in time. To begin a family of your own, copy this folder and change what it counts.
#include <quarterday/family.hpp>

namespace {

namespace q = quarterday;

enum Column { kReference, kArea, kCompletedOn, kDaysTaken, kCancelled };
constexpr qd_column_spec kColumns[] = {
    q::required(q::text("reference", "reference of the job")),
    q::required(q::text("area", "where it was done")),
    q::date("completed_on", "day it was completed; none while it is open"),
    q::integer("days_taken", "days", "reported to completed"),
    q::integer("cancelled", "", "1: no longer wanted, so neither in time nor late"),
};
constexpr qd_input_spec kInputs[] = {
    q::own_table("template_jobs", "Jobs that were asked for.", kColumns, 1)};

enum Indicator { kInTime };
constexpr qd_indicator_spec kIndicators[] = {{"template.in_time", "Jobs completed in time",
                                              "jobs completed within 20 days", "jobs completed",
                                              "%", "an example; name the rule here", 100, 1, 1,
                                              QD_HIGH, QD_FLOW_RATIO, QD_NO_INTERVAL}};

constexpr std::int64_t kLimitDays = 20;

class Template final : public q::Family {
  void row(const q::Row& row) override {
    const auto area = row.code(kArea);
    const auto days = row.integer(kDaysTaken);
    const auto readings = readings_with(row.date(kCompletedOn));
    if (readings.empty()) return;
    if (!area) return note("job without area: left out");
    if (row.integer(kCancelled) == 1) {
      for (const auto reading : readings) none({kInTime, reading, *area});
      return;
    }
    if (!days) return note("job without days_taken: left out");
    for (const auto reading : readings) count_case({kInTime, reading, *area}, *days <= kLimitDays);
  }
};

}  // namespace

QUARTERDAY_FAMILY(Template, "template", "1.0.0", "Template", kInputs, kIndicators)
