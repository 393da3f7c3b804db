// quarterday facts: the same figures, in the same words, as /api/v1/facts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "core/reading/access/figure_door.hpp"
#include "server/cli/audience_option.hpp"
#include "server/cli/command_line.hpp"
#include "server/cli/question_options.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/faces/known_names.hpp"
#include "server/faces/shaped_reading.hpp"

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
  // all_fields: those that were chosen.
  FigureTable(const faces::FigureRendering& rendering, bool all_fields)
      : labels_(*rendering.labels) {
    for (const auto& field : *rendering.fields) {
      if (!all_fields && !is_shown(field.name)) continue;
      fields_.push_back(field);
      table_.columns.push_back({field.name, field.kind});
    }
  }
  void take(const FigureView& figure) override {
    auto& row = table_.rows.emplace_back();
    const faces::ShownFigure shown{figure, labels_};
    for (const auto& field : fields_) row.push_back(field.text(shown));
  }
  const formats::TextTable& table() const { return table_; }

 private:
  const faces::AreaLabels& labels_;
  faces::FigureFields fields_;
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
  faces::QuestionTexts question;
  faces::ShapeTexts shape;
  std::string audience = std::string(name_of(Audience::kExecutive));
};

// What the figures are shown with; all_fields: those a shape may choose from.
Result<faces::FigureRendering> rendering_of(const CommandLine& line, composition::House& house,
                                            const faces::FigureShape& shape,
                                            const faces::FigureFields& all_fields) {
  const auto areas = house.database().catalogue().areas();
  if (!areas) return fail(areas.error());
  auto fields = faces::shown_fields(shape, all_fields);
  if (!fields) return fail(fields.error());
  const auto format = line.format == "csv" ? formats::Format::kCsv : formats::Format::kJson;
  return faces::FigureRendering{
      format, formats::CsvDialect::kExact,
      std::make_shared<const faces::AreaLabels>(faces::area_labels(*areas)),
      std::make_shared<const faces::FigureFields>(std::move(*fields))};
}

Result<ExitCode> print_figures(const CommandLine& line, std::unique_ptr<reading::FigureReading> all,
                               Instant as_of, const faces::FigureShape& shape,
                               const faces::FigureRendering& rendering) {
  if (line.format != "table") {
    auto printed = print_all({std::move(all), as_of, rendering});
    return printed ? Result<ExitCode>(ExitCode::kDone) : fail(printed.error());
  }
  FigureTable table(rendering, !shape.fields.empty());
  if (auto read = all->read(reading::FigureReading::kAll, table); !read) return fail(read.error());
  print(line, table.table(), "no facts");
  return ExitCode::kDone;
}

Result<ExitCode> facts(const CommandLine& line, const FactsCommand& command) {
  const auto audience = read_audience(command.audience);
  if (!audience) return fail(audience.error());
  const auto shape = faces::figure_shape(command.shape);
  if (!shape) return fail(shape.error());
  const auto asked = ask_house(line, command.question);
  if (!asked) return fail(asked.error());
  const auto fields = asked->names->fields(0, {});
  if (!fields) return fail(fields.error());
  const auto rendering = rendering_of(line, *asked->house, *shape, **fields);
  if (!rendering) return fail(rendering.error());
  auto reading = faces::shaped_reading(asked->store->door(), {*audience}, asked->query, *shape,
                                       {**fields, *rendering->labels});
  if (!reading) return fail(reading.error());
  return print_figures(line, std::move(*reading), *asked->query.as_of, *shape, *rendering);
}

void add_shape(CLI::App& command, faces::ShapeTexts& shape) {
  command
      .add_option("--fields", shape.fields, "only these, in this order; repeated or with commas")
      ->delimiter(',');
  command.add_option("--labels", shape.labels, "codes, names or both");
  command
      .add_option("--order", shape.order, "by these fields; --order=-value begins with the largest")
      ->delimiter(',');
  command
      .add_option("--group-by", shape.group_by,
                  "put figures together but for these: area, period, reading, breakdown")
      ->delimiter(',');
  command.add_option("--changed-since", shape.changed_since, "only what changed since then")
      ->type_name("TIME");
}

}  // namespace

void add_facts(CLI::App& app, CommandLine& line) {
  auto typed = std::make_shared<FactsCommand>();
  auto* command = app.add_subcommand("facts", "print facts");
  add_question(*command, typed->question);
  add_shape(*command, typed->shape);
  command->add_option("--audience", typed->audience, audience_help("as whom they are read:"))
      ->capture_default_str();
  add_format(*command, line);
  command->callback(
      [&line, typed] { line.chosen = [&line, typed] { return facts(line, *typed); }; });
}

}  // namespace qd::cli::commands
