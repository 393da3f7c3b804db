// What a text that comes from a family must look like before anything believes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qd::text {

constexpr std::size_t kLongestText = 4'000;     // bytes of any text of a descriptor
constexpr std::size_t kLongestNote = 500;       // bytes of a note or of a reason
constexpr std::size_t kLongestBreakdown = 200;  // bytes

// Valid UTF-8 (no overlong forms, no surrogates) without characters that are not seen
// (text_check.hpp, is_hidden).
bool is_plain_text(std::string_view text);

// The same text cut to so many bytes at a character's edge; each byte that is not plain becomes
// '?'. Never fails: what a crashing family said is still worth reading.
std::string plain_text(std::string_view text, std::size_t longest);

// A name of a family, table, column or breakdown key: [a-z][a-z0-9_]*, 1 to 60 bytes.
bool is_name(std::string_view text);

// "1.2.0": three numbers of at most six digits without leading zeros, then perhaps "-rc.1".
bool is_semantic_version(std::string_view text);

// "" or "key=value;key=value" with keys in strictly ascending order and no value empty.
bool is_breakdown(std::string_view text);

}  // namespace qd::text
