#include "server/rest/access_log.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace qd::rest {
namespace {

// Whatever a client or an issuer calls itself stands in one word of one line.
std::string word(std::string_view text) {
  std::string safe;
  for (const char letter : text.substr(0, 64)) {
    const bool is_plain = letter > ' ' && letter < 127 && letter != '"';
    safe += is_plain ? letter : '_';
  }
  return safe.empty() ? "-" : safe;
}

}  // namespace

Access::Access(const http::HttpRequest& request)
    : begun_(std::chrono::steady_clock::now()),
      from_(word(request.client)),
      method_(word(request.method)) {}

void Access::to(const Route& route, const http::HttpRequest& request) {
  route_ = route.pattern;
  std::string names;
  for (const auto& parameter : route.parameters) {
    const bool is_sent =
        std::any_of(request.query.begin(), request.query.end(),
                    [&](const http::HttpField& field) { return field.first == parameter; });
    if (is_sent) names += (names.empty() ? "" : ",") + parameter;
  }
  if (!names.empty()) parameters_ = std::move(names);
}

std::string Access::line(int status, const http::AnswerEnd& end) const {
  const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(this->taken());
  return fmt::format(
      "access from={} who={} method={} route={} parameters={} status={} bytes={} ms={} whole={}",
      from_, word(who_), method_, route_, parameters_, status, end.bytes, taken.count(),
      end.whole ? "yes" : "no");
}

void Access::count(metrics::RequestMetrics& metrics, int status, const http::AnswerEnd& end) const {
  metrics.answered(route_, status, taken(), end.bytes, end.whole);
}

void note_when_over(Access access, http::HttpResponse& response, metrics::RequestMetrics& metrics,
                    bool writes_line) {
  response.when_over = [access = std::move(access), status = response.status, &metrics,
                        writes_line](const http::AnswerEnd& end) {
    access.count(metrics, status, end);
    if (writes_line) spdlog::info("{}", access.line(status, end));
  };
}

}  // namespace qd::rest
