// GET /api/v1/families: the libraries that are there, also those that are refused.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  auto families = state.parts.engine.families();
  if (!families) return fail(families.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  std::erase_if(*families, [&](const FamilyListing& one) {
    return !(*portion)->has_family(one.family ? one.family->id : "");
  });
  return list_response(call, faces::family_table(*families));
}

}  // namespace

std::vector<Route> families_routes() {
  return {{"/api/v1/families", {"format"}, answer, Scope::kFigures, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
