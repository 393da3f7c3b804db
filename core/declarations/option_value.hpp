// What a family's option takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/family.hpp"

namespace qd::declarations {

std::optional<OptionType> option_type(std::string_view word);  // text | integer | number | yes_no
std::string_view to_text(OptionType type);

// Why the option does not take the text; empty: it does.
std::string wrong_value(const FamilyOption& option, const std::string& text);

}  // namespace qd::declarations
