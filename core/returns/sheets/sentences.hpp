// What the period comes to, in the sentences of the plan.
#pragma once

#include <string>
#include <vector>

#include "core/returns/content/contents.hpp"

namespace qd::returns::sheets {

// In the plan's order; a sentence about what is not there is left out. Then what could not be
// computed, and what was found.
std::vector<std::string> sentences_of(const content::ReturnContents& contents);

}  // namespace qd::returns::sheets
