// Errors as RFC 9457 problems: every refusal of this server has this shape.
#pragma once

#include <string_view>

#include "core/model/error.hpp"
#include "server/http/message.hpp"

namespace qd::http {

// Whether it says of the inside what a client is not told: a database names hosts and accounts in
// its errors. The client gets the catalogue's title, the log all of it.
bool is_for_the_log(const Error& error);

// application/problem+json with type, title, status, detail, instance, code and hint. Status and
// title are the catalogue's. `instance` is the address asked for. 401 brings WWW-Authenticate, 503
// brings Retry-After.
HttpResponse problem(const Error& error, std::string_view instance);

}  // namespace qd::http
