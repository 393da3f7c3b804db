// Persons, hours and policies, for the landlord and each part of it.
#include <fmt/format.h>

#include <algorithm>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

// Estates and blocks are too small to be shown: people could be recognised.
bool is_shown(const Area& area) {
  return area.kind == "landlord" || area.kind == "region" || area.kind == "neighbourhood";
}

// A figure of an earlier period under another definition is not set beside this one's.
render::Cell earlier_cell(const Figure* then, const Figure* now) {
  const bool broken = then && now && then->fact.version != now->fact.version &&
                      !now->definition.comparable_with_previous;
  return broken ? render::Cell(std::string("[b]")) : cells::cell(then);
}

render::Row subject_row(const ReturnContents& contents, const Area& area,
                        const content::RowSubject& subject) {
  const Period& period = contents.period();
  const Reading own = content::own_reading(period);
  const Figure* now = content::figure_of(contents, subject, area.code, period, own);
  render::Row row;
  row.cells = {area.name, subject.definition.code,
               words::with_part(subject.definition.title, subject.breakdown),
               subject.definition.unit, cells::cell(now)};
  if (own == Reading::kQuarter) {
    row.cells.push_back(cells::cell(
        content::figure_of(contents, subject, area.code, period, Reading::kYearToDate)));
  }
  for (std::size_t i = 1; i < contents.periods.size(); ++i) {
    row.cells.push_back(earlier_cell(
        content::figure_of(contents, subject, area.code, contents.periods[i], own), now));
  }
  const bool total = subject.definition.code.ends_with(".T");
  row.emphasis = total ? render::Emphasis::kStrong : render::Emphasis::kNone;
  return row;
}

// Wide enough for the longest name on one line, within reason.
double area_width(const ReturnContents& contents) {
  std::size_t longest = 0;
  for (const Area& area : contents.areas) {
    if (is_shown(area)) longest = std::max(longest, area.name.size());
  }
  return std::clamp(1.1 * static_cast<double>(longest) + 3, 20.0, 48.0);
}

std::vector<render::Column> columns(const ReturnContents& contents) {
  std::vector<render::Column> columns = {
      {"Area", area_width(contents)}, {"Code", 11}, {"Measure", 47}, {"Unit", 11}};
  columns.push_back({words::short_period(contents.period()), 12, true});
  if (content::own_reading(contents.period()) == Reading::kQuarter) {
    columns.push_back({words::year_to_date(contents.period()), 16, true});
  }
  for (std::size_t i = 1; i < contents.periods.size(); ++i) {
    columns.push_back({words::short_period(contents.periods[i]), 12, true});
  }
  return columns;
}

}  // namespace

render::Sheet involvement_sheet(const ReturnContents& contents) {
  render::Sheet sheet;
  sheet.name = kInvolvement;
  sheet.heading = "Involvement";
  sheet.holds =
      "Persons engaged, hours given and policies consulted on, by area: this period, the "
      "year to date and the four periods before.";
  sheet.paragraphs = {
      "Persons are counted anew for every area and period: a person who is engaged "
      "twice counts once, so parts may add up to more than their total."};
  if (const auto reason = content::not_computed(contents, kInvolvementFamily)) {
    sheet.paragraphs.push_back(fmt::format("Not computed for this period: {}.", *reason));
  }
  sheet.table.name = "Involvement_table";
  sheet.table.columns = columns(contents);
  for (const Area& area : contents.areas) {
    if (!is_shown(area)) continue;
    for (const content::RowSubject& subject :
         content::subjects_of(contents, kInvolvementFamily, area.code)) {
      sheet.table.rows.push_back(subject_row(contents, area, subject));
    }
  }
  if (sheet.table.rows.empty()) {
    render::Row none{std::vector<render::Cell>(sheet.table.columns.size(), std::string("[x]"))};
    sheet.table.rows.push_back(std::move(none));
  }
  return sheet;
}

}  // namespace qd::returns::sheets
