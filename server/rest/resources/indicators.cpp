// GET /api/v1/indicators: what figures mean.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  FactQuery asked;
  asked.families = call.parameters.list("family");
  asked.indicators = call.parameters.list("code");
  if (auto known = check_names(state, call, asked); !known) return fail(known.error());
  auto definitions = state.parts.database.catalogue().definitions();
  if (!definitions) return fail(definitions.error());
  auto links = state.parts.database.catalogue().links();
  if (!links) return fail(links.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  faces::leave_out_others(**portion, *definitions, *links);
  std::erase_if(*definitions, [&](const Definition& definition) {
    return !wanted(asked.families, definition.family) || !wanted(asked.indicators, definition.code);
  });
  return list_response(call, faces::indicator_table(*definitions, *links));
}

}  // namespace

std::vector<Route> indicators_routes() {
  return {{"/api/v1/indicators", {"family", "code", "format"}, answer}};
}

}  // namespace qd::rest::resources
