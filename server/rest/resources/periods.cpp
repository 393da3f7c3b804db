// GET /api/v1/periods: what there are figures for.
#include "core/model/period.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
using enum formats::FieldKind;
namespace {

std::vector<formats::Cell> period_row(const std::string& id) {
  const auto period = Period::parse(id);
  if (!period) return {id, {}, {}, {}};
  std::vector<std::string> readings;
  for (const auto& window : period->readings()) readings.emplace_back(to_text(window.reading));
  return {id, to_text(period->from()), to_text(period->until()), formats::joined(readings)};
}

formats::TextTable period_table(const std::vector<std::string>& ids) {
  formats::TextTable table{{{"id"}, {"from"}, {"until"}, {"readings", kList}}, {}};
  for (const auto& id : ids) table.rows.push_back(period_row(id));
  return table;
}

Answer answer(ApiState& state, const Call& call) {
  const auto periods = state.parts.figures.periods(call.viewer());
  if (!periods) return fail(periods.error());
  return list_response(call, period_table(*periods));
}

}  // namespace

std::vector<Route> periods_routes() { return {{"/api/v1/periods", {"format"}, answer}}; }

}  // namespace qd::rest::resources
