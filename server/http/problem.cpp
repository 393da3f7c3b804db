#include "server/http/problem.hpp"

#include <algorithm>
#include <iterator>

#include "core/text/text_check.hpp"
#include "server/formats/json.hpp"

namespace qd::http {
namespace {

// Basic, because that is what Excel and Power BI can send.
constexpr const char* kChallenge = R"(Basic realm="quarterday", charset="UTF-8")";
constexpr const char* kRetryAfterSeconds = "2";

// What a client sent may be quoted in an error, and need not be text.
std::string_view readable(std::string_view text) {
  return text::is_utf8(text) ? text : std::string_view("what was sent is not UTF-8");
}

// Errors of the server that say what a client can do about them.
constexpr ErrorCode kForClients[] = {ErrorCode::kServerBusy, ErrorCode::kMethodUnknown,
                                     ErrorCode::kVersionUnsupported,
                                     ErrorCode::kScheduleNotStarted};

Error for_clients(const Error& error) {
  if (!is_for_the_log(error)) return error;
  return {error.code, std::string(catalogue_entry(error.code).title),
          "try again in a moment; the server's log says more"};
}

std::string problem_text(const Error& error, std::string_view instance) {
  const auto& entry = catalogue_entry(error.code);
  const auto code = code_text(error.code);
  formats::Json json;
  json.begin_object();
  json.field("type", "urn:quarterday:error:" + code);
  json.field("title", entry.title);
  json.key("status").integer(entry.http_status);
  json.field("detail", readable(error.message));
  json.field("instance", text::is_utf8(instance) ? instance : "");
  json.field("code", code);
  json.field("hint", readable(error.hint));
  json.end_object();
  return json.take();
}

}  // namespace

bool is_for_the_log(const Error& error) {
  return catalogue_entry(error.code).http_status >= 500 &&
         std::find(std::begin(kForClients), std::end(kForClients), error.code) ==
             std::end(kForClients);
}

HttpResponse problem(const Error& error, std::string_view instance) {
  const int status = catalogue_entry(error.code).http_status;
  auto response = text_response(status, "application/problem+json",
                                problem_text(for_clients(error), instance) + "\n");
  response.headers.emplace_back("Cache-Control", "no-store");
  if (status == 401) response.headers.emplace_back("WWW-Authenticate", kChallenge);
  if (status == 503) response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
  return response;
}

}  // namespace qd::http
