// quarterday family list|describe|check|new
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/families/discover.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_check.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/program.hpp"
#include "server/cli/scaffold.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

namespace fs = std::filesystem;

Result<std::vector<FamilyListing>> listings(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  return families::discover_families(configuration->family_directory, configuration->worker);
}

// How much of a title still fits a line of a hundred characters.
std::size_t title_width(const std::vector<FamilyListing>& found) {
  constexpr std::size_t kOthers = 25;  // the numbers, their headings, the gaps and an ellipsis
  constexpr std::size_t kLine = 100, kLeast = 12;
  std::size_t id = 2, version = 7;
  for (const auto& listing : found) {
    if (!listing.family) continue;
    id = std::max(id, listing.family->id.size());
    version = std::max(version, listing.family->version.size());
  }
  const auto taken = id + version + kOthers;
  return taken + kLeast < kLine ? kLine - taken : kLeast;
}

// What fits a terminal; csv and json have every field.
formats::TextTable brief_table(const std::vector<FamilyListing>& found) {
  const auto longest_title = title_width(found);
  formats::TextTable table{{{"id"},
                            {"version"},
                            {"title"},
                            {"inputs", formats::FieldKind::kInteger},
                            {"indicators", formats::FieldKind::kInteger}},
                           {}};
  for (const auto& listing : found) {
    if (!listing.family) continue;
    const auto& family = *listing.family;
    table.rows.push_back({family.id, family.version, text::shortened(family.title, longest_title),
                          formats::cell(static_cast<std::int64_t>(family.inputs.size())),
                          formats::cell(static_cast<std::int64_t>(family.indicators.size()))});
  }
  return table;
}

// Says every one that is refused, and ends with the first of them.
Result<ExitCode> end_listing(const std::vector<FamilyListing>& found) {
  std::optional<Error> first;
  for (const auto& listing : found) {
    if (listing.family) continue;
    if (first) report(listing.family.error());
    if (!first) first = listing.family.error();
  }
  if (first) return fail(std::move(*first));
  return ExitCode::kDone;
}

Result<ExitCode> list(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto& folder = configuration->family_directory;
  const auto found = families::discover_families(folder, configuration->worker);
  if (!found) return fail(found.error());
  const bool brief = line.format == "table";
  print(line, brief ? brief_table(*found) : faces::family_table(*found), "no families");
  if (brief) fmt::print("in {}\n", folder.string());
  return end_listing(*found);
}

formats::TextTable input_table(const Family& family) {
  formats::TextTable table{{{"table"}, {"column"}, {"unit"}, {"meaning"}}, {}};
  for (const auto& input : family.inputs)
    for (const auto& name : input.columns) {
      const auto& column = input.table.columns[input.table.index_of(name)];
      table.rows.push_back(
          {input.table.name, name, formats::unless_empty(column.unit), column.meaning});
    }
  return table;
}

Result<ExitCode> describe(const CommandLine& line, const std::string& id) {
  const auto found = listings(line);
  if (!found) return fail(found.error());
  std::vector<std::string> known;
  for (const auto& listing : *found) {
    if (!listing.family) continue;
    known.push_back(listing.family->id);
    if (listing.family->id != id) continue;
    print(line, faces::indicator_table(listing.family->indicators, {}), "no indicators of its own");
    if (line.format == "table")
      fmt::print("\n{}", formats::to_aligned(input_table(*listing.family)));
    return ExitCode::kDone;
  }
  return fail(ErrorCode::kFamilyUnknown, fmt::format("there is no family '{}'", id),
              text::nearest_hint(id, known));
}

// Beside this program when installed, in the sdk's folder of a build tree.
fs::path case_runner(const fs::path& executable) {
  const auto beside = executable.parent_path() / "quarterday-case";
  std::error_code ignored;
  return fs::exists(beside, ignored)
             ? beside
             : executable.parent_path().parent_path() / "sdk/quarterday-case";
}

Result<ExitCode> check(const CommandLine& line, const std::vector<std::string>& arguments) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto ended = run_program(case_runner(configuration->worker.executable), arguments);
  if (!ended) return fail(ended.error());
  return *ended == 0 ? ExitCode::kDone : ExitCode::kFailed;
}

fs::path template_folder(const fs::path& executable) {
  const auto installed = executable.parent_path().parent_path() / "share/quarterday-sdk/template";
  std::error_code ignored;
  return fs::is_directory(installed, ignored) ? installed : fs::path(QUARTERDAY_TEMPLATE);
}

Result<ExitCode> make_new(const std::string& name, const std::string& parent) {
  const auto made =
      scaffold_family(template_folder(composition::real_surroundings().executable), parent, name);
  if (!made) return fail(made.error());
  fmt::print("{}\nbegin with cases/write-the-first-rule-here.case\n", made->string());
  return ExitCode::kDone;
}

void add_check(CLI::App& command, CommandLine& line) {
  auto arguments = std::make_shared<std::vector<std::string>>();
  auto* checking = command.add_subcommand("check", "run a family's cases");
  checking->add_option("library", *arguments, "LIBRARY.so, then its case files or folders")
      ->required()
      ->expected(1, -1);
  checking->callback(
      [&line, arguments] { line.chosen = [&line, arguments] { return check(line, *arguments); }; });
}

void add_new(CLI::App& command, CommandLine& line) {
  auto name = std::make_shared<std::string>();
  auto parent = std::make_shared<std::string>("plugins");
  auto* making = command.add_subcommand("new", "a folder for a new family");
  making->add_option("name", *name, "lower-case letters, digits and _")->required();
  making->add_option("--in", *parent, "folder to make it in")->type_name("FOLDER");
  making->callback(
      [&line, name, parent] { line.chosen = [name, parent] { return make_new(*name, *parent); }; });
}

}  // namespace

void add_family(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("family", "the families: list, describe, check, new");
  command->require_subcommand(1);
  auto* listing = command->add_subcommand("list", "every family, also those that are refused");
  add_format(*listing, line);
  listing->callback([&line] { line.chosen = [&line] { return list(line); }; });
  auto id = std::make_shared<std::string>();
  auto* describing = command->add_subcommand("describe", "a family's indicators and inputs");
  describing->add_option("family", *id, "its id")->required();
  add_format(*describing, line);
  describing->callback([&line, id] { line.chosen = [&line, id] { return describe(line, *id); }; });
  add_check(*command, line);
  add_new(*command, line);
}

}  // namespace qd::cli::commands
