#include "server/http/response_head.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace qd::http {
namespace {

// Formatted once a second and thread.
const std::string& date_now() {
  thread_local std::time_t formatted = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != formatted) text = http_date(now);
  formatted = now;
  return text;
}

std::string length_line(const HttpResponse& response, const AnswerFraming& framing) {
  if (!has_body(response.status)) return {};
  if (!response.source)
    return fmt::format("Content-Length: {}\r\n", response.body ? response.body->size() : 0);
  return framing.http_1_1 ? "Transfer-Encoding: chunked\r\n" : "";
}

}  // namespace

std::string http_date(std::time_t seconds) {
  static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                     kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                     utc.tm_min, utc.tm_sec);
}

std::string response_head(const HttpResponse& response, const AnswerFraming& framing) {
  fmt::memory_buffer head;
  auto out = fmt::appender(head);
  fmt::format_to(out, "HTTP/1.1 {} {}\r\nDate: {}\r\nX-Content-Type-Options: nosniff\r\n",
                 response.status, reason_of(response.status), date_now());
  for (const auto& [name, value] : response.headers) fmt::format_to(out, "{}: {}\r\n", name, value);
  fmt::format_to(out, "{}Connection: {}\r\n\r\n", length_line(response, framing),
                 framing.keep_alive ? "keep-alive" : "close");
  return fmt::to_string(head);
}

}  // namespace qd::http
