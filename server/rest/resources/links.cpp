// GET /api/v1/links: which indicator tells of which, how strongly, and what it adds.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  FactQuery asked;
  asked.indicators = call.parameters.list("code");
  if (auto known = check_names(state, call, asked); !known) return fail(known.error());
  auto definitions = state.parts.database.catalogue().definitions();
  if (!definitions) return fail(definitions.error());
  auto links = state.parts.database.catalogue().links();
  if (!links) return fail(links.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  faces::leave_out_others(**portion, *definitions, *links);
  std::erase_if(*links, [&](const DefinitionLink& link) {
    return !wanted(asked.indicators, link.code) && !wanted(asked.indicators, link.linked);
  });
  return list_response(call, faces::link_table(*links));
}

}  // namespace

std::vector<Route> links_routes() { return {{"/api/v1/links", {"code", "format"}, answer}}; }

}  // namespace qd::rest::resources
