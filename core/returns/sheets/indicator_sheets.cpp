// Existing PIs, and the indicators of families that have no sheet of their own.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "; ") + part;
  if (!all.empty() && all[0] >= 'a' && all[0] <= 'z')
    all[0] = static_cast<char>(all[0] - 'a' + 'A');
  return all;
}

// The regulator's own measure is of a whole year; anything else by that name says so.
bool is_indicative(const Figure& figure) {
  return (figure.fact.flags & kIndicative) != 0 ||
         (figure.definition.family == kExistingFamily && figure.fact.reading != Reading::kYear);
}

std::string null_words(NullReason reason) {
  switch (reason) {
    case NullReason::kNotApplicable:
      return "not required";
    case NullReason::kZeroDenominator:
      return "no case to measure";
    case NullReason::kSuppressed:
      return "withheld: too few";
    case NullReason::kLowReliability:
      return "too few answers";
    case NullReason::kExcluded:
      return "excluded at the source";
    default:
      return "not available";
  }
}

// Of a family that failed when it was last computed for this period.
bool is_out_of_date(const ReturnContents& contents, const Figure& figure) {
  return figure.fact.period == contents.period().id() &&
         std::any_of(
             contents.out_of_date.begin(), contents.out_of_date.end(),
             [&](const content::OutOfDate& old) { return old.family == figure.definition.family; });
}

std::string status(const ReturnContents& contents, const Figure* figure) {
  if (!figure) return "Not available";
  const auto& [fact, definition] = *figure;
  if (!value(fact, definition)) {
    return joined(
        {null_words(fact.null_reason == NullReason::kHasValue ? NullReason::kZeroDenominator
                                                              : fact.null_reason)});
  }
  std::vector<std::string> parts;
  if (is_out_of_date(contents, *figure)) parts.emplace_back("not up to date");
  const auto homes = content::outstanding(*figure);
  if (homes && homes->millionths != 0) {
    parts.push_back(fmt::format("{} outstanding", words::counted(homes->text(), "home", "homes")));
  }
  if (is_indicative(*figure)) parts.emplace_back("indicative, not the regulatory TSM");
  if (fact.flags & kProvisional) parts.emplace_back("provisional [p]");
  if (fact.flags & kPartial) parts.emplace_back("part of the areas only");
  if (fact.flags & kWeighted) parts.emplace_back("answers weighted");
  const auto accuracy = sample_accuracy(fact, definition);
  // The sample is asked for of a year's survey, not of a part of it.
  const bool whole_year = fact.reading == Reading::kYear;
  if (whole_year && accuracy && static_cast<double>(*fact.n) < accuracy->required_sample) {
    parts.push_back(
        fmt::format("fewer than the {} answers asked for", std::ceil(accuracy->required_sample)));
  }
  return parts.empty() ? "Final" : joined(parts);
}

render::Cell margin(const Figure* figure) {
  const auto accuracy = figure ? sample_accuracy(figure->fact, figure->definition) : std::nullopt;
  if (!accuracy) return std::string(mark(NullReason::kNotApplicable));
  return render::NumberCell{fmt::format("{:.1f}", accuracy->margin_percent)};
}

std::vector<render::Column> columns(const ReturnContents& contents) {
  std::vector<render::Column> columns = {{"Code", 10},
                                         {"Indicator", 38},
                                         {"Tenure or part", 15},
                                         {"Unit", 11},
                                         {words::short_period(contents.period()), 11, true}};
  if (content::own_reading(contents.period()) == Reading::kQuarter) {
    columns.push_back({words::year_to_date(contents.period()), 14, true});
    columns.push_back({"Full year " + words::year_label(contents.full_year), 13, true});
  }
  const std::vector<render::Column> rest = {{"Counts are for", 17},
                                            {"Numerator", 14, true},
                                            {"Denominator", 16, true},
                                            {"Homes outstanding", 15, true},
                                            {"Answers", 12, true},
                                            {"Margin, plus or minus points", 14, true},
                                            {"Status", 36}};
  columns.insert(columns.end(), rest.begin(), rest.end());
  return columns;
}

