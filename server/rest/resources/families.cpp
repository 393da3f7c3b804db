// GET /api/v1/families: the libraries that are there, also those that are refused.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  const auto families = state.parts.engine.families();
  if (!families) return fail(families.error());
  return list_response(call, faces::family_table(*families));
}

}  // namespace

std::vector<Route> families_routes() {
  return {{"/api/v1/families", {"format"}, answer, Scope::kFigures, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
