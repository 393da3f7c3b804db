// quarterday family check LIBRARY [CASES…]: does a family do what its cases say?
#include "server/cli/family_check.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/cases/check.hpp"
#include "core/families/discover.hpp"
#include "core/text/whole_file.hpp"
#include "server/cli/terminal_progress.hpp"

namespace qd::cli {
namespace {

namespace fs = std::filesystem;

struct CheckCommand {
  std::string library;
  std::vector<std::string> cases;
  bool accept = false;
  double time_out_seconds = 10;
};

Error unreadable(const fs::path& path, std::string_view what) {
  return {ErrorCode::kFileUnreadable, fmt::format("{} {}", path.string(), what), {}};
}

// A folder stands for the case files in it, by name.
Result<std::vector<fs::path>> case_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const fs::path path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) return fail(unreadable(path, "is not there"));
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error))
      if (at->path().extension() == ".case") files.push_back(at->path());
    if (error) return fail(unreadable(path, "cannot be read: " + error.message()));
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

Result<std::string> contents(const fs::path& path) {
  if (auto text = text::read_whole(path)) return *std::move(text);
  return fail(unreadable(path, "cannot be read"));
}

Result<void> write(const fs::path& path, const std::string& text) {
  if (text::write_whole(path, text)) return {};
  return fail(unreadable(path, "cannot be written"));
}

void say(std::string_view verdict, const fs::path& path, const std::vector<std::string>& lines) {
  fmt::print("{:<4}  {}\n", verdict, path.string());
  for (const std::string& line : lines) fmt::print("      {}\n", line);
}

void say(const fs::path& path, const Error& error) {
  say("FAIL", path, {fmt::format("{}:{}", path.string(), error.message)});
  if (!error.hint.empty()) fmt::print("      hint: {}\n", error.hint);
}

// Whether the case holds, or has been made to. Errors: what keeps every case from being run.
Result<bool> run_case(const Family& family, const fs::path& path, const CheckCommand& command,
                      const worker::parent::WorkerSettings& settings) {
  const auto text = contents(path);
  if (!text) return fail(text.error());
  const auto given = cases::parse_case(*text);
  auto result = given ? cases::check_case(family, *given, settings)
                      : Result<cases::CaseResult>(fail(given.error()));
  if (!result && result.error().code != ErrorCode::kFileUnreadable) return fail(result.error());
  if (!result) {
    say(path, result.error());
    return false;
  }
  if (result->differences.empty()) {
    say("ok", path, {});
    return true;
  }
  const bool taken = command.accept && !result->stopped;
  const auto accepted = taken ? cases::accepted_text(*given, result->actual) : *text;
  if (accepted != *text)
    if (const auto written = write(path, accepted); !written) return fail(written.error());
  result->differences.insert(result->differences.begin(), given->title);
  say(taken ? "took" : "FAIL", path, result->differences);
  return taken;
}

worker::parent::WorkerSettings settings_of(const CheckCommand& command) {
  worker::parent::WorkerSettings settings;
  settings.executable = composition::real_surroundings().executable;
  settings.time_out =
      std::chrono::milliseconds(static_cast<std::int64_t>(command.time_out_seconds * 1000));
  return settings;
}

Result<ExitCode> check(const CheckCommand& command) {
  const auto settings = settings_of(command);
  const auto family = families::read_family(fs::absolute(command.library));
  if (!family) return fail(family.error());
  const auto files = case_files(command.cases);
  if (!files) return fail(files.error());
  if (files->empty()) fmt::print("ok    {}: no case was run\n", command.library);
  TerminalProgress progress;
  auto code = ExitCode::kDone;
  for (std::size_t i = 0; i < files->size(); ++i) {
    progress.at("cases", static_cast<std::int64_t>(i), static_cast<std::int64_t>(files->size()));
    const auto holds = run_case(*family, (*files)[i], command, settings);
    progress.finished();
    if (!holds) return fail(holds.error());
    if (!*holds) code = ExitCode::kFailed;
  }
  return code;
}

}  // namespace

void add_family_check(CLI::App& family, CommandLine& line) {
  auto command = std::make_shared<CheckCommand>();
  auto* checking = family.add_subcommand("check", "run a family's cases, each in a worker process");
  checking->add_option("library", command->library, "LIBRARY.so")->required();
  checking->add_option("cases", command->cases, "case files, or folders of them");
  checking->add_flag("--accept", command->accept,
                     "write what the family gives into the case files; the diff is the review");
  checking->add_option("--time-out", command->time_out_seconds, "of one run, in seconds")
      ->check(CLI::PositiveNumber)
      ->type_name("SECONDS")
      ->capture_default_str();
  checking->callback([&line, command] { line.chosen = [command] { return check(*command); }; });
}

}  // namespace qd::cli
