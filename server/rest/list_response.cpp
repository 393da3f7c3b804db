#include "server/rest/list_response.hpp"

#include "server/rest/negotiate.hpp"

namespace qd::rest {

// A list is small and made from what changes often: it is not cached.
Answer list_response(const Call& call, const formats::TextTable& table) {
  const auto named = call.parameters.single("format");
  if (!named) return fail(named.error());
  const auto format = wanted_format(call.request, *named, {Format::kJson, Format::kCsv});
  if (!format) return fail(format.error());
  const auto dialect = wanted_dialect(call.request, std::nullopt);
  if (!dialect) return fail(dialect.error());
  formats::Json json;
  json.begin_object().key("data");
  formats::write_rows(json, table);
  json.end_object();
  auto response =
      http::text_response(200, content_type(*format),
                          *format == Format::kCsv ? formats::to_csv(table, *dialect) : json.take());
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("Vary", varies_by(*format));
  return response;
}

}  // namespace qd::rest
