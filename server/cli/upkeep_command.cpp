// quarterday migrate, doctor, demo, worker
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "core/calendar/zone.hpp"
#include "core/families/discover.hpp"
#include "core/worker/child/worker_main.hpp"
#include "demo/demo_data.hpp"
#include "server/cli/command_line.hpp"

namespace qd::cli {
namespace {

Result<ExitCode> migrate(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  std::error_code ignored;  // a database that cannot be made says so itself
  std::filesystem::create_directories(configuration->state_directory, ignored);
  const auto migrated = orm::migrate_database(configuration->database_url());
  if (!migrated) return fail(migrated.error());
  if (migrated->from_version == migrated->to_version)
    fmt::print("the database is at version {} already\n", migrated->to_version);
  else
    fmt::print("the database went from version {} to {}\n", migrated->from_version,
               migrated->to_version);
  return ExitCode::kDone;
}

// What doctor looked at, and what it found.
class Examination {
 public:
  void well(const std::string& what, const std::string& found) {
    table_.rows.push_back({what, "ok", found});
  }
  void ill(const std::string& what, const Error& error) {
    table_.rows.push_back({what, "failed", to_text(error)});
    healthy_ = false;
  }
  const formats::TextTable& table() const { return table_; }
  bool healthy() const { return healthy_; }

 private:
  formats::TextTable table_{{{"check"}, {"state"}, {"found"}}, {}};
  bool healthy_ = true;
};

void examine_families(const composition::Configuration& configuration, Examination& examination) {
  const auto found =
      families::discover_families(configuration.family_directory, configuration.worker);
  if (!found) return examination.ill("families", found.error());
  if (found->empty())
    examination.ill("families", Error{ErrorCode::kFamilyUnknown,
                                      "no family in " + configuration.family_directory.string(),
                                      "set family_directory"});
  for (const auto& listing : *found) {
    const auto what = "family " + listing.library.filename().string();
    if (listing.family)
      examination.well(what, fmt::format("{} {}", listing.family->id, listing.family->version));
    else
      examination.ill(what, listing.family.error());
  }
}

void examine_database(const CommandLine& line, Examination& examination) {
  const auto house = composition::House::open(line.common);
  if (!house) return examination.ill("database", house.error());
  if (auto answered = (*house)->database().ping(); !answered)
    return examination.ill("database", answered.error());
  examination.well("database", "answers, and has the schema of this program");
  const auto subject = (*house)->subject();
  if (subject)
    examination.well("returns", "they are those of " + subject->organisation);
  else
    examination.ill("returns", subject.error());
}

Result<ExitCode> examine(const CommandLine& line) {
  Examination examination;
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  examination.well("configuration", configuration->state_directory.string());
  if (const auto local = calendar::to_local(SystemClock().now()); local)
    examination.well("time zones", calendar::zone_version());
  else
    examination.ill("time zones", local.error());
  examine_database(line, examination);
  examine_families(*configuration, examination);
  print(line, examination.table(), "");
  return examination.healthy() ? ExitCode::kDone : ExitCode::kFailed;
}

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

void add_upkeep(CLI::App& app, CommandLine& line) {
  app.add_subcommand("migrate", "make the database, or bring it up to this program")
      ->callback([&line] { line.chosen = [&line] { return migrate(line); }; });
  auto* doctor = app.add_subcommand("doctor", "look whether everything needed is there");
  add_format(*doctor, line);
  doctor->callback([&line] { line.chosen = [&line] { return examine(line); }; });
  auto typed = std::make_shared<DemoCommand>();
  auto* demo = app.add_subcommand("demo", "write files of a landlord that does not exist");
  demo->add_option("folder", typed->folder, "where to")->required();
  demo->add_option("--seed", typed->seed, "another number gives another landlord");
  demo->callback([&line, typed] { line.chosen = [typed] { return write_demo(*typed); }; });
  app.add_subcommand("worker", "runs one family; started by quarterday itself")
      ->group("")
      ->callback([&line] {
        line.chosen = []() -> Result<ExitCode> {
          return worker::child::worker_main(STDIN_FILENO, STDOUT_FILENO) == 0 ? ExitCode::kDone
                                                                              : ExitCode::kFailed;
        };
      });
}

}  // namespace qd::cli
