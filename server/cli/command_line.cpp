#include "server/cli/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/text/nearest.hpp"

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
                 "sqlite:///path/file.db or mysql://user:password@host:port/name")
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
      return true;
    default:
      return false;
  }
}

}  // namespace

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

// CLI11 only says that a command is needed; here is the word that is none.
int report_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
  const auto words = app.remaining(true);
  if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr || words.empty() ||
      words.front().starts_with('-'))
    return app.exit(error);
  std::vector<std::string> known;
  for (const auto* command : at->get_subcommands([](const CLI::App*) { return true; }))
    known.push_back(command->get_name());
  const auto near = text::nearest(words.front(), known);
  fmt::print(stderr, "there is no command '{}'{}\n", words.front(),
             near.empty() ? "; see --help" : fmt::format("; did you mean {}?", near));
  return error.get_exit_code();
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app(kAbout, "quarterday");
  app.set_version_flag("--version", std::string("quarterday ") + QUARTERDAY_VERSION);
  app.require_subcommand(1);
  app.fallthrough();  // --database and the like may stand behind the command
  CommandLine line;
  add_common(app, line);
  for (const auto add : {add_serve, add_import, add_compute, add_facts, add_explain, add_return,
                         add_family, add_jobs, add_key, add_upkeep})
    add(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {  // also --help and --version, which end well
    return static_cast<int>(report_usage(app, error) == 0 ? ExitCode::kDone : ExitCode::kUsage);
  }
  const auto ended = line.chosen();
  const auto code = ended ? *ended : report(ended.error());
  return static_cast<int>(std::fflush(stdout) == 0 ? code : ExitCode::kFailed);
}

}  // namespace qd::cli
