#include "server/rest/routes.hpp"

#include <algorithm>

namespace qd::rest {

const std::vector<RouteAddress>& route_addresses() {
  static const std::vector<RouteAddress> addresses = {
      {"facts",
       "/api/v1/facts",
       {"indicator", "area", "period", "reading", "breakdown", "family", "as_of", "limit", "cursor",
        "format", "dialect"}},
      {"fact", "/api/v1/facts/{id}"},
      {"explain", "/api/v1/facts/{id}/explain", {}, true, http::Lane::kLong},
      {"indicators", "/api/v1/indicators", {"family", "code", "format"}},
      {"areas", "/api/v1/areas", {"kind", "parent", "format"}},
      {"periods", "/api/v1/periods", {"format"}},
      {"families", "/api/v1/families", {"format"}, true, http::Lane::kLong},
      {"runs", "/api/v1/runs", {"family", "period", "format"}},
      {"returns", "/api/v1/returns", {"format"}},
      {"workbook", "/api/v1/returns/{schedule}/{period}/{revision}/workbook"},
      {"jobs", "/api/v1/jobs", {"format"}},
      {"description", "/openapi.yaml"},
      {"live", "/healthz/live", {}, false},
      {"ready", "/healthz/ready", {}, false, http::Lane::kLong},
  };
  return addresses;
}

const RouteAddress& route_address(std::string_view name) {
  const auto& addresses = route_addresses();
  return *std::find_if(addresses.begin(), addresses.end(),
                       [&](const RouteAddress& address) { return address.name == name; });
}

}  // namespace qd::rest
