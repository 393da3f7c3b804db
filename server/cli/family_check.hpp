// quarterday family check LIBRARY [CASES…]
#pragma once

#include "server/cli/command_line.hpp"

namespace qd::cli {

// Describes the command to the parser, below `family`.
void add_family_check(CLI::App& family, CommandLine& line);

}  // namespace qd::cli
