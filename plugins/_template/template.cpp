#include <quarterday/family.hpp>

#include "template_names.hpp"
using namespace template_names;  // jobs, indicator, kId, kVersion: made of template.toml

class Template final : public quarterday::Family {
  void row(const quarterday::Row& row) override {
    const auto area = row.code(jobs::area);
    const auto done = row.date(jobs::completed_on);
    const auto days = row.integer(jobs::days_taken);
    if (!area || readings_with(done).empty()) return;
    if (row.is_yes(jobs::cancelled)) return none(indicator::in_time, done, *area);
    if (!days) return note("job without days_taken: left out");
    count_case(indicator::in_time, done, *area, *days <= 20);
  }
};
QUARTERDAY_FAMILY(Template, kId, kVersion)
