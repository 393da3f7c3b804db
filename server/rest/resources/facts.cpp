// Facts: filtered, put in shape, paged, streamed.
#include <fmt/format.h>

#include <algorithm>

#include "core/text/percent.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/shaped_reading.hpp"
#include "server/faces/table_description.hpp"
#include "server/rest/fact_question.hpp"

namespace qd::rest::resources {
namespace {

using reading::FigureReading;

// A question, and the state of the data it is answered from.
struct Pinned {
  const FactQuestion& question;
  const Shown& shown;
  FactQuery query;  // with as_of
  faces::FigureRendering rendering;
};

// The same address with other parameters.
std::string address(const http::HttpRequest& request, std::string_view without,
                    const std::string& with) {
  std::string address = request.origin + request.path + "?";
  for (const auto& [name, value] : request.query)
    if (name != without && name != "cursor")
      address += text::percent_encoded(name) + "=" + text::percent_encoded(value) + "&";
  return address + with;
}

// So that the pages of one reading belong together.
Result<FactQuery> pinned_query(ApiState& state, const FactQuestion& question, const Shown& shown) {
  const auto known_at = state.instant.of(shown.data_version);
  if (!known_at) return fail(known_at.error());
  // As of a later instant everything is asked for that is known: the next page asks for the same.
  auto as_of = std::min(question.asked.filter.as_of.value_or(known_at->instant), known_at->instant);
  if (question.cursor) as_of = question.cursor->as_of;
  auto query = state.known_names.resolve(question.asked, shown.data_version, *shown.portion, as_of);
  if (!query) return query;
  if (known_at->is_of_version) query->data_version = shown.data_version;
  query->as_of = as_of;
  if (question.cursor && !question.shape.is_listed()) query->after = question.cursor->after;
  return query;
}

// Periods that become columns: those that are asked for, or all there are.
Result<std::vector<std::string>> columns_of(ApiState& state, const Call& call,
                                            const FactQuery& query) {
  if (!query.periods.empty()) return query.periods;
  return state.parts.figures.periods(call.viewer());
}

Result<Pinned> pinned(ApiState& state, const Call& call, const FactQuestion& question,
                      const Shown& shown) {
  auto query = pinned_query(state, question, shown);
  if (!query) return fail(query.error());
  Pinned pinned{question, shown, std::move(*query), {}};
  pinned.rendering = {question.format, question.dialect, shown.labels, shown.fields,
                      question.shape.wide};
  const auto& shape = question.shape;
  if (!shape.fields.empty() || shape.labels != faces::LabelsShown::kBoth) {
    auto fields = faces::shown_fields(shape, *shown.fields);
    if (!fields) return fail(fields.error());
    pinned.rendering.fields = std::make_shared<const faces::FigureFields>(std::move(*fields));
  }
  if (!shape.wide) return pinned;
  auto columns = columns_of(state, call, pinned.query);
  if (!columns) return fail(columns.error());
  pinned.rendering.columns = std::move(*columns);
  return pinned;
}

Result<std::unique_ptr<FigureReading>> open(ApiState& state, const Call& call,
                                            const Pinned& pinned) {
  const auto& cursor = pinned.question.cursor;
  return faces::shaped_reading(
      state.parts.figures, call.viewer(), pinned.query, pinned.question.shape,
      {*pinned.shown.fields, *pinned.shown.labels, cursor ? cursor->offset : 0});
}

// All facts of a reading, as the client takes them.
class FactBody final : public http::BodySource {
 public:
  explicit FactBody(faces::FactStream stream) : stream_(std::move(stream)) {}
  Result<std::string> next() override { return stream_.next(); }

