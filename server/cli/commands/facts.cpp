// quarterday facts: the same figures, in the same words, as /api/v1/facts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "core/reading/access/figure_door.hpp"
#include "server/cli/audience_option.hpp"
#include "server/cli/command_line.hpp"
#include "server/faces/fact_filter.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/faces/known_names.hpp"

namespace qd::cli::commands {
namespace {

// On a terminal only what a person compares; csv and json have every field.
constexpr std::string_view kShown[] = {
    "indicator",   "title",   "area", "period", "reading", "breakdown", "numerator",
    "denominator", "display", "unit", "n",      "margin",  "id"};

bool is_shown(std::string_view name) {
  return std::find(std::begin(kShown), std::end(kShown), name) != std::end(kShown);
}

// Figures as lines of a table for people.
class FigureTable final : public FigureSink {
 public:
  explicit FigureTable(const faces::NameTable& names) : names_(names) {
    for (const auto& field : faces::figure_fields())
      if (is_shown(field.name)) table_.columns.push_back({std::string(field.name), field.kind});
  }
  void take(const FigureView& figure) override {
    auto& row = table_.rows.emplace_back();
    const faces::ShownFigure shown{figure, names_.of(figure.area)};
    for (const auto& field : faces::figure_fields())
      if (is_shown(field.name)) row.push_back(field.text(shown));
  }
  const formats::TextTable& table() const { return table_; }

 private:
  const faces::NameTable& names_;
  formats::TextTable table_;
};

Result<void> print_all(faces::FactStream stream) {
  for (;;) {
    const auto piece = stream.next();
    if (!piece) return fail(piece.error());
    if (piece->empty()) return {};
    std::fwrite(piece->data(), 1, piece->size(), stdout);
  }
}

struct FactsCommand {
  faces::FactFilterTexts filter;
  std::string audience = std::string(name_of(Audience::kExecutive));
};

Result<ExitCode> facts(const CommandLine& line, const FactsCommand& command) {
  const auto audience = read_audience(command.audience);
  if (!audience) return fail(audience.error());
  auto query = faces::fact_filter(command.filter);
  if (!query) return fail(query.error());
  auto house = open_house(line);
  if (!house) return fail(house.error());
  auto& database = (*house)->database();
  if (auto known = faces::KnownNames({(*house)->database().catalogue(), (*house)->database().runs(),
                                      (*house)->engine()})
                       .check(*query, 0, {});
      !known)
    return fail(known.error());
  const auto areas = (*house)->database().catalogue().areas();
  if (!areas) return fail(areas.error());
  const auto names = std::make_shared<const faces::NameTable>(faces::name_table(*areas));
  const auto known_at = faces::ReadingInstant((*house)->database().runs(), (*house)->clock()).of(0);
  if (!known_at) return fail(known_at.error());
  if (!query->as_of) query->as_of = *known_at;
  reading::access::StoreDoor store(database.figures(), database.runs(), database.catalogue());
  auto reading = store.door().open(*query, {*audience});
  if (!reading) return fail(reading.error());
  if (line.format == "table") {
    FigureTable table(*names);
    if (auto read = (*reading)->read(reading::FigureReading::kAll, table); !read)
      return fail(read.error());
    print(line, table.table(), "no facts");
    return ExitCode::kDone;
  }
  const auto format = line.format == "csv" ? formats::Format::kCsv : formats::Format::kJson;
  if (auto printed = print_all(
          {std::move(*reading), *query->as_of, {format, formats::CsvDialect::kExact, names}});
      !printed)
    return fail(printed.error());
  return ExitCode::kDone;
}

}  // namespace

void add_facts(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<FactsCommand>();
  auto* command = app.add_subcommand("facts", "print facts");
  command->add_option("--indicator", typed->filter.indicators, "code; may be repeated");
  command->add_option("--area", typed->filter.areas, "code; may be repeated");
  command->add_option("--period", typed->filter.periods, "id; may be repeated");
  command->add_option("--reading", typed->filter.readings, "quarter, ytd or year; may be repeated");
  command->add_option("--breakdown", typed->filter.breakdown, "tenure=LCRA; \"\" for totals");
  command->add_option("--family", typed->filter.families, "id; may be repeated");
  command->add_option("--as-of", typed->filter.as_of, "facts that were current then")
      ->type_name("TIME");
  command->add_option("--audience", typed->audience, audience_help("as whom they are read:"))
      ->capture_default_str();
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return facts(line, *typed); }; });
}

}  // namespace qd::cli::commands
