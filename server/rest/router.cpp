#include "server/rest/router.hpp"

#include <fmt/format.h>

#include "core/text/nearest.hpp"
#include "server/http/percent.hpp"

namespace qd::rest {
namespace {

bool is_capture(const std::string& segment) { return !segment.empty() && segment.front() == '{'; }

std::optional<std::vector<std::string>> captures(const std::vector<std::string>& pattern,
                                                 const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return std::nullopt;
  std::vector<std::string> captured;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_capture(pattern[i]))
      captured.push_back(path[i]);
    else if (pattern[i] != path[i])
      return std::nullopt;
  }
  return captured;
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const auto& route : routes_) segments_.push_back(http::path_segments(route.pattern).value());
}

Result<Router::Match> Router::find(const http::HttpRequest& request) const {
  for (std::size_t i = 0; i < routes_.size(); ++i)
    if (auto captured = captures(segments_[i], request.segments))
      return Match{&routes_[i], std::move(*captured)};
  std::vector<std::string> known;
  for (const auto& route : routes_) known.push_back(route.pattern);
  const auto near = text::nearest(request.path, known);
  return fail(ErrorCode::kRouteUnknown, fmt::format("there is nothing at {}", request.path),
              near.empty() ? "see /openapi.yaml" : fmt::format("did you mean {}?", near));
}

}  // namespace qd::rest
