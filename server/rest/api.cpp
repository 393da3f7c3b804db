#include "server/rest/api.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/http/edge.hpp"
#include "server/http/problem.hpp"

namespace qd::rest {
namespace {

constexpr std::size_t kCacheBytes = http::kKilobyte * 1024 * 32;

http::HttpResponse options_response() {
  http::HttpResponse response;
  response.status = 204;
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

http::HttpResponse not_allowed(const http::HttpRequest& request) {
  auto response = http::problem(
      Error{ErrorCode::kMethodNotAllowed, request.method + " is not offered here", "use GET"},
      request.path);
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

// Without keys a page in a browser here could read everything, were its own name made to lead to
// this machine: the browser then sends that name.
bool names_this_machine(const http::HttpRequest& request) {
  const std::string* host = request.header("host");
  if (!host) return true;  // HTTP/1.0: no browser
  const auto colon = host->rfind(':');
  const bool has_port = colon != std::string::npos && host->back() != ']';
  const auto address = http::ListenAddress::parse(has_port ? *host : *host + ":80");
  return address && address->loopback();
}

Error other_name(const http::HttpRequest& request) {
  return {ErrorCode::kHostRefused,
          fmt::format("the server is open to this machine only, and was asked as '{}'",
                      *request.header("host")),
          "ask localhost or 127.0.0.1, or serve without --open and use a key"};
}

Result<http::HttpResponse> description(const Call&) {
  return http::text_response(200, "application/yaml", std::string(openapi_text()));
}

}  // namespace

Api::Api(const ApiParts& parts)
    : parts_(parts),
      router_(make_routes()),
      guard_(parts.database.keys(), parts.clock),
      names_(parts.database.catalogue(), parts.clock),
      data_version_(parts.database.figures(), parts.freshness),
      instant_(parts.database.runs(), parts.clock),
      cache_(kCacheBytes) {}

std::vector<Route> Api::make_routes() {
  const auto route = [this](const char* name, Answer (Api::*method)(const Call&)) {
    return Route{&route_address(name),
                 [this, method](const Call& call) { return (this->*method)(call); }};
  };
  return {
      route("facts", &Api::facts),       route("fact", &Api::one_fact),
      route("explain", &Api::explain),   route("indicators", &Api::indicators),
      route("areas", &Api::areas),       route("periods", &Api::periods),
      route("families", &Api::families), route("runs", &Api::runs),
      route("returns", &Api::returns),   route("workbook", &Api::workbook),
      route("jobs", &Api::jobs),         route("live", &Api::live),
      route("ready", &Api::ready),       Route{&route_address("description"), description},
  };
}

http::Lane Api::lane(const http::HttpRequest& request) const {
  const auto match = router_.find(request);
  if (!match) return http::Lane::kQuick;
  const bool whole_export = std::find(request.query.begin(), request.query.end(),
                                      http::HttpField{"limit", "all"}) != request.query.end();
  return whole_export ? http::Lane::kLong : match->route->address->lane;
}

http::HttpResponse Api::answer(const http::HttpRequest& request) {
  auto answer = checked(request);
  if (!answer) return http::problem(answer.error(), request.path);
  return std::move(*answer);
}

// Key first: without one not even which addresses exist is told.
Result<http::HttpResponse> Api::checked(const http::HttpRequest& request) {
  if (parts_.open && !names_this_machine(request)) return fail(other_name(request));
  const auto match = router_.find(request);
  const bool needs_key = !parts_.open && (!match || match->route->address->needs_key);
  if (needs_key)
    if (auto admitted = guard_.admit(request); !admitted) return fail(admitted.error());
  if (!match) return fail(match.error());
  if (request.method == "OPTIONS") return options_response();
  if (request.method != "GET" && request.method != "HEAD") return not_allowed(request);
  auto parameters = Parameters::of(request, match->route->address->parameters);
  if (!parameters) return fail(parameters.error());
  return match->route->answer(Call{request, match->captured, std::move(*parameters)});
}

}  // namespace qd::rest
