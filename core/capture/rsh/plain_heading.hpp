// Headings as they are compared.
#pragma once

#include <string>
#include <string_view>

namespace qd::capture::rsh {

// Lower case, single blanks, straight quotes; without soft hyphens, zero-width characters, and the
// digits of footnotes at the end.
std::string plain_heading(std::string_view heading);

}  // namespace qd::capture::rsh
