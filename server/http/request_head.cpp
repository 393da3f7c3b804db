// The head of a request: request line and headers (RFC 9112, sections 3 to 6).
#include <fmt/format.h>

#include <algorithm>

#include "core/text/lower.hpp"
#include "core/text/whole_number.hpp"
#include "server/http/percent.hpp"
#include "server/http/request_reader.hpp"

namespace qd::http {
namespace {

using Lines = std::string_view;  // what is left of the head

std::string_view next_line(Lines& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

bool is_token(std::string_view text) {
  static constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

tl::unexpected<Error> malformed(std::string message, std::string hint = {}) {
  return fail(ErrorCode::kRequestMalformed, std::move(message), std::move(hint));
}

Result<bool> is_http_1_1(std::string_view version) {
  if (version == "HTTP/1.1") return true;
  if (version == "HTTP/1.0") return false;
  if (version.substr(0, 5) == "HTTP/")
    return fail(ErrorCode::kVersionUnsupported, fmt::format("'{}' is not spoken here", version),
                "use HTTP/1.1");
  return malformed("the request line is not METHOD TARGET VERSION");
}

// "http://host/path" is "/path", and the host is to be the one of the header.
struct Target {
  std::string path;
  std::string_view authority;  // "" where the target has none
};
Target without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text::lower(target.substr(0, scheme.size())) != scheme) continue;
    const auto end = std::min(target.find_first_of("/?", scheme.size()), target.size());
    return {std::string(end < target.size() && target[end] == '/' ? "" : "/") +
                std::string(target.substr(end)),
            target.substr(scheme.size(), end - scheme.size())};
  }
  return {std::string(target), {}};
}

Result<void> read_target(std::string_view sent, HttpRequest& request, std::string& authority) {
  const auto whole = without_authority(sent.substr(0, sent.find('#')));
  const std::string_view target = whole.path;
  authority = text::lower(whole.authority);
  const bool is_of_all = target == "*" && request.method == "OPTIONS";  // of the server itself
  if (target.empty() || (target.front() != '/' && !is_of_all) || has_control(target))
    return malformed("the target is not an address that begins with a slash");
  request.target = target;
  const auto mark = target.find('?');
  request.path = target.substr(0, mark);
  auto segments = path_segments(request.path);
  auto query = query_fields(mark == std::string_view::npos ? "" : target.substr(mark + 1));
  if (!segments || !query)
    return malformed("the address holds a malformed percent-escape or bytes that are not UTF-8",
                     "write a percent sign as %25 and other characters as escaped UTF-8");
  request.segments = std::move(*segments);
  request.query = std::move(*query);
  return {};
}

Result<void> read_request_line(std::string_view line, HttpRequest& request,
                               std::string& authority) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first)))
    return malformed("the request line is not METHOD TARGET VERSION");
  const auto version = is_http_1_1(line.substr(last + 1));
  if (!version) return fail(version.error());
  const auto target = line.substr(first + 1, last - first - 1);
  if (target.find(' ') != std::string_view::npos)
    return malformed("the address holds a blank", "write a blank as %20");
  request.method = line.substr(0, first);
  request.http_1_1 = *version;
  return read_target(target, request, authority);
}

Result<void> read_header(std::string_view line, HttpRequest& request) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return malformed(fmt::format("a header line is not NAME: VALUE ({} bytes)", line.size()));
  const auto value = trimmed(line.substr(colon + 1));
  if (has_control(value)) return malformed("a header value holds a control character");
  request.headers.emplace_back(text::lower(line.substr(0, colon)), value);
  return {};
}

// Whether a comma-separated header names the token, whatever its case.
bool names(const HttpRequest& request, std::string_view header, std::string_view token) {
  for (const auto& [name, value] : request.headers) {
    if (name != header) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto item = rest.substr(0, rest.find(','));
      if (text::lower(trimmed(item)) == token) return true;
      rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    }
  }
  return false;
}

// Several lengths, a sign, a list: all ways to make two readers disagree where a request ends.
Result<std::size_t> content_length(const HttpRequest& request) {
  std::optional<std::size_t> length;
  for (const auto& [name, value] : request.headers) {
    if (name != "content-length") continue;
    const auto parsed = text::whole_number<std::size_t>(value);
    if (!parsed || (length && *length != *parsed))
      return malformed(fmt::format("Content-Length '{}' is not one whole number", value));
    length = parsed;
  }
  return length.value_or(0);
}

std::ptrdiff_t count_of(const HttpRequest& request, std::string_view name) {
  return std::count_if(request.headers.begin(), request.headers.end(),
                       [&](const HttpField& field) { return field.first == name; });
}

// Whom a request is meant for and who sends it is said once.
Result<void> check_names(const HttpRequest& request, const std::string& authority) {
  const auto hosts = count_of(request, "host");
  if (hosts > 1 || (hosts == 0 && request.http_1_1))
    return malformed("an HTTP/1.1 request has exactly one Host header");
  const auto* host = request.header("host");
  if (host != nullptr && !is_host(*host))
    return malformed("the Host header is not one name or address, with or without a port");
  if (!authority.empty() && (host == nullptr || text::lower(*host) != authority))
    return malformed("the address names another host than the Host header");
  if (count_of(request, "authorization") > 1)
    return malformed("there are two Authorization headers", "send one key, or one token");
  return {};
}

Result<Framing> read_framing(HttpRequest& request) {
  if (request.header("transfer-encoding") != nullptr)
    return fail(ErrorCode::kLengthRequired, "a request with Transfer-Encoding is not taken",
                "send the body with Content-Length");
  const auto length = content_length(request);
  if (!length) return fail(length.error());
  request.keep_alive = request.http_1_1 ? !names(request, "connection", "close")
                                        : names(request, "connection", "keep-alive");
  return Framing{*length, request.http_1_1 && names(request, "expect", "100-continue")};
}

}  // namespace

Result<std::pair<HttpRequest, Framing>> parse_head(std::string_view head) {
  HttpRequest request;
  Lines rest = head;
  std::string authority;
  if (auto line = read_request_line(next_line(rest), request, authority); !line)
    return fail(line.error());
  for (auto line = next_line(rest); !line.empty(); line = next_line(rest))
    if (auto header = read_header(line, request); !header) return fail(header.error());
  if (auto named = check_names(request, authority); !named) return fail(named.error());
  auto framing = read_framing(request);
  if (!framing) return fail(framing.error());
  return std::pair{std::move(request), *framing};
}

}  // namespace qd::http
