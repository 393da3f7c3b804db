#include "server/rest/negotiate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/text/nearest.hpp"

namespace qd::rest {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view next_item(std::string_view& rest, char separator) {
  const auto item = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(item.size() + 1, rest.size()));
  return trimmed(item);
}

// 3: this very type, 2: type/*, 1: */*, 0: another.
int specificity(std::string_view range, std::string_view type) {
  if (range == type) return 3;
  if (range == "*/*" || range == "*") return 1;
  const auto slash = type.find('/');
  return range.size() == slash + 2 && range.substr(0, slash + 1) == type.substr(0, slash + 1) &&
                 range.back() == '*'
             ? 2
             : 0;
}

struct Range {
  std::string type;
  double quality = 1;
};

std::vector<Range> ranges_of(const std::string& accept) {
  std::vector<Range> ranges;
  std::string_view rest = accept;
  while (!rest.empty()) {
    auto item = next_item(rest, ',');
    Range range{std::string(next_item(item, ';'))};
    std::transform(range.type.begin(), range.type.end(), range.type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    while (!item.empty()) {
      const auto parameter = next_item(item, ';');
      if (parameter.substr(0, 2) == "q=")
        range.quality = std::strtod(std::string(parameter.substr(2)).c_str(), nullptr);
    }
    if (range.type.find('/') != std::string::npos || range.type == "*")
      ranges.push_back(std::move(range));
  }
  return ranges;
}

double quality_of(const std::vector<Range>& ranges, Format format) {
  int best = 0;
  double quality = 0;
  for (const auto& range : ranges) {
    const int fit = specificity(range.type, formats::words_of(format).media_type);
    if (fit <= best) continue;
    best = fit;
    quality = range.quality;
  }
  return quality;
}

Result<Format> named_format(const std::string& name, const std::vector<Format>& offered) {
  std::vector<std::string> known;
  for (const Format format : offered) {
    if (formats::words_of(format).name == name) return format;
    known.emplace_back(formats::words_of(format).name);
  }
  return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not a format here", name),
              text::nearest_hint(name, known));
}

// A person looks at what a browser fetches, and opens it with what is there for CSV.
bool is_for_a_spreadsheet(const http::HttpRequest& request) {
  const std::string* agent = request.header("user-agent");
  if (!agent) return false;
  return agent->starts_with("Mozilla/") || agent->find("Microsoft Office") != std::string::npos ||
         agent->find("Excel") != std::string::npos;
}

}  // namespace

Result<Format> wanted_format(const http::HttpRequest& request,
                             const std::optional<std::string>& format,
                             const std::vector<Format>& offered) {
  if (format) return named_format(*format, offered);
  const auto* accept = request.header("accept");
  const auto ranges = accept == nullptr ? std::vector<Range>{} : ranges_of(*accept);
  if (ranges.empty()) return offered.front();
  const auto best = std::max_element(offered.begin(), offered.end(), [&](Format a, Format b) {
    return quality_of(ranges, a) < quality_of(ranges, b);
  });
  if (quality_of(ranges, *best) > 0) return *best;
  std::string hint = "accept ";
  for (const Format one : offered)
    hint += (one == offered.front()  ? ""
             : one == offered.back() ? " or "
                                     : ", ") +
            std::string(formats::words_of(one).media_type);
  return fail(ErrorCode::kNotAcceptable, fmt::format("'{}' is not offered here", *accept), hint);
}

Result<formats::CsvDialect> wanted_dialect(const http::HttpRequest& request,
                                           const std::optional<std::string>& dialect) {
  using enum formats::CsvDialect;
  if (!dialect) return is_for_a_spreadsheet(request) ? kSpreadsheet : kExact;
  if (*dialect == "exact") return kExact;
  if (*dialect == "spreadsheet") return kSpreadsheet;
  return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not a dialect", *dialect),
              "use dialect=exact or dialect=spreadsheet");
}

std::string varies_by(Format format) {
  return format == Format::kCsv ? "Accept, Authorization, User-Agent" : "Accept, Authorization";
}

std::string content_type(Format format) {
  return std::string(formats::words_of(format).content_type);
}

bool accepts_gzip(const http::HttpRequest& request) {
  const auto* header = request.header("accept-encoding");
  if (header == nullptr) return false;
  std::optional<bool> named, any;
  std::string_view rest = *header;
  while (!rest.empty()) {
    auto item = next_item(rest, ',');
    const auto coding = next_item(item, ';');
    const auto quality = next_item(item, ';');
    const bool is_taken = quality.substr(0, 2) != "q=" ||
                          std::strtod(std::string(quality.substr(2)).c_str(), nullptr) > 0;
    if (coding == "gzip" || coding == "x-gzip") named = is_taken;
    if (coding == "*") any = is_taken;
  }
  return named.value_or(any.value_or(false));
}

bool wants_sha256(std::string_view wanted) {
  while (!wanted.empty()) {
    auto item = next_item(wanted, ',');
    const auto algorithm = next_item(item, '=');
    if (algorithm == "sha-256") return trimmed(item) != "0";
  }
  return false;
}

bool matches_etag(const http::HttpRequest& request, std::string_view etag) {
  const auto opaque = [](std::string_view tag) {
    return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
  };
  const auto is_in = [&](std::string_view rest) {
    while (!rest.empty()) {
      const auto tag = next_item(rest, ',');
      if (tag == "*" || opaque(tag) == opaque(etag)) return true;
    }
    return false;
  };
  return std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& field) {
    return field.first == "if-none-match" && is_in(field.second);
  });
}

}  // namespace qd::rest
