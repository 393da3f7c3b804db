// GET /api/v1/links: which indicator tells of which, how strongly, and what it adds.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"
#include "server/rest/own_definitions.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  FactQuery asked;
  asked.indicators = call.parameters.list("code");
  if (auto known = check_names(state, call, asked); !known) return fail(known.error());
  auto own = own_definitions(state, call);
  if (!own) return fail(own.error());
  std::erase_if(own->links, [&](const DefinitionLink& link) {
    return !wanted(asked.indicators, link.code) && !wanted(asked.indicators, link.linked);
  });
  return list_response(call, faces::link_table(own->links));
}

}  // namespace

std::vector<Route> links_routes() { return {{"/api/v1/links", {"code", "format"}, answer}}; }

}  // namespace qd::rest::resources
