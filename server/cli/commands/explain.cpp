// quarterday explain FACT: the rows and rules behind one figure.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "server/cli/command_line.hpp"
#include "server/faces/area_names.hpp"
#include "server/faces/explanation_writer.hpp"
#include "server/faces/figure_writer.hpp"

namespace qd::cli::commands {
namespace {

void print_fields(const compute::Explanation& explanation, const faces::NameTable& names) {
  const faces::ShownFigure shown{explanation.figure, names.of(explanation.figure.fact.area)};
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

void print_explanation(const compute::Explanation& explanation, const faces::NameTable& names) {
  print_fields(explanation, names);
  for (const auto& [name, table] : faces::explained_tables(explanation))
    fmt::print("\n{}\n{}", name, formats::to_aligned(table));
  const auto shown = static_cast<std::int64_t>(explanation.rows.size());
  if (shown < explanation.n_rows)
    fmt::print("\nthe first {} of {} rows\n", shown, explanation.n_rows);
}

Result<ExitCode> explain(const CommandLine& line, std::int64_t fact) {
  auto house = open_house(line);
  if (!house) return fail(house.error());
  const auto explanation = (*house)->engine().explain(fact);
  if (!explanation) return fail(explanation.error());
  const auto areas = (*house)->database().catalogue().areas();
  if (!areas) return fail(areas.error());
  const auto names = faces::name_table(*areas);
  if (line.format == "json") {
    formats::Json json;
    faces::write_explanation(json, *explanation, names.of(explanation->figure.fact.area));
    std::puts(json.take().c_str());
  } else if (line.format == "csv") {
    for (const auto& [name, table] : faces::explained_tables(*explanation))
      std::fputs(formats::to_csv(table).c_str(), stdout);
  } else {
    print_explanation(*explanation, names);
  }
  return ExitCode::kDone;
}

}  // namespace

void add_explain(CLI::App& app, CommandLine& line) {
  auto fact = std::make_shared<std::int64_t>(0);
  auto* command = app.add_subcommand("explain", "the rows and rules behind one figure");
  command->add_option("fact", *fact, "number of the fact, as `facts` shows it")->required();
  add_format(*command, line);
  command->callback(
      [&line, fact] { line.chosen = [&line, fact] { return explain(line, *fact); }; });
}

}  // namespace qd::cli::commands
