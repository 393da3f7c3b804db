// Facts: filtered, paged, one by one, explained.
#include <fmt/format.h>

#include "server/http/percent.hpp"
#include "server/rest/api.hpp"
#include "server/rest/cursor.hpp"
#include "server/rest/explanation_writer.hpp"
#include "server/rest/figure_writer.hpp"
#include "server/rest/parameters.hpp"

namespace qd::rest {
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
  auto filter = fact_filter({parameters.list("indicator"), parameters.list("area"),
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
      address += http::percent_encoded(name) + "=" + http::percent_encoded(value) + "&";
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
  Instant known_at;
  FactRendering rendering;
};

// What is read: pinned to an instant, so that the pages of one reading belong together.
FactQuery pinned_query(const PinnedQuestion& pinned) {
  auto query = pinned.question.filter;
  if (!query.as_of) query.as_of = pinned.known_at;
  if (!pinned.question.cursor) return query;
  query.as_of = pinned.question.cursor->as_of;
  query.after = pinned.question.cursor->after;
  return query;
}

Result<http::HttpResponse> fact_response(FigureStore& store, const http::HttpRequest& request,
                                         const PinnedQuestion& pinned) {
  const auto query = pinned_query(pinned);
  http::HttpResponse response;
  response.headers = {{"Content-Type", content_type(pinned.question.format)},
                      {"Cache-Control", "private, no-cache"},
                      {"Vary", "Accept, Authorization"}};
  if (!pinned.question.limit) {
    response.source = all_facts(store, query, pinned.rendering);
    return response;
  }
  const auto page = read_page(store, query, *pinned.question.limit);
  if (!page) return fail(page.error());
  std::optional<std::string> next;
  if (page->more_after) {
    const Cursor cursor{*page->more_after, *query.as_of};
    next = next_address(request, cursor_text(cursor, pinned.question.filter));
    response.headers.emplace_back("Link", fmt::format("<{}>; rel=\"next\"", *next));
  }
  FactText text(pinned.rendering);
  text.begin();
  text.add(page->figures);
  text.end(*query.as_of, next);
  response.body = std::make_shared<const std::string>(text.take());
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

}  // namespace

Result<http::HttpResponse> Api::facts(const Call& call) {
  const auto question = read_question(call);
  if (!question) return fail(question.error());
  const auto data_version = data_version_.now();
  if (!data_version) return fail(data_version.error());
  const auto names = names_.now();
  if (!names) return fail(names.error());
  const auto etag = fmt::format("W/\"{}-{}-{}\"", *data_version, (*names)->version,
                                question->format == Format::kCsv ? "csv" : "json");
  if (matches_etag(call.request, etag)) return unchanged(etag);
  if (auto kept = cache_.find(call.request.target, etag)) return again(std::move(*kept));
  const auto known_at = instant_.of(*data_version);
  if (!known_at) return fail(known_at.error());
  const FactRendering rendering{question->format, question->dialect, *names};
  auto response = fact_response(parts_.database.figures(), call.request,
                                PinnedQuestion{*question, *known_at, rendering});
  if (!response) return response;
  response->headers.emplace_back("ETag", etag);
  if (response->body)
    cache_.keep(call.request.target, CachedAnswer{etag, response->headers, response->body});
  return response;
}

Result<http::HttpResponse> Api::one_fact(const Call& call) {
  const auto id = fact_number(call.captured[0]);
  if (!id) return fail(id.error());
  const auto figure = parts_.database.figures().fact(*id);
  if (!figure) return fail(figure.error());
  if (!*figure)
    return fail(ErrorCode::kFactUnknown, fmt::format("there is no fact {}", *id),
                "take the id from /api/v1/facts");
  const auto names = names_.now();
  if (!names) return fail(names.error());
  formats::Json json;
  write_figure(json, ShownFigure{**figure, (*names)->of((*figure)->fact.area)});
  return http::text_response(200, "application/json", json.take());
}

Result<http::HttpResponse> Api::explain(const Call& call) {
  const auto id = fact_number(call.captured[0]);
  if (!id) return fail(id.error());
  const auto explanation = parts_.engine.explain(*id);
  if (!explanation) return fail(explanation.error());
  const auto names = names_.now();
  if (!names) return fail(names.error());
  formats::Json json;
  write_explanation(json, *explanation, (*names)->of(explanation->figure.fact.area));
  return http::text_response(200, "application/json", json.take());
}

}  // namespace qd::rest
