// quarterday family list|describe|check|new|header
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "core/declarations/declaration.hpp"
#include "core/declarations/option_value.hpp"
#include "core/families/discover.hpp"
#include "core/families/names.hpp"
#include "core/text/nearest.hpp"
#include "core/text/text_check.hpp"
#include "orm/database.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/family_check.hpp"
#include "server/cli/scaffold.hpp"
#include "server/faces/catalogue.hpp"

namespace qd::cli::commands {
namespace {

namespace fs = std::filesystem;

// With what was taken in before where there is a database, else without.
Result<std::vector<FamilyListing>> listings(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto url = configuration->database_url();
  if (!url) return fail(url.error());
  const auto database = orm::open_database(*url);
  return families::discover_families(configuration->family_directory,
                                     database ? &(*database)->families() : nullptr);
}

std::string count_of(std::size_t n, const char* what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::size_t n_codes(const Family& family) {
  std::set<std::string> codes;
  for (const auto& definition : family.indicators) codes.insert(definition.code);
  return codes.size();
}

// "25 indicators, 1 table"
std::string holds(const Family& family) {
  auto text = count_of(n_codes(family), "indicator");
  if (!family.tables.empty()) text += ", " + count_of(family.tables.size(), "table");
  return text;
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
    table.rows.push_back(
        {family.id, family.version, text::shortened(family.title, longest_title), holds(family)});
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
  const auto found = listings(line);
  if (!found) return fail(found.error());
  const bool brief = line.format == "table";
  print(line, brief ? brief_table(*found) : faces::family_table(*found), "no families");
  if (brief && !found->empty())
    fmt::print("in {}\n", found->front().library.parent_path().string());
  return end_listing(*found);
}

formats::TextTable narrow_indicators(const Family& family) {
  formats::TextTable table{
      {{"indicator"}, {"version", formats::FieldKind::kInteger}, {"title"}, {"unit"}, {"from"}},
      {}};
  for (const auto& one : family.indicators)
    table.rows.push_back({one.code, formats::cell(one.version), text::shortened(one.title, 44),
                          text::shortened(one.unit, 18),
                          one.effective_from <= make_date(1, 1, 1)
                              ? formats::Cell{"always"}
                              : formats::Cell{to_text(one.effective_from)}});
  return table;
}

formats::TextTable input_table(const Family& family) {
  formats::TextTable table{{{"table"}, {"column"}, {"unit"}, {"meaning"}}, {}};
  for (const auto& input : family.inputs)
    for (const auto& name : input.columns) {
      const auto& column = input.table.columns[input.table.index_of(name)];
      table.rows.push_back({input.table.name, name, formats::unless_empty(column.unit),
                            text::shortened(column.meaning, 38)});
    }
  return table;
}

formats::TextTable option_table(const Family& family) {
  formats::TextTable table{{{"option"}, {"type"}, {"default"}, {"meaning"}}, {}};
  for (const auto& option : family.options)
    table.rows.push_back({option.key, std::string(declarations::to_text(option.type)),
                          formats::unless_empty(option.default_text),
                          text::shortened(option.meaning, 60)});
  return table;
}

formats::TextTable breakdown_table(const Family& family) {
  formats::TextTable table{{{"breakdown"}, {"meaning"}}, {}};
  for (const auto& one : family.breakdowns)
    table.rows.push_back({one.key, text::shortened(one.meaning, 70)});
  return table;
}

void print_family(const Family& family) {
  fmt::print("{} {}: {}\n\n", family.id, family.version, family.title);
  if (family.indicators.empty())
    fmt::print("no indicators of its own: what it computes is captured\n");
  else
    fmt::print("{}", formats::to_aligned(narrow_indicators(family)));
  fmt::print("\n{}", formats::to_aligned(input_table(family)));
  if (!family.options.empty()) fmt::print("\n{}", formats::to_aligned(option_table(family)));
  if (!family.breakdowns.empty()) fmt::print("\n{}", formats::to_aligned(breakdown_table(family)));
}

Result<ExitCode> describe(const CommandLine& line, const std::string& id) {
  const auto found = listings(line);
  if (!found) return fail(found.error());
  std::vector<std::string> known;
  for (const auto& listing : *found) {
    if (!listing.family && listing.library.stem() == id) return fail(listing.family.error());
    if (!listing.family) continue;
    known.push_back(listing.family->id);
    if (listing.family->id != id) continue;
    if (line.format == "table")
      print_family(*listing.family);
    else
      print(line, faces::indicator_table(listing.family->indicators, {}), "");
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
  std::vector<std::string> reserved;
  for (const auto& shipped : families::shipped_families()) reserved.push_back(shipped.id);
  const auto made = scaffold_family(sdk.template_folder, folder, name, reserved);
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

void add_header(CLI::App& command, CommandLine& line) {
  auto files = std::make_shared<std::vector<std::string>>();
  auto* making = command.add_subcommand(
      "header", "check a declaration and write the header of its names for a family's code");
  making->add_option("files", *files, "DECLARATION.toml HEADER.hpp")->required()->expected(2);
  making->callback([&line, files] {
    line.chosen = [files]() -> Result<ExitCode> {
      const auto written = declarations::write_names_header(files->at(0), files->at(1));
      if (!written) return fail(written.error());
      return ExitCode::kDone;
    };
  });
}

}  // namespace

void add_family(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("family", "the families: list, describe, check, new, header");
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
  add_header(*command, line);
}

}  // namespace qd::cli::commands
