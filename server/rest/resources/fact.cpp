// One figure by its number, and who made it from what.
#include <fmt/format.h>

#include "server/faces/explanation_writer.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/faces/row_reading.hpp"
#include "server/rest/other_site.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest::resources {
namespace {

Result<std::int64_t> fact_number(const std::string& text) {
  auto id = whole_number("fact", text);
  if (id) return id;
  return fail(ErrorCode::kFactUnknown, fmt::format("'{}' is not the number of a fact", text),
              "take the id from /api/v1/facts");
}

// Nobody's figure or rows stay behind in a browser.
Answer not_kept(formats::Json& json) {
  auto response = http::text_response(200, "application/json", json.take());
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Error no_fact(std::int64_t id) {
  return {ErrorCode::kFactUnknown, fmt::format("there is no fact {}", id),
          "take the id from /api/v1/facts"};
}

Answer one(ApiState& state, const Call& call) {
  const auto id = fact_number(call.captured[0]);
  if (!id) return fail(id.error());
  const auto figure = state.parts.figures.fact(*id, call.viewer());
  if (!figure) return fail(figure.error());
  if (!*figure) return fail(no_fact(*id));
  const auto shown = shown_to(state, call);
  if (!shown) return fail(shown.error());
  formats::Json json;
  const FigureView view = view_of((*figure)->fact, (*figure)->definition);
  faces::FigureWriter(shown->fields).write(json, {view, *shown->labels});
  return not_kept(json);
}

Answer explain(ApiState& state, const Call& call) {
  const auto id = fact_number(call.captured[0]);
  if (!id) return fail(id.error());
  auto reason = call.parameters.single("reason");
  if (!reason) return fail(reason.error());
  // A link may not say for somebody why they read people's rows.
  if (*reason && is_of_another_site(call.request)) return fail(of_another_site());
  const auto given = state.parts.figures.fact(*id, call.viewer());
  if (!given) return fail(given.error());
  if (!*given) return fail(no_fact(*id));
  auto explanation = state.parts.engine.explain(*id);
  if (!explanation) return fail(explanation.error());
  explanation->figure = **given;
  call.take_out_notes(explanation->run);
  const faces::RowReader reader{call.caller.in_log(), call.caller.scopes.has(Scope::kRecords),
                                std::move(*reason),
                                reading::access::FigureDoor::tells_rows(**given, call.viewer())};
  const auto withheld = faces::hand_out_rows(*explanation, reader, state.parts.database.readings(),
                                             state.parts.clock.now());
  if (!withheld) return fail(withheld.error());
  const auto shown = shown_to(state, call);
  if (!shown) return fail(shown.error());
  formats::Json json;
  faces::write_explanation(json, *explanation,
                           {*withheld, *shown->labels, shown->fields, call.run_detail()});
  return not_kept(json);
}

}  // namespace

std::vector<Route> fact_routes() {
  return {{"/api/v1/facts/{id}", {}, one},
          {"/api/v1/facts/{id}/explain", {"reason"}, explain, Scope::kFigures, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
