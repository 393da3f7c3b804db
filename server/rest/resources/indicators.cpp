// GET /api/v1/indicators: what figures mean.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"
#include "server/rest/own_definitions.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  FactQuery asked;
  asked.families = call.parameters.list("family");
  asked.indicators = call.parameters.list("code");
  if (auto known = check_names(state, call, asked); !known) return fail(known.error());
  auto own = own_definitions(state, call);
  if (!own) return fail(own.error());
  std::erase_if(own->definitions, [&](const Definition& definition) {
    return !wanted(asked.families, definition.family) || !wanted(asked.indicators, definition.code);
  });
  return list_response(call, faces::indicator_table(own->definitions, own->links));
}

}  // namespace

std::vector<Route> indicators_routes() {
  return {{"/api/v1/indicators", {"family", "code", "format"}, answer}};
}

}  // namespace qd::rest::resources
