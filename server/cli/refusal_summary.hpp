// What an import refused, as a person reads it: each cause once.
#pragma once

#include <string>
#include <vector>

#include "core/capture/import.hpp"

namespace qd::cli {

// "members.csv:12:3 level: '7' is not one of 2, 3, 4 (…)"
std::string refusal_text(const capture::Refusal& refusal);

// One text a cause, in the order met: its first refusal, and how many others are like it, where.
std::vector<std::string> cause_texts(const capture::ImportReport& report);

}  // namespace qd::cli
