// `quarterday return plan`: what a return holds, section by section.
#pragma once

#include "server/cli/command_line.hpp"

namespace qd::cli {

// command: `return`, which it becomes a command of.
void add_return_plan(CLI::App& command, CommandLine& line);

}  // namespace qd::cli
