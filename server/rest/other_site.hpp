// What a browser says of where a request comes from (Fetch Metadata). It keeps a key for this
// server, and would send it for any page that asks; other programs say nothing, and need nothing
// said.
#pragma once

#include "core/model/error.hpp"
#include "server/http/message.hpp"

namespace qd::rest {

bool is_of_another_site(const http::HttpRequest& request);
// Somebody goes there: what comes is shown to them, and the page they come from sees none of it.
bool is_followed_link(const http::HttpRequest& request);
Error of_another_site();

}  // namespace qd::rest
