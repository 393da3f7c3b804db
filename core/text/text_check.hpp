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

// A control character, or one that turns the direction in which what follows is read (U+202E and
// its like): not seen, and what is seen is then not what is there. Of a well-formed character.
bool is_hidden(std::string_view character);

struct HiddenCharacter {
  std::size_t position;  // 1 = first byte of the text
  char32_t code;
};

// The first of them in a well-formed text, but for tabs and ends of lines; nullopt: there is none.
std::optional<HiddenCharacter> find_hidden(std::string_view text);

// The text, shortened to so many bytes at most for use in a message, with an ellipsis.
std::string shortened(std::string_view text, std::size_t limit = 60);

}  // namespace qd::text
