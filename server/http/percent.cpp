#include "server/http/percent.hpp"

#include <algorithm>

#include "core/text/percent.hpp"
#include "core/text/text_check.hpp"

namespace qd::http {

std::optional<std::string> percent_decoded(std::string_view text, Plus plus) {
  std::string sent(text);
  if (plus == Plus::kBlank) std::replace(sent.begin(), sent.end(), '+', ' ');
  auto decoded = text::percent_decoded(sent);
  if (!decoded || text::find_bad_byte(*decoded)) return std::nullopt;
  return decoded;
}

std::optional<std::vector<std::string>> path_segments(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(path.front() == '/' ? 1 : 0);
    const auto segment = path.substr(0, path.find('/'));
    auto decoded = percent_decoded(segment, Plus::kLiteral);
    if (!decoded) return std::nullopt;
    segments.push_back(std::move(*decoded));
    path.remove_prefix(segment.size());
  }
  return segments;
}

std::optional<std::vector<HttpField>> query_fields(std::string_view query) {
  std::vector<HttpField> fields;
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decoded(pair.substr(0, equals), Plus::kBlank);
    const auto raw =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    auto value = percent_decoded(raw, Plus::kBlank);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(std::move(*name), std::move(*value));
  }
  return fields;
}

}  // namespace qd::http
