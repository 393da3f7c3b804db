// Which address is answered by what.
#pragma once

#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "server/http/message.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest {

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

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> segments_;  // of each pattern
};

}  // namespace qd::rest
