// What the column Status says of a figure.
#pragma once

#include <string>

#include "core/ports/figure_query.hpp"
#include "core/returns/content/contents.hpp"

namespace qd::returns::sheets {

// "Final", or what keeps it from that; nullptr: "Not available".
std::string status_words(const content::ReturnContents& contents, const plan::Section& section,
                         const Figure* figure);

}  // namespace qd::returns::sheets
