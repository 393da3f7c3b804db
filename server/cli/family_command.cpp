// quarterday family list|describe|check|new
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/families/discover.hpp"
#include "core/text/nearest.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/scaffold.hpp"
#include "server/rest/catalogue.hpp"

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

Result<std::vector<FamilyListing>> listings(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  return families::discover_families(configuration->family_directory, configuration->worker);
}

Result<ExitCode> list(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto& folder = configuration->family_directory;
  const auto found = families::discover_families(folder, configuration->worker);
  if (!found) return fail(found.error());
  print(line, rest::family_table(*found), "no families");
  if (line.format == "table") fmt::print("in {}\n", folder.string());
  for (const auto& listing : *found)
    if (!listing.family) return fail(listing.family.error());
  return ExitCode::kDone;
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
    print(line, rest::indicator_table(listing.family->indicators, {}), "no indicators of its own");
    if (line.format == "table")
      fmt::print("\n{}", formats::to_aligned(input_table(*listing.family)));
    return ExitCode::kDone;
  }
  return fail(ErrorCode::kFamilyUnknown, fmt::format("there is no family '{}'", id),
              text::nearest_hint(id, known));
}

// Where the SDK lies: below the folder the program is installed in, else in the build folder.
struct SdkPlace {
  fs::path template_folder;
  std::string package;  // how CMake is told about it
};

SdkPlace sdk_of(const fs::path& executable) {
  const auto prefix = executable.parent_path().parent_path();
  const auto installed = prefix / "share/quarterday-sdk/template";
  std::error_code ignored;
  if (fs::is_directory(installed, ignored))
    return {installed, "-DCMAKE_PREFIX_PATH=" + prefix.string()};
  return {QUARTERDAY_TEMPLATE, "-DQuarterday-SDK_DIR=" QUARTERDAY_SDK_PACKAGE};
}

// Commands to be typed as they stand, wherever the reader is.
void print_next(const fs::path& folder, const std::string& name, const std::string& package,
                const fs::path& executable) {
  const auto build = folder / "build";
  const auto library = build / "families" / (name + ".so");
  fmt::print("{}: begin with cases/write-the-first-rule-here.case, which fails until you do\n\n",
             folder.string());
  fmt::print("cmake -G Ninja -S {} -B {} {}\n", shell_word(folder), shell_word(build),
             shell_word(package));
  fmt::print("cmake --build {}\n", shell_word(build));
  fmt::print("{} family check {} {}\n", shell_word(executable), shell_word(library),
             shell_word(folder / "cases"));
}

Result<ExitCode> make_new(const std::string& name, const std::string& place) {
  const auto executable = composition::real_surroundings().executable;
  const auto sdk = sdk_of(executable);
  const auto folder = fs::absolute(place.empty() ? name : place).lexically_normal();
  const auto made =
      scaffold_family(sdk.template_folder, folder, name, {"existing_pis", "copis", "involvement"});
  if (!made) return fail(made.error());
  print_next(folder, name, sdk.package, executable);
  return ExitCode::kDone;
}

void add_new(CLI::App& command, CommandLine& line) {
  auto name = std::make_shared<std::string>();
  auto folder = std::make_shared<std::string>();
  auto* making = command.add_subcommand("new", "a folder for a new family");
  making->add_option("name", *name, "lower-case letters, digits and _")->required();
  making->add_option("folder", *folder, "the folder to make; else one of that name, here");
  making->callback(
      [&line, name, folder] { line.chosen = [name, folder] { return make_new(*name, *folder); }; });
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
  add_family_check(*command, line);
  add_new(*command, line);
}

}  // namespace qd::cli
