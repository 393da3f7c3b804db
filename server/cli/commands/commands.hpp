// Every command there is.
#pragma once

#include <vector>

#include "server/cli/command_line.hpp"

namespace qd::cli::commands {

// The build lists them: a file NAME.cpp of this folder defines
// void add_NAME(CLI::App&, CommandLine&), which describes its command to the parser.
std::vector<AddCommand> all_commands();

}  // namespace qd::cli::commands
