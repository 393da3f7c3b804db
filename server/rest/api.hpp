// The REST interface under /api/v1, health and the API's own description.
#pragma once

#include <vector>

#include "server/http/edge.hpp"
#include "server/keys/key_guard.hpp"
#include "server/rest/access_log.hpp"
#include "server/rest/resource.hpp"
#include "server/rest/router.hpp"

namespace qd::rest {

// Thread-safe.
class Api final : public http::HttpHandler {
 public:
  Api(const ApiParts& parts, std::vector<Route> routes);

  http::Task take(const http::HttpRequest& request) override;
  void refused(const std::string& client, const Error& error) override;

 private:
  http::HttpResponse respond(const http::HttpRequest& request, const Result<Router::Match>& match);
  Answer checked(const http::HttpRequest& request, const Result<Router::Match>& match,
                 Access& access);
  Result<keys::Caller> identified(const http::HttpRequest& request,
                                  const Result<Router::Match>& match);
  Answer answered(const http::HttpRequest& request, const keys::Caller& caller,
                  const Router::Match& match);

  ApiState state_;
  Router router_;
  keys::KeyGuard guard_;
};

}  // namespace qd::rest
