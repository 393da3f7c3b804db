// quarterday worker: the process in which one family runs; quarterday starts it itself.
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "core/worker/child/worker_main.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

Result<ExitCode> work() {
  return worker::child::worker_main(STDIN_FILENO, STDOUT_FILENO) == 0 ? ExitCode::kDone
                                                                      : ExitCode::kFailed;
}

}  // namespace

void add_worker(CLI::App& app, CommandLine& line) {
  app.add_subcommand("worker", "runs one family; started by quarterday itself")
      ->group("")
      ->callback([&line] { line.chosen = work; });
}

}  // namespace qd::cli::commands
