// quarterday explain FACT: the rows and rules behind one figure.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/reading/access/figure_door.hpp"
#include "server/cli/command_line.hpp"
#include "server/composition/actor.hpp"
#include "server/faces/explanation_writer.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/faces/row_reading.hpp"

namespace qd::cli::commands {
namespace {

void print_fields(const compute::Explanation& explanation, const faces::AreaLabels& labels) {
  const FigureView view = view_of(explanation.figure.fact, explanation.figure.definition);
  const faces::ShownFigure shown{view, labels};
  for (const auto& field : faces::figure_fields())
    if (const auto text = field.text(shown).value_or(""); !text.empty())
      fmt::print("{:<16} {}\n", field.name, text);
  const auto& definition = explanation.figure.definition;
  const auto& run = explanation.run;
  fmt::print("{:<16} {}\n", "counted", definition.numerator);
  if (!definition.denominator.empty()) fmt::print("{:<16} {}\n", "out of", definition.denominator);
  fmt::print("{:<16} {}\n", "source", definition.source);
  fmt::print("{:<16} {} {}, library {}\n", "computed by", run.family, run.family_version,
             run.library_sha256);
  fmt::print("{:<16} {} rows known at {}, digest {}\n", "from", run.input_rows, to_text(run.as_of),
             run.input_digest);
  fmt::print("{:<16} {}\n", "computed again",
             explanation.reproduced ? "gives the same figure" : explanation.difference);
}

void print_explanation(const compute::Explanation& explanation, const std::string& withheld,
                       const faces::AreaLabels& labels) {
  print_fields(explanation, labels);
  fmt::print("{:<16} {}{}{}\n", "rows",
             explanation.n_rows ? std::to_string(*explanation.n_rows) : std::string("not told"),
             withheld.empty() ? "" : "; ", withheld);
  for (const auto& [name, table] : faces::explained_tables(explanation))
    fmt::print("\n{}\n{}", name, formats::to_aligned(table));
  const auto shown = static_cast<std::int64_t>(explanation.rows.size());
  if (withheld.empty() && explanation.n_rows && shown < *explanation.n_rows)
    fmt::print("\nthe first {} of {} rows\n", shown, *explanation.n_rows);
}

struct ExplainCommand {
  std::int64_t fact = 0;
  std::optional<std::string> reason;
};

Result<ExitCode> explain(const CommandLine& line, const ExplainCommand& command) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  auto explanation = (*house)->engine().explain(command.fact);
  if (!explanation) return fail(explanation.error());
  // Whoever has the database reads as the Executive does.
  const Viewer viewer{Audience::kExecutive};
  auto& database = (*house)->database();
  reading::access::StoreDoor store(database.figures(), database.runs(), database.catalogue());
  const auto given = store.door().fact(command.fact, viewer);
  if (!given) return fail(given.error());
  if (*given) explanation->figure = **given;
  const bool is_told = reading::access::FigureDoor::tells_rows(explanation->figure, viewer);
  const auto withheld =
      faces::hand_out_rows(*explanation, {composition::account(), true, command.reason, is_told},
                           (*house)->database().readings(), (*house)->clock().now());
  if (!withheld) return fail(withheld.error());
  const auto areas = (*house)->database().catalogue().areas();
  if (!areas) return fail(areas.error());
  const auto labels = faces::area_labels(*areas);
  if (line.format == "json") {
    formats::Json json;
    faces::write_explanation(json, *explanation, {*withheld, labels, faces::all_figure_fields()});
    std::puts(json.take().c_str());
  } else if (line.format == "csv") {
    for (const auto& [name, table] : faces::explained_tables(*explanation))
      std::fputs(formats::to_csv(table).c_str(), stdout);
  } else {
    print_explanation(*explanation, *withheld, labels);
  }
  return ExitCode::kDone;
}

}  // namespace

void add_explain(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<ExplainCommand>();
  auto* command =
      app.add_subcommand("explain", "the rules and counts behind one figure, and its rows");
  command->add_option("fact", typed->fact, "number of the fact, as `facts` shows it")->required();
  command->add_option("--reason", typed->reason, "gives the rows too; it is kept with your name")
      ->type_name("TEXT");
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return explain(line, *typed); }; });
}

}  // namespace qd::cli::commands
