// GET /openapi.yaml: the API's own description.
#include "server/rest/resource.hpp"
#include "server/rest/resources/openapi_text.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState&, const Call&) {
  return http::text_response(200, "application/yaml", std::string(openapi_text()));
}

}  // namespace

std::vector<Route> description_routes() { return {{"/openapi.yaml", {}, answer}}; }

}  // namespace qd::rest::resources
