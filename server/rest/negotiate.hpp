// Which format a client wants.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/format.hpp"
#include "server/http/message.hpp"

namespace qd::rest {

using formats::Format;

// ?format= decides; without it the Accept header (RFC 9110, 12.5.1: most specific range, then
// quality); without both the first offered. What is not a media range is passed over.
// Errors: kParameterMalformed (format), kNotAcceptable.
Result<Format> wanted_format(const http::HttpRequest& request,
                             const std::optional<std::string>& format,
                             const std::vector<Format>& offered);

std::string content_type(Format format);

// ?dialect= decides; without it a browser and Excel, which may run a cell as a formula, get the
// guarded one, and programs the exact one. Errors: kParameterMalformed.
Result<formats::CsvDialect> wanted_dialect(const http::HttpRequest& request,
                                           const std::optional<std::string>& dialect);
// What an answer of this format depends on beside its address: for the header Vary.
std::string varies_by(Format format);

// Whether Accept-Encoding takes gzip: it is named, or * is, and not with q=0.
bool accepts_gzip(const http::HttpRequest& request);
// Of Want-Repr-Digest (RFC 9530): "sha-256=1"; 0 means that it is not wanted.
bool wants_sha256(std::string_view wanted);

// Whether If-None-Match names this ETag (weak comparison) or *.
bool matches_etag(const http::HttpRequest& request, std::string_view etag);

}  // namespace qd::rest
