// Which address is answered by what.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "server/http/message.hpp"
#include "server/rest/parameters.hpp"
#include "server/rest/routes.hpp"

namespace qd::rest {

struct Call {
  const http::HttpRequest& request;
  std::vector<std::string> captured;  // what stood where the pattern has {…}, decoded, in order
  Parameters parameters;              // only those the route takes
};

struct Route {
  const RouteAddress* address;
  std::function<Result<http::HttpResponse>(const Call&)> answer;
};

// Every route answers GET and HEAD; OPTIONS tells so.
class Router {
 public:
  explicit Router(std::vector<Route> routes);

  struct Match {
    const Route* route;
    std::vector<std::string> captured;
  };
  // Errors: kRouteUnknown, naming the nearest address.
  Result<Match> find(const http::HttpRequest& request) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;  // of each pattern
};

}  // namespace qd::rest
