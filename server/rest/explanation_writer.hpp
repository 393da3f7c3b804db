// Who made a figure, from what.
#pragma once

#include <string>
#include <string_view>

#include "core/compute/engine.hpp"
#include "server/json.hpp"
#include "server/text_table.hpp"

namespace qd {

void write_explanation(Json& json, const Explanation& explanation, std::string_view area_name);

// One table for each input table that has rows, in their order, with its name.
std::vector<std::pair<std::string, TextTable>> explained_tables(const Explanation& explanation);

}  // namespace qd
