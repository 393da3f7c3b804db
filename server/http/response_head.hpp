// The head of an answer as it goes over the wire.
#pragma once

#include <ctime>
#include <string>

#include "server/http/message.hpp"

namespace qd::http {

struct AnswerFraming {
  bool http_1_1 = true;     // version of the request
  bool keep_alive = false;  // said in the Connection header
};

// Status line, Date, the response's own headers, length or chunking, Connection, blank line.
std::string response_head(const HttpResponse& response, const AnswerFraming& framing);

// "Tue, 15 Nov 1994 08:12:31 GMT"
std::string http_date(std::time_t seconds);

// Whether an answer of this status has a body and a length at all (RFC 9110, 6.4.1).
constexpr bool has_body(int status) { return status != 204 && status != 304; }

}  // namespace qd::http
