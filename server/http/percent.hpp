// The parts of an address, decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace qd::http {

// nullopt for a malformed escape, a NUL byte, or bytes that are not UTF-8.
enum class Plus { kLiteral, kBlank };
std::optional<std::string> percent_decoded(std::string_view text, Plus plus);

// Segments between the slashes, each decoded on its own: %2F does not separate. nullopt as above.
std::optional<std::vector<std::string>> path_segments(std::string_view path);

// "a=1&b=x+y": plus is a blank, as forms and BI tools send it. nullopt as above.
std::optional<std::vector<HttpField>> query_fields(std::string_view query);

}  // namespace qd::http
