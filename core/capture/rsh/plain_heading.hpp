// Headings as they are compared.
#pragma once

#include <string>
#include <string_view>

namespace qd::capture::rsh {

// Lower case, single blanks, straight quotes; without soft hyphens and zero-width characters.
std::string plain_words(std::string_view text);

// The same without the digits of footnotes at the end.
std::string plain_heading(std::string_view heading);

}  // namespace qd::capture::rsh
