// The sections of a return: those its plan names, and one for each family nobody planned for.
#pragma once

#include <vector>

#include "core/returns/content/contents.hpp"

namespace qd::returns::content {

// In the plan's order, then by family. A family is planned for when a section shows it whole or
// shows one of its indicators.
std::vector<plan::Section> sections_of(const ReturnContents& contents);

}  // namespace qd::returns::content
