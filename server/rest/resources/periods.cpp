// GET /api/v1/periods: what there are figures for.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  const auto periods = state.parts.figures.periods(call.viewer());
  if (!periods) return fail(periods.error());
  return list_response(call, faces::period_table(*periods));
}

}  // namespace

std::vector<Route> periods_routes() { return {{"/api/v1/periods", {"format"}, answer}}; }

}  // namespace qd::rest::resources
