// quarterday migrate: the database, made or brought up to this program.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/ports/clock.hpp"
#include "orm/backup.hpp"
#include "server/cli/backups.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

// What is there before it is changed: the way back, with the program of before.
Result<void> keep_what_is_there(const composition::Configuration& configuration,
                                const std::string& url) {
  auto opened = orm::open_database(url);
  const bool is_older = !opened && opened.error().code == ErrorCode::kStoreOlder;
  const auto there = is_older ? orm::what_is_in(url) : Result<std::string>("");
  if (!there) return fail(there.error());
  if (there->empty()) return {};
  const Instant now = SystemClock().now();
  const auto file = new_backup_file(configuration.state_directory, now, "before-migration");
  if (!file) return fail(file.error());
  const auto backup = orm::back_up(url, *file, now, false);
  if (!backup) return fail(backup.error());
  fmt::print("{}\n", sentence(*backup, *file));
  return {};
}

Result<ExitCode> migrate(const CommandLine& line, bool no_backup) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  std::error_code ignored;  // a database that cannot be made says so itself
  std::filesystem::create_directories(configuration->state_directory, ignored);
  const auto url = configuration->database_url();
  if (!url) return fail(url.error());
  if (!no_backup)
    if (auto kept = keep_what_is_there(*configuration, *url); !kept) return fail(kept.error());
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
  auto no_backup = std::make_shared<bool>(false);
  auto* command = app.add_subcommand(
      "migrate", "make the database, or bring it up to this program; a backup comes first");
  command->add_flag("--no-backup", *no_backup, "there is one already");
  command->callback([&line, no_backup] {
    line.chosen = [&line, no_backup] { return migrate(line, *no_backup); };
  });
}

}  // namespace qd::cli::commands
