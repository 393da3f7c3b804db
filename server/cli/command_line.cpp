#include "server/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/text/nearest.hpp"
#include "server/cli/hidden_words.hpp"

namespace qd::cli {
namespace {

constexpr const char* kAbout =
    "Quarterday takes in what happened, computes indicators through families, and gives the same\n"
    "figures to BI tools, to the Executive's quarterly return and to whoever asks how they came "
    "about.";

void add_common(CLI::App& app, CommandLine& line) {
  app.add_option("--config", line.common.configuration_file, "configuration file")
      ->type_name("FILE");
  app.add_option("--database", line.common.database,
                 "sqlite:///relative/file.db, sqlite:////absolute/file.db or "
                 "mysql://user:password@host:port/name")
      ->type_name("URL");
  app.add_option("--state", line.common.state_directory, "state directory")->type_name("FOLDER");
  app.add_option("--families", line.common.family_directory, "folder of the family libraries")
      ->type_name("FOLDER");
}

bool typed_wrongly(ErrorCode code) {
  switch (code) {
    case ErrorCode::kPeriodMalformed:
    case ErrorCode::kInstantMalformed:
    case ErrorCode::kParameterMalformed:
    case ErrorCode::kParameterUnknown:
    case ErrorCode::kTableUnknown:
    case ErrorCode::kFamilyUnknown:
    case ErrorCode::kIndicatorUnknown:
    case ErrorCode::kAreaUnknown:
    case ErrorCode::kPeriodUnknown:
    case ErrorCode::kBreakdownUnknown:
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<std::unique_ptr<composition::House>> open_house(const CommandLine& line) {
  auto house = composition::House::open(line.common);
  if (house) say_new_database(**house);
  return house;
}

void say_new_database(const composition::House& house) {
  if (house.new_database())
    fmt::print(stderr, "a new database was made: {}\n", house.new_database()->string());
}

void add_format(CLI::App& command, CommandLine& line) {
  command.add_option("--format", line.format, "table, csv or json")
      ->check(CLI::IsMember({"table", "csv", "json"}))
      ->type_name("FORMAT");
}

void print(const CommandLine& line, const formats::TextTable& table, std::string_view when_empty) {
  if (line.format == "csv") {
    std::fputs(formats::to_csv(table).c_str(), stdout);
  } else if (line.format == "json") {
    formats::Json json;
    formats::write_rows(json, table);
    std::puts(json.take().c_str());
  } else if (table.rows.empty()) {
    fmt::print("{}\n", when_empty);
  } else {
    std::fputs(formats::to_aligned(table).c_str(), stdout);
  }
}

ExitCode report(const Error& error) {
  fmt::print(stderr, "{}: {}\n", code_text(error.code), error.message);
  if (!error.hint.empty()) fmt::print(stderr, "  hint: {}\n", error.hint);
  return typed_wrongly(error.code) ? ExitCode::kUsage : ExitCode::kFailed;
}

namespace {

std::vector<std::string> command_names(const CLI::App& at) {
  std::vector<std::string> names;
  for (const auto* command : at.get_subcommands([](const CLI::App*) { return true; }))
    if (!command->get_group().empty()) names.push_back(command->get_name());
  return names;
}

// Those of the command and of the program, as they are typed.
std::vector<std::string> option_names(const CLI::App& at) {
  std::vector<std::string> names;
  for (const CLI::App* app = &at; app != nullptr; app = app->get_parent())
    for (const auto* option : app->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string see_help(const CLI::App& at) {
  std::string words = at.get_name();
  for (const CLI::App* app = at.get_parent(); app != nullptr; app = app->get_parent())
    words = fmt::format("{} {}", app->get_name(), words);
  return fmt::format("see `{} --help`", words);
}

Error unknown_word(const CLI::App& at, const std::string& word) {
  const bool option = word.starts_with('-');
  const auto near = text::nearest(word, option ? option_names(at) : command_names(at));
  return {ErrorCode::kParameterUnknown,
          fmt::format("there is no {} '{}'", option ? "option" : "command", word),
          near.empty() ? see_help(at) : fmt::format("did you mean '{}'?", near)};
}

// What CLI11 refuses, as an error of ours: it does not say which word was meant.
Error usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  const auto words = app.remaining(true);
  const bool takes_commands = !command_names(*at).empty();
  if (!words.empty() && (takes_commands || words.front().starts_with('-')))
    return unknown_word(*at, words.front());
  return {ErrorCode::kParameterMalformed, error.what(), see_help(*at)};
}

// "return build"
std::string typed_command(const CLI::App& app) {
  std::string words;
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    words += (words.empty() ? "" : " ") + at->get_name();
  }
  return words;
}

}  // namespace

int run_command_line(int argc, char** argv, const std::vector<AddCommand>& commands) {
  CLI::App app(kAbout, "quarterday");
  app.set_version_flag("--version", std::string("quarterday ") + QUARTERDAY_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // --database and the like may stand behind the command
  CommandLine line;
  add_common(app, line);
  for (const auto add : commands) add(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // also --help and --version, which end well
    if (error.get_exit_code() == 0) return app.exit(error);
    report(usage_error(app, error));
    return static_cast<int>(ExitCode::kUsage);
  }
  hide_passwords(argc, argv);
  line.common.command = typed_command(app);
  const auto ended = line.chosen();
  const auto code = ended ? *ended : report(ended.error());
  return static_cast<int>(std::fflush(stdout) == 0 ? code : ExitCode::kFailed);
}

}  // namespace qd::cli
