// quarterday demo: files of a landlord that does not exist.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "demo/demo_data.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

struct DemoCommand {
  std::string folder;
  unsigned seed = 1;
};

Result<ExitCode> write_demo(const DemoCommand& command) {
  const auto written = demo::write_demo_files(command.folder, command.seed);
  if (!written) return fail(written.error());
  fmt::print("demo files written to {}\n", command.folder);
  return ExitCode::kDone;
}

}  // namespace

void add_demo(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<DemoCommand>();
  auto* command = app.add_subcommand("demo", "write files of a landlord that does not exist");
  command->add_option("folder", typed->folder, "where to")->required();
  command->add_option("--seed", typed->seed, "another number gives another landlord");
  command->callback([&line, typed] { line.chosen = [typed] { return write_demo(*typed); }; });
}

}  // namespace qd::cli::commands
