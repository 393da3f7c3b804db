// quarterday family list|describe|check|new|header
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "core/declarations/declaration.hpp"
#include "core/declarations/option_value.hpp"
#include "core/families/discover.hpp"
#include "core/text/nearest.hpp"
#include "orm/database.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/program.hpp"
#include "server/cli/scaffold.hpp"
#include "server/rest/catalogue.hpp"

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

// With what was taken in before where there is a database, else without.
Result<std::vector<FamilyListing>> listings(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto database = orm::open_database(configuration->database_url());
  return families::discover_families(configuration->family_directory,
                                     database ? &(*database)->facts() : nullptr);
}

std::string count_of(std::size_t n, const char* what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::size_t n_codes(const Family& family) {
  std::set<std::string> codes;
  for (const auto& definition : family.indicators) codes.insert(definition.code);
  return codes.size();
}

formats::TextTable short_table(const std::vector<FamilyListing>& listings) {
  formats::TextTable table{{{"id"}, {"version"}, {"title"}, {"holds"}}, {}};
  for (const auto& listing : listings) {
    if (!listing.family) {
      table.rows.push_back({listing.library.stem().string(), {}, {}, "refused"});
      continue;
    }
    const auto& family = *listing.family;
    auto holds = count_of(n_codes(family), "indicator");
    if (!family.tables.empty()) holds += ", " + count_of(family.tables.size(), "table");
    table.rows.push_back({family.id, family.version, formats::shortened(family.title, 44), holds});
  }
  return table;
}

// Narrow on a terminal, whole in the other formats; each refusal is told.
Result<ExitCode> list(const CommandLine& line) {
  const auto found = listings(line);
  if (!found) return fail(found.error());
  const bool narrow = line.format == "table";
  print(line, narrow ? short_table(*found) : rest::family_table(*found), "no families");
  if (narrow && !found->empty())
    fmt::print("in {}\n", found->front().library.parent_path().string());
  auto code = ExitCode::kDone;
  for (const auto& listing : *found)
    if (!listing.family) code = report(listing.family.error());
  return code;
}

formats::TextTable narrow_indicators(const Family& family) {
  formats::TextTable table{
      {{"indicator"}, {"version", formats::FieldKind::kInteger}, {"title"}, {"unit"}, {"from"}},
      {}};
  for (const auto& one : family.indicators)
    table.rows.push_back({one.code, formats::cell(one.version), formats::shortened(one.title, 44),
                          formats::shortened(one.unit, 18),
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
                            formats::shortened(column.meaning, 38)});
    }
  return table;
}

formats::TextTable option_table(const Family& family) {
  formats::TextTable table{{{"option"}, {"type"}, {"default"}, {"meaning"}}, {}};
  for (const auto& option : family.options)
    table.rows.push_back({option.key, std::string(declarations::to_text(option.type)),
                          formats::unless_empty(option.default_text),
                          formats::shortened(option.meaning, 60)});
  return table;
}

formats::TextTable breakdown_table(const Family& family) {
  formats::TextTable table{{{"breakdown"}, {"meaning"}}, {}};
  for (const auto& one : family.breakdowns)
    table.rows.push_back({one.key, formats::shortened(one.meaning, 70)});
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
      print(line, rest::indicator_table(listing.family->indicators, {}), "");
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
  add_check(*command, line);
  add_new(*command, line);
  add_header(*command, line);
}

}  // namespace qd::cli
