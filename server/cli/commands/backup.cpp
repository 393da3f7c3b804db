// quarterday backup, quarterday restore.
#include "orm/backup.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/ports/clock.hpp"
#include "server/cli/backups.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli::commands {
namespace {

namespace fs = std::filesystem;

struct BackupOptions {
  std::string file;
  int kept = 0;  // 0: all
  bool no_rehearsal = false;
};

Result<ExitCode> back_up(const CommandLine& line, const BackupOptions& options) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto url = configuration->database_url();
  if (!url) return fail(url.error());
  const Instant now = SystemClock().now();
  auto file = options.file.empty() ? new_backup_file(configuration->state_directory, now)
                                   : Result<fs::path>(options.file);
  if (!file) return fail(file.error());
  // Of a database that is not there, or not ours, no backup is made: opening it says why.
  if (auto opened = orm::open_database(*url); !opened) return fail(opened.error());
  const auto backup = orm::back_up(*url, *file, now, !options.no_rehearsal);
  if (!backup) return fail(backup.error());
  fmt::print(
      "{}; {}\n", sentence(*backup, *file),
      options.no_rehearsal ? "read again" : "read again, and put back into a scratch database");
  if (options.kept == 0) return ExitCode::kDone;
  const auto dropped = drop_older_backups(*file, options.kept);
  if (!dropped) return fail(dropped.error());
  if (*dropped > 0) fmt::print("{} older ones were removed\n", *dropped);
  return ExitCode::kDone;
}

struct RestoreOptions {
  std::string file;
  bool dry_run = false;
};

Result<ExitCode> put_back(const CommandLine& line, const RestoreOptions& options) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto url = configuration->database_url();
  if (!url) return fail(url.error());
  if (options.dry_run) {
    const auto backup = orm::read_backup(options.file);
    if (!backup) return fail(backup.error());
    const auto there = orm::what_is_in(*url);
    if (!there) return fail(there.error());
    fmt::print("{}\n", sentence(*backup, options.file));
    if (there->empty())
      fmt::print("the database is empty: it would be put back\n");
    else
      fmt::print("it would be refused: the database has {}\n", *there);
    return ExitCode::kDone;
  }
  std::error_code ignored;  // a database that cannot be made says so itself
  fs::create_directories(configuration->state_directory, ignored);
  const auto backup = orm::restore(options.file, *url);
  if (!backup) return fail(backup.error());
  fmt::print("{}; put back, and compared row by row\n", sentence(*backup, options.file));
  return ExitCode::kDone;
}

}  // namespace

void add_backup(CLI::App& app, CommandLine& line) {
  auto options = std::make_shared<BackupOptions>();
  auto* command = app.add_subcommand(
      "backup", "all of the database in one file, read again and put back once to prove it");
  command->add_option("file", options->file,
                      "to write; without: a new one in the folder backups of the state directory");
  command->add_option("--keep", options->kept, "remove all but the newest so many beside it")
      ->check(CLI::Range(1, 10'000));
  command->add_flag("--no-rehearsal", options->no_rehearsal, "do not put it back to prove it");
  command->callback(
      [&line, options] { line.chosen = [&line, options] { return back_up(line, *options); }; });

  auto restoring = std::make_shared<RestoreOptions>();
  auto* restore = app.add_subcommand("restore", "a backup, into a database in which nothing is");
  restore->add_option("file", restoring->file, "a backup")->required();
  restore->add_flag("--dry-run", restoring->dry_run, "read it, and say what would be done");
  restore->callback([&line, restoring] {
    line.chosen = [&line, restoring] { return put_back(line, *restoring); };
  });
}

}  // namespace qd::cli::commands
