// Bytes in, requests out (RFC 9112). Why not the library's own parser: docs/adr/0004.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace qd::http {

inline constexpr std::size_t kKilobyte = 1024;

struct RequestLimits {
  std::size_t target_bytes = 8 * kKilobyte;  // over it: kTargetTooLong
  std::size_t head_bytes = 32 * kKilobyte;   // request line and headers; over it: kHeadTooLarge
  std::size_t header_lines = 100;            // over it: kHeadTooLarge
  std::size_t body_bytes = 64 * kKilobyte;   // over it: kRequestTooLarge
};

// Reads one request after the other from a connection. Not thread-safe.
class RequestReader {
 public:
  enum class Progress {
    kMore,           // the request is not complete
    kWantsContinue,  // the head is complete, the client waits for "100 Continue"; said once
    kComplete,       // take() it
    kRefused,        // refusal() says why; the connection is of no further use
  };

  explicit RequestReader(const RequestLimits& limits) : limits_(limits) {}

  // Takes bytes from the front of `bytes`; what is left belongs to the next request.
  Progress read(std::string_view& bytes);

  // The complete request; the reader then waits for the next one.
  HttpRequest take();
  const Error& refusal() const { return *refusal_; }

  bool begun() const { return !head_.empty() || in_body_; }
  bool in_body() const { return in_body_; }

 private:
  Progress refuse(ErrorCode code, std::string message, std::string hint = {});
  std::optional<Progress> read_head(std::string_view& bytes);
  std::optional<Progress> end_line(std::size_t end);
  std::optional<Progress> check_sizes();
  Progress read_body(std::string_view& bytes);

  RequestLimits limits_;
  std::string head_;            // bytes so far, up to and with the blank line
  std::size_t line_start_ = 0;  // of the line that is being read
  std::size_t lines_ = 0;       // complete ones
  bool in_body_ = false;
  bool wants_continue_ = false;
  std::size_t body_left_ = 0;
  HttpRequest request_;
  std::optional<Error> refusal_;
};

// The pieces below are the reader's, and tested on their own.

// What a head says besides the request itself.
struct Framing {
  std::size_t content_length = 0;
  bool expects_continue = false;
};

// `head` with its last blank line. Errors: kRequestMalformed, kVersionUnsupported, kLengthRequired.
Result<std::pair<HttpRequest, Framing>> parse_head(std::string_view head);

}  // namespace qd::http
