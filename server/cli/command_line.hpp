// The command line: what is typed, which command it is, how it ends.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "server/composition/composition.hpp"
#include "server/formats/text_table.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): its own name
class App;
}

namespace qd::cli {

enum class ExitCode : int { kDone = 0, kFailed = 1, kUsage = 2 };

// What commands share while they are described and run.
struct CommandLine {
  composition::CommonOptions common;
  std::string format = "table";              // --format of commands that list
  std::function<Result<ExitCode>()> chosen;  // set by the subcommand that was typed
};

using AddCommand = void (*)(CLI::App& app, CommandLine& line);

// Parses and runs one of the commands. Prints results on standard output, progress and errors on
// standard error.
int run_command_line(int argc, char** argv, const std::vector<AddCommand>& commands);

// Opens the house the options name; says on standard error when its database is a new one. Errors:
// those of House::open.
Result<std::unique_ptr<composition::House>> open_house(const CommandLine& line);

void say_new_database(const composition::House& house);

// --format table|csv|json
void add_format(CLI::App& command, CommandLine& line);

// Prints in the format that was asked for; an empty table says what it is empty of.
void print(const CommandLine& line, const formats::TextTable& table, std::string_view when_empty);

// "QD2001: sentence", then the hint, on standard error. kUsage for what was typed wrongly.
ExitCode report(const Error& error);

}  // namespace qd::cli
