// Who made a figure, from what.
#pragma once

#include <string>
#include <string_view>

#include "core/compute/engine.hpp"
#include "server/formats/json.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

// withheld: why the rows are not there, "" where they are (row_reading.hpp).
void write_explanation(formats::Json& json, const compute::Explanation& explanation,
                       const std::string& withheld, std::string_view area_name);

// One table for each input table that has rows, in their order, with its name.
std::vector<std::pair<std::string, formats::TextTable>> explained_tables(
    const compute::Explanation& explanation);

}  // namespace qd::faces
