// Facts: filtered, paged, one by one, explained.
#include <fmt/format.h>

#include "core/text/percent.hpp"
#include "server/faces/explanation_writer.hpp"
#include "server/faces/fact_filter.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/faces/row_reading.hpp"
#include "server/rest/cursor.hpp"
#include "server/rest/negotiate.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest::resources {
namespace {

constexpr std::size_t kDefaultLimit = 1000;
constexpr std::int64_t kLargestLimit = 10'000;

struct FactQuestion {
  FactQuery filter;
  std::optional<std::size_t> limit;  // nullopt: all of them
  std::optional<Cursor> cursor;
  Format format = Format::kJson;
  formats::CsvDialect dialect = formats::CsvDialect::kExact;
};

Result<std::optional<std::size_t>> read_limit(const std::optional<std::string>& text) {
  if (!text) return kDefaultLimit;
  if (*text == "all") return std::nullopt;
  const auto limit = whole_number("limit", *text);
  if (!limit) return fail(limit.error());
  if (*limit >= 1 && *limit <= kLargestLimit) return static_cast<std::size_t>(*limit);
  return fail(ErrorCode::kParameterMalformed,
              fmt::format("limit: {} is not between 1 and {}", *limit, kLargestLimit),
              "follow the pages, or ask for limit=all");
}

Result<formats::CsvDialect> read_dialect(const std::optional<std::string>& text) {
  if (!text || *text == "exact") return formats::CsvDialect::kExact;
  if (*text == "spreadsheet") return formats::CsvDialect::kSpreadsheet;
  return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not a dialect", *text),
              "use dialect=exact or dialect=spreadsheet");
}

// The parameters that may stand once, read in one go.
struct Singles {
  std::optional<std::string> breakdown, as_of, limit, cursor, format, dialect;
};

Result<Singles> read_singles(const Parameters& parameters) {
  Singles singles;
  const std::pair<const char*, std::optional<std::string>*> places[] = {
      {"breakdown", &singles.breakdown}, {"as_of", &singles.as_of},   {"limit", &singles.limit},
      {"cursor", &singles.cursor},       {"format", &singles.format}, {"dialect", &singles.dialect},
  };
  for (const auto& [name, place] : places) {
    auto value = parameters.single(name);
    if (!value) return fail(value.error());
    *place = std::move(*value);
  }
  return singles;
}

Result<FactQuestion> read_window(const Singles& singles, const http::HttpRequest& request,
                                 FactQuestion question) {
  const auto limit = read_limit(singles.limit);
  if (!limit) return fail(limit.error());
  question.limit = *limit;
  const auto format = wanted_format(request, singles.format, {Format::kJson, Format::kCsv});
  if (!format) return fail(format.error());
  question.format = *format;
  const auto dialect = read_dialect(singles.dialect);
  if (!dialect) return fail(dialect.error());
  question.dialect = *dialect;
  if (!singles.cursor) return question;
  const auto cursor = parse_cursor(*singles.cursor, question.filter);
  if (!cursor) return fail(cursor.error());
  question.cursor = *cursor;
  return question;
}

Result<FactQuestion> read_question(const Call& call) {
  const auto& parameters = call.parameters;
  const auto singles = read_singles(parameters);
  if (!singles) return fail(singles.error());
  auto filter = faces::fact_filter({parameters.list("indicator"), parameters.list("area"),
                                    parameters.list("period"), parameters.list("reading"),
                                    parameters.list("family"), singles->breakdown, singles->as_of});
  if (!filter) return fail(filter.error());
  FactQuestion question;
  question.filter = std::move(*filter);
  return read_window(*singles, call.request, std::move(question));
}

// The same address with another cursor.
std::string next_address(const http::HttpRequest& request, const std::string& cursor) {
  std::string address = request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != "cursor")
      address += text::percent_encoded(name) + "=" + text::percent_encoded(value) + "&";
  return address + "cursor=" + cursor;
}

http::HttpResponse again(CachedAnswer kept) {
  http::HttpResponse response;
  response.headers = std::move(kept.headers);
  response.body = std::move(kept.body);
  return response;
}

struct PinnedQuestion {
  const FactQuestion& question;
  std::int64_t data_version;
  Instant known_at;  // of that version
  faces::FactRendering rendering;
};

// What is read: pinned to an instant, so that the pages of one reading belong together.
FactQuery pinned_query(const PinnedQuestion& pinned) {
  auto query = pinned.question.filter;
  query.data_version = pinned.data_version;
  if (!query.as_of) query.as_of = pinned.known_at;
  if (!pinned.question.cursor) return query;
  query.as_of = pinned.question.cursor->as_of;
  query.after = pinned.question.cursor->after;
  return query;
}

// All facts of a reading, as the client takes them.
class FactBody final : public http::BodySource {
 public:
  explicit FactBody(faces::FactStream stream) : stream_(std::move(stream)) {}
  Result<std::string> next() override { return stream_.next(); }

 private:
  faces::FactStream stream_;
};

