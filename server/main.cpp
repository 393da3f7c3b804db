#include "server/cli/commands/commands.hpp"

int main(int argc, char** argv) {
  return qd::cli::run_command_line(argc, argv, qd::cli::commands::all_commands());
}
