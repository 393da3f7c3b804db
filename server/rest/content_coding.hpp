// What is done to an answer before it goes over the wire, for clients that ask for it.
#pragma once

#include "server/http/message.hpp"

namespace qd::rest {

// Compresses what is worth it for who accepts gzip (Accept-Encoding), and says the digest of a body
// that is held whole to who wants it (Want-Repr-Digest: sha-256=1, RFC 9530).
void finish(const http::HttpRequest& request, http::HttpResponse& response);

}  // namespace qd::rest
