#include "core/returns/sheets/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/status.hpp"

namespace qd::returns::sheets {
namespace {

namespace words = content::words;
using content::ReturnContents;
using Cells = std::vector<render::Cell>;

std::string marked(NullReason reason) { return std::string(mark(reason)); }
std::string not_there() { return marked(NullReason::kNotAvailable); }
std::string does_not_apply() { return marked(NullReason::kNotApplicable); }

bool is_year(const ReturnContents& contents) {
  return content::own_reading(contents.period()) == Reading::kYear;
}

const Figure* now(const RowContext& row) {
  return content::figure_of(row.contents, row.subject, row.area.code, row.contents.period(),
                            content::own_reading(row.contents.period()));
}

// A figure of an earlier period under another definition is not set beside this one's.
render::Cell earlier(const RowContext& row, std::size_t age) {
  const Figure* then =
      content::figure_of(row.contents, row.subject, row.area.code, row.contents.periods[age],
                         content::own_reading(row.contents.period()));
  const Figure* today = now(row);
  const bool broken = then && today && then->fact.version != today->fact.version &&
                      !today->definition.comparable_with_previous;
  return broken ? render::Cell(std::string("[b]")) : cells::cell(then);
}

bool has_value(const Figure* figure) {
  return figure && value(figure->fact, figure->definition).has_value();
}

Cells one(render::Cell cell) { return {std::move(cell)}; }

Cells previous(const RowContext& row) {
  Cells all;
  for (std::size_t age = 1; age < row.contents.periods.size(); ++age)
    all.push_back(earlier(row, age));
  return all;
}

Cells year_to_date(const RowContext& row) {
  if (is_year(row.contents)) return {};
  return one(cells::cell(content::figure_of(row.contents, row.subject, row.area.code,
                                            row.contents.period(), Reading::kYearToDate)));
}

Cells full_year(const RowContext& row) {
  if (is_year(row.contents)) return {};
  return one(cells::cell(content::full_year_figure(row.contents, row.subject, row.area.code)));
}

Cells counted(const RowContext& row, std::optional<Number> (*part)(const Fact&)) {
  const Figure* figure = row.newest.figure;
  return one(has_value(figure) ? cells::number(part(figure->fact)) : render::Cell(not_there()));
}

Cells lacking(const RowContext& row) {
  return one(
      cells::number(row.newest.figure ? content::shortfall(*row.newest.figure) : std::nullopt));
}

Cells answers(const RowContext& row) {
  const Figure* figure = now(row);
  return one(figure ? cells::count(figure->fact.n) : render::Cell(not_there()));
}

Cells cases(const RowContext& row) {
  const Figure* figure = row.newest.figure;
  return one(figure ? cells::count(figure->fact.n) : render::Cell(does_not_apply()));
}

Cells margin(const RowContext& row) {
  const Figure* figure = row.newest.figure;
  const auto accuracy = figure ? sample_accuracy(figure->fact, figure->definition) : std::nullopt;
  if (!accuracy) return one(does_not_apply());
  return one(render::NumberCell{fmt::format("{:.1f}", accuracy->margin_percent)});
}

Cells interval(const RowContext& row) {
  const auto range = row.newest.figure ? content::range_of(*row.newest.figure) : std::nullopt;
  return one(range ? words::range(range->lower, range->upper) : does_not_apply());
}

// What the link says; a row without a link says that it does not apply.
Cells linked(const RowContext& row, std::string text) {
  if (!row.link || text.empty()) return one(does_not_apply());
  return one(std::move(text));
}

Cells linked_title(const RowContext& row) {
  const auto& subject = row.linked.subject;
  return linked(
      row, subject ? words::with_part(subject->definition.title, subject->breakdown) : not_there());
}

Cells linked_code(const RowContext& row) {
  if (!row.link) return linked(row, "");
  return linked(row, row.linked.subject ? row.linked.subject->definition.code : row.link->linked);
}

Cells relation(const RowContext& row) {
  if (!row.link) return linked(row, "");
  return linked(row, fmt::format("{}, {}", words::relation(row.link->relation),
                                 words::strength(row.link->strength)));
}

using Headings = std::vector<std::string> (*)(const ReturnContents&);
using Filled = Cells (*)(const RowContext&);

struct Column {
  std::string_view key;
  double width;
  bool numeric;
  Headings headings;  // nullptr: the key's own words
  Filled cells;
};

std::vector<std::string> previous_headings(const ReturnContents& contents) {
  std::vector<std::string> headings;
  for (std::size_t age = 1; age < contents.periods.size(); ++age)
    headings.push_back(words::short_period(contents.periods[age]));
  return headings;
}

std::vector<std::string> unless_year(const ReturnContents& contents, std::string heading) {
  if (is_year(contents)) return {};
  return {std::move(heading)};
}

const std::vector<Column>& all_columns() {
  using Row = RowContext;
  static const std::vector<Column> columns = {
      {"area", 18, false, nullptr, [](const Row& row) { return one(row.area.name); }},
      {"code", 11, false, nullptr, [](const Row& row) { return one(row.subject.definition.code); }},
      {"title", 36, false, nullptr,
       [](const Row& row) { return one(row.subject.definition.title); }},
      {"measure", 47, false, nullptr,
       [](const Row& row) {
         return one(words::with_part(row.subject.definition.title, row.subject.breakdown));
       }},
      {"part", 15, false, nullptr,
       [](const Row& row) {
         const std::string part = words::breakdown(row.subject.breakdown);
         return one(part.empty() ? "All" : part);
       }},
      {"unit", 11, false, nullptr,
       [](const Row& row) {
         const std::string& unit = row.subject.definition.unit;
         return one(unit.empty() ? does_not_apply() : unit);
       }},
      {"period", 12, true,
       [](const ReturnContents& contents) {
         return std::vector{words::short_period(contents.period())};
       },
       [](const Row& row) { return one(cells::cell(now(row))); }},
      {"ytd", 15, true,
       [](const ReturnContents& contents) {
         return unless_year(contents, words::year_to_date(contents.period()));
       },
       year_to_date},
      {"full_year", 13, true,
       [](const ReturnContents& contents) {
         return unless_year(contents, "Full year " + words::year_label(contents.full_year));
       },
       full_year},
      {"previous", 12, true, previous_headings, previous},
      {"before", 11, true,
       [](const ReturnContents& contents) {
         return std::vector{words::short_period(contents.periods[1])};
       },
       [](const Row& row) { return one(earlier(row, 1)); }},
      {"answers", 12, true, nullptr, answers},
      {"counts_for", 17, false, nullptr, [](const Row& row) { return one(row.newest.period); }},
      {"numerator", 14, true, nullptr,
       [](const Row& row) {
         return counted(row, [](const Fact& fact) { return std::optional(fact.numerator); });
       }},
      {"denominator", 16, true, nullptr,
       [](const Row& row) {
         return counted(row, [](const Fact& fact) { return fact.denominator; });
       }},
      {"shortfall", 15, true, nullptr, lacking},
      {"n", 12, true, nullptr, cases},
      {"margin", 14, true, nullptr, margin},
      {"interval", 14, false, nullptr, interval},
      {"status", 36, false, nullptr,
       [](const Row& row) {
         return one(status_words(row.contents, row.section, row.newest.figure));
       }},
      {"relation", 18, false, nullptr, relation},
      {"linked_code", 11, false, nullptr, linked_code},
      {"linked_title", 30, false, nullptr, linked_title},
      {"linked_figure", 13, true, nullptr,
       [](const Row& row) {
         return row.link ? one(cells::cell(row.linked.newest.figure)) : linked(row, "");
       }},
      {"linked_period", 15, false, nullptr,
       [](const Row& row) { return linked(row, row.linked.newest.period); }},
      {"adds", 30, false, nullptr,
       [](const Row& row) { return linked(row, row.link ? row.link->adds : ""); }},
  };
  return columns;
}

const Column& column_of(const std::string& key) {
  const auto& all = all_columns();
  return *std::find_if(all.begin(), all.end(), [&](const Column& one) { return one.key == key; });
}

// "Homes outstanding" where every definition of the section has these words.
std::string shortfall_heading(const ReturnContents& contents, const plan::Section& section,
                              const std::string& usual) {
  std::set<std::string> all;
  for (const auto& subject : content::subjects_of(contents, section, contents.landlord()))
    if (!subject.definition.shortfall.empty()) all.insert(subject.definition.shortfall);
  return all.size() == 1 ? words::capital(*all.begin()) : usual;
}

std::vector<std::string> headings_of(const ReturnContents& contents, const plan::Section& section,
                                     const Column& column) {
  const auto& known = plan::column_words();
  const auto own = std::find_if(known.begin(), known.end(),
                                [&](const auto& one) { return one.key == column.key; });
  std::vector<std::string> headings = {std::string(own->heading)};
  if (column.headings) headings = column.headings(contents);
  if (column.key == "shortfall") headings = {shortfall_heading(contents, section, headings[0])};
  const auto planned = section.headings.find(std::string(column.key));
  if (planned == section.headings.end() || headings.size() != 1) return headings;
  return {planned->second};
}

// Wide enough for the longest name on one line, within reason.
double area_width(const ReturnContents& contents, const plan::Section& section) {
  std::size_t longest = 0;
  for (const Area& area : contents.areas)
    if (std::count(section.areas.begin(), section.areas.end(), area.kind) != 0)
      longest = std::max(longest, area.name.size());
  return std::clamp(1.1 * static_cast<double>(longest) + 3, 20.0, 48.0);
}

}  // namespace

std::vector<render::Column> columns_of(const ReturnContents& contents,
                                       const plan::Section& section) {
  std::vector<render::Column> columns;
  for (const std::string& key : section.columns) {
    const Column& column = column_of(key);
    const bool wide = key == "area" && section.layout == plan::Layout::kAreas;
    const double width = wide ? area_width(contents, section) : column.width;
    for (std::string& heading : headings_of(contents, section, column))
      columns.push_back({std::move(heading), width, column.numeric});
  }
  return columns;
}

render::Row row_of(const RowContext& context) {
  render::Row row;
  for (const std::string& key : context.section.columns)
    for (render::Cell& cell : column_of(key).cells(context)) row.cells.push_back(std::move(cell));
  const auto& totals = context.section.totals;
  if (std::count(totals.begin(), totals.end(), context.subject.definition.code) != 0)
    row.emphasis = render::Emphasis::kStrong;
  return row;
}

}  // namespace qd::returns::sheets
