#include "server/rest/api.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "core/text/lower.hpp"
#include "server/http/edge.hpp"
#include "server/http/problem.hpp"
#include "server/rest/content_coding.hpp"
#include "server/rest/other_site.hpp"

namespace qd::rest {
namespace {

http::HttpResponse options_response() {
  http::HttpResponse response;
  response.status = 204;
  response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

// RFC 9110, section 9, and 5789. A method is spelt in capitals.
bool is_a_method(std::string_view method) {
  static constexpr std::string_view kMethods[] = {"GET",     "HEAD",    "POST",  "PUT",  "DELETE",
                                                  "CONNECT", "OPTIONS", "TRACE", "PATCH"};
  return std::find(std::begin(kMethods), std::end(kMethods), method) != std::end(kMethods);
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
  const auto address = http::ListenAddress::parse(text::lower(has_port ? *host : *host + ":80"));
  return address && address->loopback();
}

Error other_name(const http::HttpRequest& request) {
  return {ErrorCode::kHostRefused,
          fmt::format("the server is open to this machine only, and was asked as '{}'",
                      *request.header("host")),
          "ask localhost or 127.0.0.1, or serve without --open and use a key"};
}

// A whole export is long work, whatever it is of, and so is what has to be read whole before its
// first figure is known.
http::Lane lane_of(const http::HttpRequest& request, const Route& route) {
  const bool is_long =
      std::any_of(request.query.begin(), request.query.end(), [](const http::HttpField& field) {
        return field == http::HttpField{"limit", "all"} || field.first == "group_by" ||
               field.first == "order" || field.first == "changed_since";
      });
  return is_long ? http::Lane::kLong : route.lane;
}

Result<void> allowed(const keys::Caller& caller, const Route& route) {
  if (!route.scope || caller.by == keys::Credential::kNone) return {};
  if (auto has = keys::need(caller, *route.scope); !has) return has;
  return *route.scope == Scope::kReturns ? keys::need_everything(caller) : Result<void>();
}

// Who asks an open server: anybody on this machine, which has the figures anyway. Nobody is known
// by name, so nobody's rows are given.
keys::Caller anybody() {
  return {"nobody", Scopes::usual(), {Audience::kExecutive}, keys::Credential::kNone};
}

}  // namespace

ApiState::ApiState(const ApiParts& with)
    : parts(with),
      labels(with.database.catalogue(), with.clock),
      known_names({with.database.catalogue(), with.database.runs(), with.engine}),
      instant(with.database.runs(), with.figures, with.clock),
      data_version(with.figures, with.clock, with.freshness),
      cursors(with.database.secrets()) {}

Result<Shown> shown_to(ApiState& state, const Call& call) {
  const auto version = state.data_version.now();
  if (!version) return fail(version.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  const auto labels = state.labels.now(**portion);
  if (!labels) return fail(labels.error());
  const auto fields = state.known_names.fields(*version, **portion);
  if (!fields) return fail(fields.error());
  return Shown{*portion, *labels, *fields, *version};
}

Result<void> check_names(ApiState& state, const Call& call, const FactQuery& filter) {
  const auto version = state.data_version.now();
  if (!version) return fail(version.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  return state.known_names.check(filter, *version, **portion);
}

Api::Api(const ApiParts& parts, std::vector<Route> routes)
    : state_(parts),
      router_(std::move(routes)),
      guard_(parts.database.keys(), parts.clock, parts.tokens) {}

http::Task Api::take(const http::HttpRequest& request) {
  auto match = router_.find(request);
  const auto lane = match ? lane_of(request, *match->route) : http::Lane::kQuick;
  return {lane, [this, match = std::move(match)](const http::HttpRequest& again) {
            return respond(again, match);
          }};
}

http::HttpResponse Api::respond(const http::HttpRequest& request,
                                const Result<Router::Match>& match) {
  Access access(request);
  auto answer = checked(request, match, access);
  auto response = answer ? std::move(*answer) : http::problem(answer.error(), request.path);
  if (!answer && http::is_for_the_log(answer.error()))
    spdlog::error("{} {}: {}", request.method, match ? match->route->pattern : "-",
                  to_text(answer.error()));
  if (answer) finish(request, response);
  if (!answer && answer.error().code == ErrorCode::kTooManyRequests)
    response.headers.emplace_back(
        "Retry-After", std::to_string(std::max<std::int64_t>(guard_.wait(request).count(), 1)));
  // Who looks whether the server lives does so every few seconds.
  const bool is_of_somebody = !match || match->route->scope;
  note_when_over(std::move(access), response, state_.metrics,
                 state_.parts.access_log && is_of_somebody);
  return response;
}

// Who asks; not yet whether they may.
Result<keys::Caller> Api::identified(const http::HttpRequest& request,
                                     const Result<Router::Match>& match) {
  if (state_.parts.open) {
    if (!names_this_machine(request)) return fail(other_name(request));
    return anybody();
  }
  if (match && !match->route->scope) return anybody();
  return guard_.admit(request);
}

void Api::refused(const std::string& client, const Error& error) {
  http::HttpRequest unread;
  unread.client = client;
  http::HttpResponse response;
  response.status = catalogue_entry(error.code).http_status;
  note_when_over(Access(unread), response, state_.metrics, state_.parts.access_log);
  response.when_over({0, true});
}

// Key first: without one not even which addresses exist is told.
Answer Api::checked(const http::HttpRequest& request, const Result<Router::Match>& match,
                    Access& access) {
  if (!is_a_method(request.method))
    return fail(ErrorCode::kMethodUnknown, "the method is none that HTTP has, or not in capitals",
                "use GET");
  if (request.target == "*") return options_response();
  if (match) access.to(*match->route, request);
  const auto caller = identified(request, match);
  if (!caller) return fail(caller.error());
  access.by(*caller);
  if (!match) return fail(match.error());
  if (auto may = allowed(*caller, *match->route); !may) return fail(may.error());
  if (is_of_another_site(request) && !is_followed_link(request)) return fail(of_another_site());
  return answered(request, *caller, *match);
}

Answer Api::answered(const http::HttpRequest& request, const keys::Caller& caller,
                     const Router::Match& match) {
  if (request.method == "OPTIONS") return options_response();
  if (request.method != "GET" && request.method != "HEAD") return not_allowed(request);
  auto parameters = Parameters::of(request, match.route->parameters);
  if (!parameters) return fail(parameters.error());
  return match.route->answer(state_, Call{request, caller, match.captured, std::move(*parameters)});
}

}  // namespace qd::rest
