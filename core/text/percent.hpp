// Percent-encoding (RFC 3986), both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace qd::text {

// "%40" -> "@". The bytes may be anything. nullopt: a % without two hexadecimal digits behind it.
std::optional<std::string> percent_decoded(std::string_view text);

// Everything but unreserved characters is escaped.
std::string percent_encoded(std::string_view text);

}  // namespace qd::text
