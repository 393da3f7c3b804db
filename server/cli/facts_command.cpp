// quarterday facts: the same figures, in the same words, as /api/v1/facts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>

#include "server/cli/command_line.hpp"
#include "server/rest/fact_pages.hpp"
#include "server/rest/figure_writer.hpp"
#include "server/rest/parameters.hpp"

namespace qd::cli {
namespace {

// On a terminal only what a person compares; csv and json have every field.
constexpr std::array<std::string_view, 13> kShown = {
    "indicator",   "title",   "area", "period", "reading", "breakdown", "numerator",
    "denominator", "display", "unit", "n",      "margin",  "id"};

bool is_shown(std::string_view name) {
  return std::find(kShown.begin(), kShown.end(), name) != kShown.end();
}

formats::TextTable figure_table(const std::vector<Figure>& figures, const rest::NameTable& names) {
  formats::TextTable table;
  for (const auto& field : rest::figure_fields())
    if (is_shown(field.name)) table.columns.push_back({std::string(field.name), field.kind});
  for (const auto& figure : figures) {
    auto& row = table.rows.emplace_back();
    const rest::ShownFigure shown{figure, names.of(figure.fact.area)};
    for (const auto& field : rest::figure_fields())
      if (is_shown(field.name)) row.push_back(field.text(shown));
  }
  return table;
}

Result<void> print_all(FigureStore& store, FactQuery query, const rest::FactRendering& rendering) {
  const auto source = rest::all_facts(store, std::move(query), rendering);
  for (;;) {
    const auto piece = source->next();
    if (!piece) return fail(piece.error());
    if (piece->empty()) return {};
    std::fwrite(piece->data(), 1, piece->size(), stdout);
  }
}

Result<ExitCode> facts(const CommandLine& line, const rest::FactFilterTexts& texts) {
  auto query = rest::fact_filter(texts);
  if (!query) return fail(query.error());
  auto house = composition::House::open(line.common);
  if (!house) return fail(house.error());
  auto& store = (*house)->database().figures();
  const auto areas = (*house)->database().catalogue().areas();
  if (!areas) return fail(areas.error());
  const auto names = std::make_shared<const rest::NameTable>(rest::name_table(*areas));
  if (line.format == "table") {
    const auto figures = store.facts(*query);
    if (!figures) return fail(figures.error());
    print(line, figure_table(*figures, *names), "no facts");
    return ExitCode::kDone;
  }
  const auto known_at = rest::ReadingInstant((*house)->database().runs(), (*house)->clock()).of(0);
  if (!known_at) return fail(known_at.error());
  if (!query->as_of) query->as_of = *known_at;
  const auto format = line.format == "csv" ? rest::Format::kCsv : rest::Format::kJson;
  if (auto printed = print_all(store, *query, {format, formats::CsvDialect::kExact, names});
      !printed)
    return fail(printed.error());
  return ExitCode::kDone;
}

}  // namespace

void add_facts(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<rest::FactFilterTexts>();
  auto* command = app.add_subcommand("facts", "print facts");
  command->add_option("--indicator", typed->indicators, "code; may be repeated");
  command->add_option("--area", typed->areas, "code; may be repeated");
  command->add_option("--period", typed->periods, "id; may be repeated");
  command->add_option("--reading", typed->readings, "quarter, ytd or year; may be repeated");
  command->add_option("--breakdown", typed->breakdown, "tenure=LCRA; \"\" for totals");
  command->add_option("--family", typed->families, "id; may be repeated");
  command->add_option("--as-of", typed->as_of, "facts that were current then")->type_name("TIME");
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return facts(line, *typed); }; });
}

}  // namespace qd::cli
