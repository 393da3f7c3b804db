// Is this text, and which known word was meant?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qd::text {

struct BadByte {
  std::size_t position;  // 1 = first byte of the text
  unsigned char byte;
};

// The first byte that is NUL or no part of well-formed UTF-8; nullopt when there is none.
std::optional<BadByte> find_bad_byte(std::string_view text);

// The word with the fewest edits to get to, capitals aside; empty when none is near enough to be
// worth offering (more than a third of its letters differ).
std::string nearest_word(std::string_view word, const std::vector<std::string>& words);

// The text, shortened to so many bytes at most for use in a message, with an ellipsis.
std::string shortened(std::string_view text, std::size_t limit = 60);

}  // namespace qd::text
