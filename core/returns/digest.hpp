// What a workbook is known by.
#pragma once

#include <string>
#include <string_view>

namespace qd {

// SHA-256, 64 lower-case hexadecimal digits.
std::string workbook_digest(std::string_view bytes);

}  // namespace qd
