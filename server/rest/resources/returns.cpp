// GET /api/v1/returns, and the workbook of each.
#include <fmt/format.h>
#include <sodium.h>

#include <limits>

#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"
#include "server/rest/negotiate.hpp"

namespace qd::rest::resources {
namespace {

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

http::HttpResponse unchanged(const std::string& etag) {
  http::HttpResponse response;
  response.status = 304;
  response.headers.emplace_back("ETag", etag);
  return response;
}

// The captured texts of its address.
Result<ReturnRun> find_workbook(ReturnStore& returns, const std::vector<std::string>& captured) {
  const auto revision = whole_number("revision", captured[2]);
  if (!revision) return fail(revision.error());
  Result<std::optional<ReturnRun>> found = std::nullopt;
  if (*revision <= std::numeric_limits<int>::max())
    found = returns.find(captured[0], captured[1], static_cast<int>(*revision));
  if (!found) return fail(found.error());
  if (*found && !(*found)->workbook.empty()) return std::move(**found);
  return fail(ErrorCode::kReturnUnknown,
              fmt::format("there is no workbook of {} for {}, revision {}", captured[0],
                          captured[1], *revision),
              "see /api/v1/returns for those that are");
}

Answer workbook(ApiState& state, const Call& call) {
  auto run = find_workbook(state.parts.database.returns(), call.captured);
  if (!run) return fail(run.error());
  const auto etag = fmt::format("\"{}\"", run->sha256);
  if (matches_etag(call.request, etag)) return unchanged(etag);
  return workbook_response(std::move(*run));
}

Answer list(ApiState& state, const Call& call) {
  const auto returns = state.parts.database.returns().list();
  if (!returns) return fail(returns.error());
  return list_response(call, faces::return_table(*returns));
}

}  // namespace

std::vector<Route> returns_routes() {
  return {
      {"/api/v1/returns", {"format"}, list, Scope::kReturns},
      {"/api/v1/returns/{schedule}/{period}/{revision}/workbook", {}, workbook, Scope::kReturns}};
}

}  // namespace qd::rest::resources
