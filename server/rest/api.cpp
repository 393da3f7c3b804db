#include "server/rest/api.hpp"

#include <algorithm>

#include "server/http/problem.hpp"

namespace qd {
namespace {

constexpr std::size_t kCacheBytes = 32 * std::size_t{1024} * 1024;

HttpResponse options_response() {
  HttpResponse response;
  response.status = 204;
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

HttpResponse not_allowed(const HttpRequest& request) {
  auto response = problem(
      Error{ErrorCode::kMethodNotAllowed, request.method + " is not offered here", "use GET"},
      request.path);
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

Result<HttpResponse> description(const Call&) {
  return text_response(200, "application/yaml", std::string(openapi_text()));
}

}  // namespace

Api::Api(const ApiParts& parts)
    : parts_(parts),
      router_(make_routes()),
      guard_(parts.database.keys(), parts.clock),
      names_(parts.database.facts(), parts.clock),
      instant_(parts.database.facts(), parts.clock),
      cache_(kCacheBytes) {}

std::vector<Route> Api::make_routes() {
  const auto to = [this](Answer (Api::*method)(const Call&)) {
    return [this, method](const Call& call) { return (this->*method)(call); };
  };
  return {
      {"/api/v1/facts", to(&Api::facts)},
      {"/api/v1/facts/{id}", to(&Api::one_fact)},
      {"/api/v1/facts/{id}/explain", to(&Api::explain), true, Lane::kLong},
      {"/api/v1/indicators", to(&Api::indicators)},
      {"/api/v1/areas", to(&Api::areas)},
      {"/api/v1/periods", to(&Api::periods)},
      {"/api/v1/families", to(&Api::families), true, Lane::kLong},
      {"/api/v1/runs", to(&Api::runs)},
      {"/api/v1/returns", to(&Api::returns)},
      {"/api/v1/returns/{schedule}/{period}/{revision}/workbook", to(&Api::workbook)},
      {"/api/v1/jobs", to(&Api::jobs)},
      {"/openapi.yaml", description},
      {"/healthz/live", to(&Api::live), false},
      {"/healthz/ready", to(&Api::ready), false},
  };
}

Lane Api::lane(const HttpRequest& request) const {
  const auto match = router_.find(request);
  if (!match) return Lane::kQuick;
  const bool whole_export = std::find(request.query.begin(), request.query.end(),
                                      HttpField{"limit", "all"}) != request.query.end();
  return whole_export ? Lane::kLong : match->route->lane;
}

HttpResponse Api::answer(const HttpRequest& request) {
  auto answer = checked(request);
  if (!answer) return problem(answer.error(), request.path);
  return std::move(*answer);
}

// Key first: without one not even which addresses exist is told.
Result<HttpResponse> Api::checked(const HttpRequest& request) {
  const auto match = router_.find(request);
  const bool needs_key = !parts_.open && (!match || match->route->needs_key);
  if (needs_key)
    if (auto admitted = guard_.admit(request); !admitted) return fail(admitted.error());
  if (!match) return fail(match.error());
  if (request.method == "OPTIONS") return options_response();
  if (request.method != "GET" && request.method != "HEAD") return not_allowed(request);
  return match->route->answer(Call{request, match->captured});
}

}  // namespace qd
