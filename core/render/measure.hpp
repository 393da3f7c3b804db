// How wide and how high: not every reader of a workbook fits columns and rows to their text.
#pragma once

#include <vector>

#include "core/render/form.hpp"

namespace qd::render {

// Each column as wide as it asks to be, or as its longest word or number needs, in characters:
// no word is broken and no number is shown as ####.
std::vector<double> column_widths(const Sheet& sheet);

// In points, for the text folded into columns of these widths.
double head_height(const Sheet& sheet, const std::vector<double>& widths);
double row_height(const Sheet& sheet, const Row& row, const std::vector<double>& widths);

}  // namespace qd::render
