// Lists of short texts in one text: "figures;records". No item has a semicolon, none is empty.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qd {

std::vector<std::string> list_of(std::string_view text);  // empty items are left out
std::string list_text(const std::vector<std::string>& items);

}  // namespace qd
