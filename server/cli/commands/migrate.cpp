// quarterday migrate: the database, made or brought up to this program.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

Result<ExitCode> migrate(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  std::error_code ignored;  // a database that cannot be made says so itself
  std::filesystem::create_directories(configuration->state_directory, ignored);
  const auto url = configuration->database_url();
  if (!url) return fail(url.error());
  const auto migrated = orm::migrate_database(*url);
  if (!migrated) return fail(migrated.error());
  if (migrated->from_version == migrated->to_version)
    fmt::print("the database is at version {} already\n", migrated->to_version);
  else
    fmt::print("the database went from version {} to {}\n", migrated->from_version,
               migrated->to_version);
  return ExitCode::kDone;
}

}  // namespace

void add_migrate(CLI::App& app, CommandLine& line) {
  app.add_subcommand("migrate", "make the database, or bring it up to this program")
      ->callback([&line] { line.chosen = [&line] { return migrate(line); }; });
}

}  // namespace qd::cli::commands
