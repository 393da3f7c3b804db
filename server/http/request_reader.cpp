#include "server/http/request_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::http {

RequestReader::Progress RequestReader::refuse(ErrorCode code, std::string message,
                                              std::string hint) {
  refusal_ = Error{code, std::move(message), std::move(hint)};
  return Progress::kRefused;
}

RequestReader::Progress RequestReader::read(std::string_view& bytes) {
  if (refusal_) return Progress::kRefused;
  if (!in_body_)
    if (const auto progress = read_head(bytes)) return *progress;
  return read_body(bytes);
}

// nullopt: the head is complete.
std::optional<RequestReader::Progress> RequestReader::read_head(std::string_view& bytes) {
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    const auto n = newline == std::string_view::npos ? bytes.size() : newline + 1;
    head_.append(bytes.substr(0, n));
    bytes.remove_prefix(n);
    if (const auto too_large = check_sizes()) return too_large;
    if (newline == std::string_view::npos) return Progress::kMore;
    const auto progress = end_line(head_.size());
    if (!progress) return std::nullopt;
    if (*progress != Progress::kMore) return progress;
  }
  return Progress::kMore;
}

std::optional<RequestReader::Progress> RequestReader::check_sizes() {
  if (lines_ == 0 && head_.size() > limits_.target_bytes)
    return refuse(ErrorCode::kTargetTooLong,
                  fmt::format("the request line has more than {} bytes", limits_.target_bytes),
                  "ask for fewer values at once");
  if (head_.size() > limits_.head_bytes || lines_ > limits_.header_lines + 1)
    return refuse(ErrorCode::kHeadTooLarge,
                  fmt::format("the headers have more than {} bytes or {} lines", limits_.head_bytes,
                              limits_.header_lines),
                  "send fewer or smaller headers");
  return std::nullopt;
}

// A line ended at `end`. nullopt: it was the blank one, and the head is well formed.
std::optional<RequestReader::Progress> RequestReader::end_line(std::size_t end) {
  const auto length = end - line_start_;
  if (length < 2 || head_[end - 2] != '\r')
    return refuse(ErrorCode::kRequestMalformed, "a line ends in LF without CR",
                  "end every line of the request with CR LF");
  const bool blank = length == 2;
  if (blank && lines_ == 0) {  // blank lines before a request are let pass (RFC 9112, 2.2)
    head_.clear();
    return Progress::kMore;
  }
  line_start_ = end;
  ++lines_;
  if (!blank) return Progress::kMore;
  auto parsed = parse_head(head_);
  if (!parsed) return refuse(parsed.error().code, parsed.error().message, parsed.error().hint);
  if (parsed->second.content_length > limits_.body_bytes)
    return refuse(ErrorCode::kRequestTooLarge,
                  fmt::format("the body has {} bytes, more than {}", parsed->second.content_length,
                              limits_.body_bytes),
                  "send less at once");
  request_ = std::move(parsed->first);
  body_left_ = parsed->second.content_length;
  wants_continue_ = parsed->second.expects_continue && body_left_ > 0;
  in_body_ = true;
  return std::nullopt;
}

RequestReader::Progress RequestReader::read_body(std::string_view& bytes) {
  const auto n = std::min(bytes.size(), body_left_);
  request_.body.append(bytes.substr(0, n));
  bytes.remove_prefix(n);
  body_left_ -= n;
  if (body_left_ == 0) return Progress::kComplete;
  if (!wants_continue_ || n > 0) return Progress::kMore;
  wants_continue_ = false;
  return Progress::kWantsContinue;
}

HttpRequest RequestReader::take() {
  auto request = std::move(request_);
  *this = RequestReader(limits_);
  return request;
}

}  // namespace qd::http