std::string part_words(const std::string& breakdown) {
  return breakdown.empty() ? "All" : words::breakdown(breakdown);
}

render::Row subject_row(const ReturnContents& contents, const content::RowSubject& subject) {
  const std::string& area = contents.landlord();
  const Period& period = contents.period();
  const content::NewestFigure newest = content::newest_figure(contents, subject, area);
  const Figure* figure = newest.figure;
  const Definition& definition = subject.definition;
  render::Row row;
  row.cells = {definition.code, definition.title, part_words(subject.breakdown), definition.unit,
               cells::cell(content::figure_of(contents, subject, area, period,
                                              content::own_reading(period)))};
  if (content::own_reading(period) == Reading::kQuarter) {
    row.cells.push_back(
        cells::cell(content::figure_of(contents, subject, area, period, Reading::kYearToDate)));
    row.cells.push_back(cells::cell(content::full_year_figure(contents, subject, area)));
  }
  const bool has_value = figure && value(figure->fact, figure->definition);
  const std::string missing(mark(NullReason::kNotAvailable));
  const std::string none(mark(NullReason::kNotApplicable));
  const auto homes = figure ? content::outstanding(*figure) : std::nullopt;
  row.cells.emplace_back(newest.period);
  row.cells.push_back(has_value ? cells::number(figure->fact.numerator) : render::Cell(missing));
  row.cells.push_back(has_value ? cells::number(figure->fact.denominator) : render::Cell(missing));
  row.cells.push_back(homes ? cells::number(homes) : render::Cell(none));
  row.cells.push_back(figure ? cells::count(figure->fact.n) : render::Cell(none));
  row.cells.push_back(margin(figure));
  row.cells.emplace_back(status(contents, figure));
  return row;
}

render::Table table_of(const ReturnContents& contents, const std::vector<std::string>& families) {
  render::Table table;
  table.columns = columns(contents);
  for (const std::string& family : families) {
    for (const content::RowSubject& subject :
         content::subjects_of(contents, family, contents.landlord())) {
      table.rows.push_back(subject_row(contents, subject));
    }
  }
  if (table.rows.empty()) {
    table.rows.push_back({std::vector<render::Cell>(table.columns.size(), std::string("[x]"))});
  }
  return table;
}

std::vector<std::string> other_families(const ReturnContents& contents) {
  std::set<std::string> families;
  for (const Definition& definition : contents.definitions) families.insert(definition.family);
  for (const Figure& figure : contents.figures) families.insert(figure.definition.family);
  for (const char* own_sheet : {kInvolvementFamily, kExistingFamily, kCopiFamily}) {
    families.erase(own_sheet);
  }
  return {families.begin(), families.end()};
}

}  // namespace

render::Sheet existing_sheet(const ReturnContents& contents) {
  render::Sheet sheet;
  sheet.name = kExisting;
  sheet.heading = "Existing performance indicators";
  sheet.holds =
      "The regulator's Tenant Satisfaction Measures for the landlord, with the counts "
      "behind them.";
  sheet.paragraphs = {
      "Only figures of a whole year from 1 April to 31 March are Tenant Satisfaction Measures. "
      "Those of a quarter are indicative.",
      "A safety check shown as 100.0 may still lack homes: read it with the column Homes "
      "outstanding."};
  if (const auto reason = content::not_computed(contents, kExistingFamily)) {
    sheet.paragraphs.push_back(fmt::format("Not computed for this period: {}.", *reason));
  }
  sheet.table = table_of(contents, {kExistingFamily});
  sheet.table.name = "Existing_table";
  return sheet;
}

std::optional<render::Sheet> other_sheet(const ReturnContents& contents) {
  const auto families = other_families(contents);
  if (families.empty()) return std::nullopt;
  render::Sheet sheet;
  sheet.name = kOther;
  sheet.heading = "Other indicators";
  sheet.holds = "Indicators of further families for the landlord, with the counts behind them.";
  sheet.table = table_of(contents, families);
  sheet.table.name = "Other_table";
  return sheet;
}

}  // namespace qd::returns::sheets