Answer fact_response(reading::access::FigureDoor& figures, const Call& call,
                     const PinnedQuestion& pinned) {
  const auto query = pinned_query(pinned);
  auto reading = figures.open(query, call.viewer());
  if (!reading) return fail(reading.error());
  http::HttpResponse response;
  response.headers = {{"Content-Type", content_type(pinned.question.format)},
                      {"Cache-Control", "private, no-cache"},
                      {"Vary", "Accept, Authorization"}};
  if (!pinned.question.limit) {
    response.source = std::make_unique<FactBody>(
        faces::FactStream(std::move(*reading), *query.as_of, pinned.rendering));
    return response;
  }
  faces::FactText text(pinned.rendering);
  text.begin();
  const auto more_after = faces::write_page(**reading, *pinned.question.limit, text);
  if (!more_after) return fail(more_after.error());
  std::optional<std::string> next;
  if (*more_after) {
    const Cursor cursor{**more_after, *query.as_of};
    next = next_address(call.request, cursor_text(cursor, pinned.question.filter));
    response.headers.emplace_back("Link", fmt::format("<{}>; rel=\"next\"", *next));
  }
  text.end(*query.as_of, next);
  response.body = std::make_shared<const std::string>(text.text());
  return response;
}

http::HttpResponse unchanged(const std::string& etag) {
  http::HttpResponse response;
  response.status = 304;
  response.headers = {{"ETag", etag}, {"Vary", "Accept, Authorization"}};
  return response;
}

Result<std::int64_t> fact_number(const std::string& text) {
  auto id = whole_number("fact", text);
  if (id) return id;
  return fail(ErrorCode::kFactUnknown, fmt::format("'{}' is not the number of a fact", text),
              "take the id from /api/v1/facts");
}

Answer list(ApiState& state, const Call& call) {
  const auto question = read_question(call);
  if (!question) return fail(question.error());
  const auto data_version = state.data_version.now();
  if (!data_version) return fail(data_version.error());
  if (auto known = check_names(state, call, question->filter); !known) return fail(known.error());
  const auto names = state.area_names.now();
  if (!names) return fail(names.error());
  const auto audience = name_of(call.viewer().audience);
  const auto etag = fmt::format("W/\"{}-{}-{}-{}\"", *data_version, (*names)->version, audience,
                                question->format == Format::kCsv ? "csv" : "json");
  if (matches_etag(call.request, etag)) return unchanged(etag);
  const auto kept_as =
      fmt::format("{} {} {}", audience, content_type(question->format), call.request.target);
  if (auto kept = state.cache.find(kept_as, etag)) return again(std::move(*kept));
  const auto known_at = state.instant.of(*data_version);
  if (!known_at) return fail(known_at.error());
  const faces::FactRendering rendering{question->format, question->dialect, *names};
  auto response = fact_response(state.parts.figures, call,
                                PinnedQuestion{*question, *data_version, *known_at, rendering});
  if (!response) return response;
  response->headers.emplace_back("ETag", etag);
  if (response->body)
    state.cache.keep(kept_as, CachedAnswer{etag, response->headers, response->body});
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
  const auto names = state.area_names.now();
  if (!names) return fail(names.error());
  formats::Json json;
  const FigureView view = view_of((*figure)->fact, (*figure)->definition);
  faces::write_figure(json, faces::ShownFigure{view, (*names)->of(view.area)});
  return http::text_response(200, "application/json", json.take());
}

Answer explain(ApiState& state, const Call& call) {
  const auto id = fact_number(call.captured[0]);
  if (!id) return fail(id.error());
  auto reason = call.parameters.single("reason");
  if (!reason) return fail(reason.error());
  const auto given = state.parts.figures.fact(*id, call.viewer());
  if (!given) return fail(given.error());
  if (!*given) return fail(no_fact(*id));
  auto explanation = state.parts.engine.explain(*id);
  if (!explanation) return fail(explanation.error());
  explanation->figure = **given;
  call.take_out_notes(explanation->run);
  const faces::RowReader reader{call.caller.name, call.caller.scopes.has(Scope::kRecords),
                                std::move(*reason),
                                reading::access::FigureDoor::tells_rows(**given, call.viewer())};
  const auto withheld = faces::hand_out_rows(*explanation, reader, state.parts.database.readings(),
                                             state.parts.clock.now());
  if (!withheld) return fail(withheld.error());
  const auto names = state.area_names.now();
  if (!names) return fail(names.error());
  formats::Json json;
  faces::write_explanation(
      json, *explanation,
      {*withheld, (*names)->of(explanation->figure.fact.area), call.run_detail()});
  return http::text_response(200, "application/json", json.take());
}

}  // namespace

std::vector<Route> facts_routes() {
  return {{"/api/v1/facts",
           {"indicator", "area", "period", "reading", "breakdown", "family", "as_of", "limit",
            "cursor", "format", "dialect"},
           list},
          {"/api/v1/facts/{id}", {}, one},
          {"/api/v1/facts/{id}/explain", {"reason"}, explain, Scope::kFigures, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
