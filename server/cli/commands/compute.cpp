// quarterday compute --period ID
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command_line.hpp"
#include "server/cli/terminal_progress.hpp"
#include "server/faces/question.hpp"

namespace qd::cli::commands {
namespace {

struct ComputeCommand {
  std::string period;
  std::vector<std::string> families;
  std::optional<std::string> as_of;
};

formats::TextTable outcome_table(const std::vector<compute::RunOutcome>& outcomes) {
  formats::TextTable table{{{"family"},
                            {"version"},
                            {"run", formats::FieldKind::kInteger},
                            {"state"},
                            {"facts", formats::FieldKind::kInteger},
                            {"rows", formats::FieldKind::kInteger},
                            {"reason"}},
                           {}};
  for (const auto& [run, error] : outcomes)
    table.rows.push_back({run.family, formats::unless_empty(run.family_version),
                          run.id == 0 ? formats::Cell{} : formats::cell(run.id),
                          error ? formats::Cell{"not computed"} : formats::Cell{"complete"},
                          formats::cell(run.n_facts), formats::cell(run.input_rows),
                          error ? formats::Cell{error->message} : formats::Cell{}});
  return table;
}

Result<compute::ComputeRequest> read_request(const ComputeCommand& command) {
  auto period = Period::parse(command.period);
  if (!period) return fail(period.error());
  const auto asked = faces::question({.as_of = command.as_of});
  if (!asked) return fail(asked.error());
  return compute::ComputeRequest{*period, command.families, asked->filter.as_of};
}

Result<ExitCode> compute(const CommandLine& line, const ComputeCommand& command) {
  const auto request = read_request(command);
  if (!request) return fail(request.error());
  auto house = open_house(line);
  if (!house) return fail(house.error());
  TerminalProgress progress;
  const auto outcomes = (*house)->engine().compute(*request, progress);
  progress.finished();
  if (!outcomes) return fail(outcomes.error());
  print(line, outcome_table(*outcomes), "no family was run");
  auto code = ExitCode::kDone;
  for (const auto& outcome : *outcomes) {
    for (const auto& note : outcome.run.notes)
      fmt::print(stderr, "note: {}: {} ({})\n", outcome.run.family, note.message, note.count);
    if (outcome.error) code = report(*outcome.error);
  }
  return code;
}

}  // namespace

void add_compute(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<ComputeCommand>();
  auto* command = app.add_subcommand("compute", "run families for a period");
  command->add_option("--period", typed->period, "FY2026-27, FY2026-27-Q3 or 2026-11")
      ->required()
      ->type_name("ID");
  command->add_option("--family", typed->families, "only this one; may be repeated")
      ->type_name("ID");
  command->add_option("--as-of", typed->as_of, "with what was known then")->type_name("TIME");
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return compute(line, *typed); }; });
}

}  // namespace qd::cli::commands
