// quarterday readings
#include <CLI/CLI.hpp>

#include "server/cli/command_line.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

Result<ExitCode> list(const CommandLine& line, std::size_t limit) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto readings = (*house)->database().readings().list(limit);
  if (!readings) return fail(readings.error());
  print(line, faces::reading_table(*readings), "nobody read the rows behind a figure");
  return ExitCode::kDone;
}

}  // namespace

void add_readings(CLI::App& app, CommandLine& line) {
  auto limit = std::make_shared<std::size_t>(100);
  auto* command = app.add_subcommand(
      "readings", "who read the rows behind figures, when and why; newest first");
  command->add_option("--last", *limit, "so many at most")->capture_default_str();
  add_format(*command, line);
  command->callback(
      [&line, limit] { line.chosen = [&line, limit] { return list(line, *limit); }; });
}

}  // namespace qd::cli::commands
