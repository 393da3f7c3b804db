#include <sys/prctl.h>

#include "server/cli/commands/commands.hpp"

int main(int argc, char** argv) {
#if !defined(__SANITIZE_ADDRESS__)  // which looks for leaks by tracing itself
  // Passwords and people's rows lie in its memory: no other process of its user may look into it.
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
  return qd::cli::run_command_line(argc, argv, qd::cli::commands::all_commands());
}
