// The lists: catalogues, runs, returns, jobs.
#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <limits>

#include "server/rest/api.hpp"
#include "server/rest/catalogue.hpp"
#include "server/rest/parameters.hpp"

namespace qd::rest {
namespace {

// A list is small and made from what changes often: it is not cached.
Result<http::HttpResponse> list_response(const Call& call, const formats::TextTable& table) {
  const auto named = call.parameters.single("format");
  if (!named) return fail(named.error());
  const auto format = wanted_format(call.request, *named, {Format::kJson, Format::kCsv});
  if (!format) return fail(format.error());
  formats::Json json;
  json.begin_object().key("data");
  formats::write_rows(json, table);
  json.end_object();
  auto response = http::text_response(
      200, content_type(*format), *format == Format::kCsv ? formats::to_csv(table) : json.take());
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("Vary", "Accept, Authorization");
  return response;
}

bool wanted(const std::vector<std::string>& values, const std::string& value) {
  return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
}

std::string base64_of_hex(const std::string& hex) {
  std::string bytes(hex.size() / 2, '\0');
  sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), hex.data(),
                 hex.size(), nullptr, nullptr, nullptr);
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

http::HttpResponse workbook_response(ReturnRun run) {
  auto response =
      http::text_response(200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                          std::move(run.workbook));
  response.headers.emplace_back("ETag", fmt::format("\"{}\"", run.sha256));
  response.headers.emplace_back("Repr-Digest",
                                fmt::format("sha-256=:{}:", base64_of_hex(run.sha256)));
  response.headers.emplace_back("Content-Disposition",
                                fmt::format("attachment; filename=\"{}\"", run.file_name));
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  return response;
}

}  // namespace

Result<http::HttpResponse> Api::indicators(const Call& call) {
  auto definitions = parts_.database.catalogue().definitions();
  if (!definitions) return fail(definitions.error());
  const auto links = parts_.database.catalogue().links();
  if (!links) return fail(links.error());
  const auto families = call.parameters.list("family"), codes = call.parameters.list("code");
  std::erase_if(*definitions, [&](const Definition& definition) {
    return !wanted(families, definition.family) || !wanted(codes, definition.code);
  });
  return list_response(call, indicator_table(*definitions, *links));
}

Result<http::HttpResponse> Api::areas(const Call& call) {
  auto areas = parts_.database.catalogue().areas();
  if (!areas) return fail(areas.error());
  const auto kinds = call.parameters.list("kind"), parents = call.parameters.list("parent");
  std::erase_if(*areas, [&](const Area& area) {
    return !wanted(kinds, area.kind) || !wanted(parents, area.parent);
  });
  return list_response(call, area_table(*areas));
}

Result<http::HttpResponse> Api::periods(const Call& call) {
  const auto periods = parts_.database.figures().periods();
  if (!periods) return fail(periods.error());
  return list_response(call, period_table(*periods));
}

Result<http::HttpResponse> Api::families(const Call& call) {
  const auto families = parts_.engine.families();
  if (!families) return fail(families.error());
  return list_response(call, family_table(*families));
}

Result<http::HttpResponse> Api::runs(const Call& call) {
  const auto family = call.parameters.single("family");
  if (!family) return fail(family.error());
  const auto period = call.parameters.single("period");
  if (!period) return fail(period.error());
  const auto runs = parts_.database.runs().runs(*family, *period);
  if (!runs) return fail(runs.error());
  return list_response(call, run_table(*runs));
}

Result<http::HttpResponse> Api::returns(const Call& call) {
  const auto returns = parts_.database.returns().list();
  if (!returns) return fail(returns.error());
  return list_response(call, return_table(*returns));
}

Result<http::HttpResponse> Api::workbook(const Call& call) {
  const auto revision = whole_number("revision", call.captured[2]);
  if (!revision) return fail(revision.error());
  if (*revision > std::numeric_limits<int>::max())
    return fail(ErrorCode::kReturnUnknown, fmt::format("there is no revision {}", *revision),
                "see /api/v1/returns for those that are");
  auto run = parts_.database.returns().find(call.captured[0], call.captured[1],
                                            static_cast<int>(*revision));
  if (!run) return fail(run.error());
  if (!*run || (*run)->workbook.empty())
    return fail(ErrorCode::kReturnUnknown,
                fmt::format("there is no workbook of {} for {}, revision {}", call.captured[0],
                            call.captured[1], *revision),
                "see /api/v1/returns for those that are");
  if (!matches_etag(call.request, fmt::format("\"{}\"", (*run)->sha256)))
    return workbook_response(std::move(**run));
  http::HttpResponse unchanged;
  unchanged.status = 304;
  unchanged.headers.emplace_back("ETag", fmt::format("\"{}\"", (*run)->sha256));
  return unchanged;
}

Result<http::HttpResponse> Api::jobs(const Call& call) {
  const auto schedules = parts_.database.schedules().schedules();
  if (!schedules) return fail(schedules.error());
  const auto view = jobs::look_at_schedule(parts_.database.schedules(), parts_.database.returns(),
                                           {}, parts_.clock.now());
  if (!view) return fail(view.error());
  return list_response(call, schedule_table(*schedules, *view));
}

Result<http::HttpResponse> Api::live(const Call&) {
  return http::text_response(200, "application/json", R"({"status":"live"})");
}

// Which check failed is told, why only in the log: this address needs no key.
Result<http::HttpResponse> Api::ready(const Call&) {
  const bool database = parts_.database.ping().has_value();
  const auto families = parts_.engine.families();
  const bool found =
      families && std::any_of(families->begin(), families->end(),
                              [](const auto& one) { return one.family.has_value(); });
  const bool scheduled = !parts_.schedule_is_started || parts_.schedule_is_started();
  const bool ready = database && found && scheduled;
  const auto told = [](bool well) { return well ? "ok" : "failed"; };
  formats::Json json;
  json.begin_object().field("status", ready ? "ready" : "not ready");
  json.key("checks").begin_object();
  json.field("database", told(database)).field("families", told(found));
  json.field("schedule", parts_.schedule_is_started ? told(scheduled) : "off");
  json.end_object().end_object();
  return http::text_response(ready ? 200 : 503, "application/json", json.take());
}

}  // namespace qd::rest
