// GET /api/v1/runs: what was computed, when, from what.
#include "core/model/period.hpp"
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

struct RunFilter {
  std::optional<std::string> family, period;
};

Result<RunFilter> read_filter(const Parameters& parameters) {
  RunFilter filter;
  const auto family = parameters.single("family");
  if (!family) return fail(family.error());
  const auto period = parameters.single("period");
  if (!period) return fail(period.error());
  filter.family = *family;
  if (!*period) return filter;
  const auto parsed = Period::parse(**period);
  if (!parsed) return fail(parsed.error());
  filter.period = parsed->id();
  return filter;
}

Result<void> check_names(ApiState& state, const Call& call, const RunFilter& filter) {
  FactQuery asked;
  if (filter.family) asked.families = {*filter.family};
  if (filter.period) asked.periods = {*filter.period};
  return check_names(state, call, asked);
}

Answer answer(ApiState& state, const Call& call) {
  const auto filter = read_filter(call.parameters);
  if (!filter) return fail(filter.error());
  if (auto known = check_names(state, call, *filter); !known) return fail(known.error());
  auto runs = state.parts.database.runs().runs(filter->family, filter->period);
  if (!runs) return fail(runs.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  std::erase_if(*runs, [&](const Run& run) { return !(*portion)->has_family(run.family); });
  for (Run& run : *runs) call.take_out_notes(run);
  return list_response(call, faces::run_table(*runs, call.run_detail()));
}

}  // namespace

std::vector<Route> runs_routes() {
  return {{"/api/v1/runs", {"family", "period", "format"}, answer}};
}

}  // namespace qd::rest::resources
