// quarterday doctor: looks whether everything needed is there.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "core/calendar/zone.hpp"
#include "core/families/discover.hpp"
#include "core/worker/parent/sandbox_check.hpp"
#include "server/cli/command_line.hpp"
#include "server/tokens/token_guard.hpp"
#include "server/tokens/web_documents.hpp"

namespace qd::cli::commands {
namespace {

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
  const auto found = families::discover_families(configuration.family_directory, nullptr);
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

// Folders of a path that are not there yet, the deepest first.
std::vector<std::filesystem::path> missing_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> missing;
  std::error_code error;
  auto at = std::filesystem::absolute(folder, error);
  for (; at != at.parent_path() && !std::filesystem::exists(at, error); at = at.parent_path())
    missing.push_back(at);
  return missing;
}

// By writing: what may be written to shows only so. Nothing of it stays: whoever examines may be
// another user than who will write there.
void examine_folder(const char* what, const std::filesystem::path& folder, ErrorCode code,
                    Examination& examination) {
  const auto made = missing_of(folder);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto probe = folder / fmt::format(".quarterday-doctor-{}", ::getpid());
  const bool written = !error && static_cast<bool>(std::ofstream(probe) << "written" << std::flush);
  std::error_code ignored;
  std::filesystem::remove(probe, ignored);
  for (const auto& one : made) std::filesystem::remove(one, ignored);
  if (written) return examination.well(what, folder.string() + " can be written to");
  examination.ill(what, Error{code,
                              fmt::format("nothing can be written to {}{}", folder.string(),
                                          error ? ": " + error.message() : ""),
                              "let the program's user write there, or set another folder"});
}

void examine_audit(composition::House& house, Examination& examination) {
  const auto report = house.check_audit(std::nullopt);
  if (!report) return examination.ill("audit", report.error());
  if (report->broken.empty())
    return examination.well(
        "audit",
        fmt::format("{} entries, {} runs, {} keys and {} returns are as they were written",
                    report->last.number, report->n_runs, report->n_keys, report->n_returns));
  examination.ill("audit", Error{ErrorCode::kFiguresAltered,
                                 fmt::format("{}{}", report->broken.front(),
                                             report->broken.size() == 1 ? "" : ", and more"),
                                 "quarterday audit verify"});
}

void examine_database(const CommandLine& line, Examination& examination) {
  const auto house = open_house(line);
  if (!house) return examination.ill("database", house.error());
  if (auto answered = (*house)->database().ping(); !answered)
    return examination.ill("database", answered.error());
  examination.well("database", "answers, and has the schema of this program");
  examine_audit(**house, examination);
  const auto subject = (*house)->subject();
  if (subject)
    examination.well("returns", "they are those of " + subject->organisation);
  else
    examination.ill("returns", subject.error());
}

// Whether a family is kept from what is not its own, on this machine.
void examine_sandbox(const composition::Configuration& configuration, Examination& examination) {
  const auto layers = worker::parent::examine_sandbox(configuration.worker);
  if (!layers) return examination.ill("sandbox", layers.error());
  std::string found;
  for (const auto& one : worker::wire::kLayerWords) {
    const bool is_in_force = worker::wire::has(*layers, one.layer);
    found += fmt::format("{}{}: {}", found.empty() ? "" : "; ", one.name,
                         is_in_force ? "in force" : "lacking, " + std::string(one.lost));
  }
  examination.well("sandbox", found);
}

void examine_tokens(const tokens::TokenTerms& terms, Examination& examination) {
  if (!terms.accepts_tokens()) return;
  tokens::WebDocuments documents;
  const SystemClock clock;
  const auto n_keys = tokens::TokenGuard(terms, documents, clock).ask();
  if (n_keys)
    examination.well("tokens", fmt::format("{} has {} keys for them", terms.issuer, *n_keys));
  else
    examination.ill("tokens", n_keys.error());
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
  examine_folder("state folder", configuration->state_directory, ErrorCode::kStoreUnavailable,
                 examination);
  examine_folder("delivery folder", configuration->delivery_directory, ErrorCode::kDeliveryFailed,
                 examination);
  examine_database(line, examination);
  examine_families(*configuration, examination);
  examine_sandbox(*configuration, examination);
  examine_tokens(configuration->tokens, examination);
  print(line, examination.table(), "");
  return examination.healthy() ? ExitCode::kDone : ExitCode::kFailed;
}

}  // namespace

void add_doctor(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("doctor", "look whether everything needed is there");
  add_format(*command, line);
  command->callback([&line] { line.chosen = [&line] { return examine(line); }; });
}

}  // namespace qd::cli::commands
