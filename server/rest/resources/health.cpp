// GET /healthz/live and /healthz/ready: for whoever watches the server; no key is needed.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/formats/json.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest::resources {
namespace {

Answer live(ApiState&, const Call&) {
  return http::text_response(200, "application/json", R"({"status":"live"})");
}

// Which check failed is told, why only in the log: this address needs no key.
Answer ready(ApiState& state, const Call&) {
  const auto reached = state.parts.database.ping();
  if (!reached) spdlog::error("not ready: {}", to_text(reached.error()));
  const bool database = reached.has_value();
  const auto families = state.parts.engine.families();
  const bool found =
      families && std::any_of(families->begin(), families->end(),
                              [](const auto& one) { return one.family.has_value(); });
  const auto& is_started = state.parts.schedule_is_started;
  const bool scheduled = !is_started || is_started();
  const bool ready = database && found && scheduled;
  const auto told = [](bool well) { return well ? "ok" : "failed"; };
  formats::Json json;
  json.begin_object().field("status", ready ? "ready" : "not ready");
  json.key("checks").begin_object();
  json.field("database", told(database)).field("families", told(found));
  json.field("schedule", is_started ? told(scheduled) : "off");
  json.end_object().end_object();
  return http::text_response(ready ? 200 : 503, "application/json", json.take());
}

}  // namespace

std::vector<Route> health_routes() {
  return {{"/healthz/live", {}, live, std::nullopt},
          {"/healthz/ready", {}, ready, std::nullopt, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
