// The pyramid of engagement, and what the quarter comes to in sentences.
#include <fmt/format.h>

#include <algorithm>

#include "core/returns/content/rows.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sentences.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

const Figure* level_figure(const ReturnContents& contents, const plan::PyramidColumn& column,
                           const std::string& breakdown) {
  const Period& period = contents.periods[column.previous ? 1 : 0];
  return contents.find({column.indicator, contents.landlord(), period.id(),
                        content::own_reading(period), breakdown});
}

const Figure* total_figure(const ReturnContents& contents, const plan::PyramidColumn& column) {
  plan::PyramidColumn total = column;
  total.indicator = column.total;
  return level_figure(contents, total, "");
}

// What is drawn: the first column.
const Figure* drawn(const ReturnContents& contents, const plan::PyramidLevel& level) {
  return level_figure(contents, contents.plan->pyramid->columns.front(), level.breakdown);
}

bool has_value(const Figure* figure) {
  return figure && value(figure->fact, figure->definition).has_value();
}

// As a whole number; 0 when there is none to draw.
std::int64_t size_of(const ReturnContents& contents, const plan::PyramidLevel& level) {
  const Figure* figure = drawn(contents, level);
  return has_value(figure) ? figure->fact.numerator.millionths / Number::kScale : 0;
}

// "11 persons", or what is said when there is no figure.
std::string size_words(const ReturnContents& contents, const plan::PyramidLevel& level,
                       const char* missing) {
  const plan::Pyramid& pyramid = *contents.plan->pyramid;
  const Figure* figure = drawn(contents, level);
  if (!has_value(figure)) return missing;
  return words::counted(display(figure->fact, figure->definition), pyramid.one, pyramid.many);
}

render::Row level_row(const ReturnContents& contents, const plan::PyramidLevel& level) {
  render::Row row{{level.name}, render::Emphasis::kNone};
  for (const plan::PyramidColumn& column : contents.plan->pyramid->columns)
    row.cells.push_back(cells::cell(level_figure(contents, column, level.breakdown)));
  return row;
}

render::Row total_row(const ReturnContents& contents) {
  render::Row row{{contents.plan->pyramid->total}, render::Emphasis::kStrong};
  for (const plan::PyramidColumn& column : contents.plan->pyramid->columns) {
    const std::string none(mark(NullReason::kNotApplicable));
    row.cells.push_back(column.total.empty() ? render::Cell(none)
                                             : cells::cell(total_figure(contents, column)));
  }
  return row;
}

std::string described(const ReturnContents& contents) {
  const plan::Pyramid& pyramid = *contents.plan->pyramid;
  std::string text = fmt::format("{}, {}.", pyramid.described, words::period(contents.period()));
  for (const plan::PyramidLevel& level : pyramid.levels)
    text += fmt::format(" {}: {}.", level.name, size_words(contents, level, "no figure"));
  return text;
}

std::string heading_of(const ReturnContents& contents, const plan::PyramidColumn& column) {
  constexpr std::string_view kPlace = "{previous}";
  std::string heading = column.heading;
  const std::size_t at = heading.find(kPlace);
  if (at != std::string::npos)
    heading.replace(at, kPlace.size(), words::short_period(contents.periods[1]));
  return heading;
}

render::Table pyramid_table(const ReturnContents& contents) {
  const plan::Pyramid& pyramid = *contents.plan->pyramid;
  render::Table table;
  table.columns = {{pyramid.heading, 38}};
  for (const plan::PyramidColumn& column : pyramid.columns)
    table.columns.push_back({heading_of(contents, column), 14, true});
  for (const plan::PyramidLevel& level : pyramid.levels)
    table.rows.push_back(level_row(contents, level));
  table.rows.push_back(total_row(contents));
  return table;
}

// Of a plan without a pyramid: what each section comes to.
render::Table section_table(const ReturnContents& contents) {
  render::Table table;
  table.columns = {{"Section", 38}, {"Indicators of the landlord", 16, true}};
  for (const plan::Section& section : contents.sections) {
    const auto lines = content::subjects_of(contents, section, contents.landlord()).size();
    table.rows.push_back({{section.title, render::NumberCell{std::to_string(lines)}}});
  }
  if (table.rows.empty()) table.rows.push_back({{std::string("[x]"), std::string("[x]")}});
  return table;
}

}  // namespace

render::Sheet summary_sheet(const ReturnContents& contents) {
  const auto& pyramid = contents.plan->pyramid;
  render::Sheet sheet;
  sheet.name = plan::kSummary;
  sheet.is_summary = true;
  sheet.heading = fmt::format("Summary, {}", words::period(contents.period()));
  sheet.holds = contents.plan->summary;
  sheet.paragraphs = sentences_of(contents);
  sheet.table = pyramid ? pyramid_table(contents) : section_table(contents);
  sheet.table.name = "Summary_table";
  if (pyramid)
    sheet.chart = render::PyramidChart{pyramid->chart, described(contents), plan::kChartNumbers,
                                       static_cast<int>(sheet.table.columns.size())};
  return sheet;
}

std::optional<render::Sheet> chart_sheet(const ReturnContents& contents) {
  if (!contents.plan->pyramid) return std::nullopt;
  const plan::Pyramid& pyramid = *contents.plan->pyramid;
  std::int64_t widest = 0;
  for (const auto& level : pyramid.levels) widest = std::max(widest, size_of(contents, level));
  render::Sheet sheet;
  sheet.name = plan::kChartNumbers;
  sheet.heading = "Numbers behind the chart";
  sheet.holds =
      fmt::format("What the chart on {} is drawn from: {}, and the space that centres each bar.",
                  plan::kSummary, pyramid.many);
  sheet.table.name = "Chart_table";
  sheet.table.columns = {
      {"Bar", 34}, {"Space to the left", 14, true}, {words::capital(pyramid.many), 12, true}};
  for (const plan::PyramidLevel& level : pyramid.levels) {
    const std::int64_t size = size_of(contents, level);
    sheet.table.rows.push_back(
        {{fmt::format("{}: {}", level.label, size_words(contents, level, "[x]")),
          render::NumberCell{Number{(widest - size) * Number::kScale / 2}.text()},
          render::NumberCell{std::to_string(size)}}});
  }
  return sheet;
}

}  // namespace qd::returns::sheets
