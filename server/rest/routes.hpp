// What the API offers, as data: the router, the parameters that are taken, and the test that holds
// the API's description to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/work_pool.hpp"

namespace qd::rest {

struct RouteAddress {
  std::string name;                          // "facts"
  std::string pattern;                       // "/api/v1/facts"
  std::vector<std::string> parameters = {};  // of the query; others are refused
  bool needs_key = true;
  http::Lane lane = http::Lane::kQuick;
};

const std::vector<RouteAddress>& route_addresses();
const RouteAddress& route_address(std::string_view name);

}  // namespace qd::rest