 private:
  faces::FactStream stream_;
};

Result<std::optional<std::string>> next_address(ApiState& state, const Call& call,
                                                const Pinned& pinned,
                                                const std::optional<Fact>& more_after) {
  if (!more_after) return std::nullopt;
  const auto& question = pinned.question;
  Cursor cursor{*more_after, *pinned.query.as_of};
  if (question.shape.is_listed())
    cursor.offset = (question.cursor ? question.cursor->offset : 0) + *question.limit;
  const auto text = state.cursors.text(cursor, question.text);
  if (!text) return fail(text.error());
  return address(call.request, "cursor", "cursor=" + *text);
}

// The next page, and of CSV what its columns mean.
std::string links_of(const Call& call, const Pinned& pinned,
                     const std::optional<std::string>& next) {
  std::string links = next ? fmt::format("<{}>; rel=\"next\"", *next) : "";
  if (pinned.question.format == Format::kCsv && !pinned.rendering.wide)
    links += fmt::format(R"({}<{}>; rel="describedby"; type="application/csvm+json")",
                         links.empty() ? "" : ", ", address(call.request, "format", "format=csvw"));
  return links;
}

// A key that reads a part must not see by an ETag that something changed elsewhere: it has one by
// what it was given.
std::string tag_of(const std::string& figures) {
  return fmt::format("W/\"{:016x}{:x}\"", std::hash<std::string>{}(figures), figures.size());
}

Answer page(ApiState& state, const Call& call, const Pinned& pinned, FigureReading& reading,
            http::HttpResponse response) {
  const auto text = faces::figure_text(pinned.rendering);
  text->begin();
  const auto more_after = faces::write_page(reading, *pinned.question.limit, *text);
  if (!more_after) return fail(more_after.error());
  std::string body = text->text();
  if (!call.viewer().reads_everything() && !body.empty())
    response.headers.emplace_back("ETag", tag_of(body));
  const auto next = next_address(state, call, pinned, *more_after);
  if (!next) return fail(next.error());
  if (const auto link = links_of(call, pinned, *next); !link.empty())
    response.headers.emplace_back("Link", link);
  text->end({*pinned.query.as_of, *next});
  response.body = std::make_shared<const std::string>(std::move(body) + text->text());
  return response;
}

Answer fact_response(ApiState& state, const Call& call, const Pinned& pinned) {
  auto reading = open(state, call, pinned);
  if (!reading) return fail(reading.error());
  http::HttpResponse response;
  response.headers = {{"Content-Type", content_type(pinned.question.format)},
                      {"Cache-Control", "private, no-cache"},
                      {"Vary", varies_by(pinned.question.format)}};
  if (pinned.question.limit) return page(state, call, pinned, **reading, std::move(response));
  if (const auto link = links_of(call, pinned, std::nullopt); !link.empty())
    response.headers.emplace_back("Link", link);
  response.source = std::make_unique<FactBody>(
      faces::FactStream(std::move(*reading), *pinned.query.as_of, pinned.rendering));
  return response;
}

// What the columns of the CSV mean that the same address gives.
Answer description(const Call& call, const Pinned& pinned) {
  const auto csv = address(call.request, "format", "format=csv");
  const auto& fields = *pinned.rendering.fields;
  const bool is_package = pinned.question.format == Format::kDataPackage;
  return http::text_response(
      200, content_type(pinned.question.format),
      is_package ? faces::data_package(fields, csv) : faces::csvw_metadata(fields, csv));
}

http::HttpResponse unchanged(const std::string& etag, Format format) {
  http::HttpResponse response;
  response.status = 304;
  response.headers = {{"ETag", etag}, {"Vary", varies_by(format)}};
  return response;
}

Answer answered(ApiState& state, const Call& call, const FactQuestion& question,
                const Shown& shown) {
  const auto pinned = resources::pinned(state, call, question, shown);
  if (!pinned) return fail(pinned.error());
  if (question.format == Format::kDataPackage || question.format == Format::kCsvw)
    return description(call, *pinned);
  return fact_response(state, call, *pinned);
}

// Whoever reads a part is answered anew each time.
Answer answer_to_a_part(ApiState& state, const Call& call, const FactQuestion& question,
                        const Shown& shown) {
  auto response = answered(state, call, question, shown);
  if (!response) return response;
  for (const auto& [name, value] : response->headers)
    if (name == "ETag" && matches_etag(call.request, value))
      return unchanged(value, question.format);
  return response;
}

Answer list(ApiState& state, const Call& call) {
  const auto question = fact_question(call, state.cursors);
  if (!question) return fail(question.error());
  const auto shown = shown_to(state, call);
  if (!shown) return fail(shown.error());
  if (!call.viewer().reads_everything()) return answer_to_a_part(state, call, *question, *shown);
  const auto audience = name_of(call.viewer().audience);
  const auto format = formats::words_of(question->format).name;
  const auto etag =
      fmt::format("W/\"{}-{}-{}-{}{}\"", shown->data_version, shown->labels->version, audience,
                  format, question->dialect == formats::CsvDialect::kSpreadsheet ? "-s" : "");
  if (matches_etag(call.request, etag)) return unchanged(etag, question->format);
  auto response = answered(state, call, *question, *shown);
  if (!response) return response;
  response->headers.emplace_back("ETag", etag);
  return response;
}

}  // namespace

std::vector<Route> facts_routes() { return {{"/api/v1/facts", fact_parameters(), list}}; }

}  // namespace qd::rest::resources
