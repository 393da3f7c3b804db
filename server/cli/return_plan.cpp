// quarterday return plan [--check FILE|--print]
#include "server/cli/return_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "server/cli/command_line.hpp"
#include "server/composition/return_plan.hpp"

namespace qd::cli {
namespace {

namespace plan = returns::plan;

struct PlanCommand {
  std::optional<std::string> file;
  bool text = false;
};

std::string what_it_shows(const plan::Section& section) {
  return fmt::format(
      "{}", fmt::join(section.families.empty() ? section.indicators : section.families, ", "));
}

formats::TextTable sections_of(const plan::Plan& plan) {
  constexpr const char* kLayouts[] = {"areas", "lines", "links"};
  formats::TextTable table{{{"section"}, {"layout"}, {"shows"}, {"columns"}}, {}};
  for (const plan::Section& section : plan.sections)
    table.rows.push_back({section.title, kLayouts[static_cast<std::size_t>(section.layout)],
                          what_it_shows(section),
                          fmt::format("{}", fmt::join(section.columns, ", "))});
  return table;
}

// What is printed is a beginning for a plan of one's own.
Result<ExitCode> print_text(const CommandLine& line) {
  const auto configuration = composition::configure(line.common);
  if (!configuration) return fail(configuration.error());
  const auto text = composition::return_plan_text(configuration->return_plan);
  if (!text) return fail(text.error());
  fmt::print("{}", *text);
  return ExitCode::kDone;
}

Result<ExitCode> show(const CommandLine& line, const PlanCommand& command) {
  if (command.text) return print_text(line);
  auto house = open_house(line);
  if (!house) return fail(house.error());
  if (command.file) (*house)->plan_returns_by(*command.file);
  const auto planned = (*house)->return_plan();
  if (!planned) return fail(planned.error());
  print(line, sections_of(*planned->plan), "no sections");
  return ExitCode::kDone;
}

}  // namespace

void add_return_plan(CLI::App& app, CommandLine& line) {
  auto* command = app.add_subcommand("plan", "what the return holds, section by section");
  auto typed = std::make_shared<PlanCommand>();
  auto* checking = command->add_option("--check", typed->file, "a plan of one's own: is it right?");
  checking->type_name("FILE");
  command->add_flag("--print", typed->text, "the plan itself, to begin one's own with")
      ->excludes(checking);
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return show(line, *typed); }; });
}

}  // namespace qd::cli
