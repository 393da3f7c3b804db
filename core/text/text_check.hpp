// Is this text? Everything that looks at UTF-8 byte by byte is here.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace qd::text {

// Well-formed: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Bytes of the well-formed character at the front of a text that is not empty; 0: there is none.
std::size_t character_length(std::string_view text);

// Characters, not bytes; of text that is not UTF-8, bytes that could begin one.
std::size_t n_characters(std::string_view text);

struct BadByte {
  std::size_t position;  // 1 = first byte of the text
  unsigned char byte;
};

// The first byte that is NUL or no part of well-formed UTF-8; nullopt when there is none.
std::optional<BadByte> find_bad_byte(std::string_view text);

// The text, shortened to so many bytes at most for use in a message, with an ellipsis.
std::string shortened(std::string_view text, std::size_t limit = 60);

}  // namespace qd::text
