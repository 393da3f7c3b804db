// Texts as a workbook takes them. Only for the sources of core/render.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qd::render {

// At most so many characters in a cell; longer texts end in "…".
inline constexpr std::size_t kLongestCell = 32'767;

// Valid UTF-8 without control characters: a broken byte becomes U+FFFD, a control character a blank
// (line feeds stay). Cut to `longest` characters.
std::string cell_text(std::string_view text, std::size_t longest = kLongestCell);

// Lines of at most `width` characters, broken at blanks; a longer word keeps its line.
std::vector<std::string> fold(const std::string& text, std::size_t width);

}  // namespace qd::render
