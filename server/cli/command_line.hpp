// The command line: what is typed, which command it is, how it ends.
#pragma once

#include <functional>
#include <string>

#include "core/model/error.hpp"
#include "server/composition/composition.hpp"
#include "server/formats/text_table.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): its own name
class App;
}

namespace qd::cli {

enum class ExitCode : int { kDone = 0, kFailed = 1, kUsage = 2 };

// Parses and runs. Prints results on standard output, progress and errors on standard error.
int run_command_line(int argc, char** argv);

// What commands share while they are described and run.
struct CommandLine {
  composition::CommonOptions common;
  std::string format = "table";              // --format of commands that list
  std::function<Result<ExitCode>()> chosen;  // set by the subcommand that was typed
};

// Each describes its commands to the parser.
void add_serve(CLI::App& app, CommandLine& line);
void add_import(CLI::App& app, CommandLine& line);
void add_compute(CLI::App& app, CommandLine& line);
void add_facts(CLI::App& app, CommandLine& line);
void add_explain(CLI::App& app, CommandLine& line);
void add_return(CLI::App& app, CommandLine& line);
void add_return_plan(CLI::App& app, CommandLine& line);  // a command of `return`
void add_family(CLI::App& app, CommandLine& line);
void add_jobs(CLI::App& app, CommandLine& line);
void add_key(CLI::App& app, CommandLine& line);
void add_upkeep(CLI::App& app, CommandLine& line);  // migrate, doctor, demo, worker

// --format table|csv|json
void add_format(CLI::App& command, CommandLine& line);

// Prints in the format that was asked for; an empty table says what it is empty of.
void print(const CommandLine& line, const formats::TextTable& table, std::string_view when_empty);

// "QD2001: sentence", then the hint, on standard error. kUsage for what was typed wrongly.
ExitCode report(const Error& error);

}  // namespace qd::cli
