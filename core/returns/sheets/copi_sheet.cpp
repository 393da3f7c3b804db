// Community owned indicators beside the existing PIs they are linked to.
#include <fmt/format.h>

#include <algorithm>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"
#include "core/returns/sheets/cells.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

const Area* area_of(const ReturnContents& contents, const std::string& code) {
  const auto found = std::find_if(contents.areas.begin(), contents.areas.end(),
                                  [&](const Area& area) { return area.code == code; });
  return found == contents.areas.end() ? nullptr : &*found;
}

struct Copi {
  Definition definition;
  const Area* area;  // of its owners
};

// In force and of this landlord; by area as the areas are sorted, then code.
std::vector<Copi> copis_of(const ReturnContents& contents) {
  std::vector<Copi> copis;
  for (const Definition& definition : contents.definitions) {
    if (definition.family != kCopiFamily) continue;
    const std::string& owner = definition.area.empty() ? contents.landlord() : definition.area;
    if (const Area* area = area_of(contents, owner)) copis.push_back({definition, area});
  }
  std::stable_sort(copis.begin(), copis.end(),
                   [](const Copi& a, const Copi& b) { return a.area < b.area; });
  return copis;
}

// The landlord's figure of a linked indicator: its total, else its first part (LCHO comes after
// LCRA), else its first sub-measure ("NM01" means NM01_1). Not held here: nothing.
struct Linked {
  std::optional<content::RowSubject> subject;
  content::NewestFigure newest{nullptr, "[x]"};
};

bool names(const std::string& code, const std::string& linked) {
  return code == linked || code.starts_with(linked + "_") || code.starts_with(linked + "(");
}

Linked linked_figure(const ReturnContents& contents, const std::string& linked) {
  Linked found;
  for (const char* family : {kExistingFamily, kInvolvementFamily}) {
    for (const content::RowSubject& subject :
         content::subjects_of(contents, family, contents.landlord())) {
      if (found.subject || !names(subject.definition.code, linked)) continue;
      found = {subject, content::newest_figure(contents, subject, contents.landlord())};
    }
  }
  return found;
}

std::string or_mark(const std::string& text, NullReason reason) {
  return text.empty() ? std::string(mark(reason)) : text;
}

void add_copi(const ReturnContents& contents, const Copi& copi, render::Row& row) {
  const content::RowSubject subject{copi.definition, ""};
  const Reading own = content::own_reading(contents.period());
  const Figure* now =
      content::figure_of(contents, subject, copi.area->code, contents.period(), own);
  const Figure* before =
      content::figure_of(contents, subject, copi.area->code, contents.periods[1], own);
  row.cells = {
      copi.area->name,       copi.definition.code,
      copi.definition.title, copi.definition.unit,
      cells::cell(now),      now ? cells::count(now->fact.n) : render::Cell(std::string("[x]")),
      cells::cell(before)};
}

void add_link(const ReturnContents& contents, const DefinitionLink* link, render::Row& row) {
  if (!link) {
    const std::string none(mark(NullReason::kNotApplicable));
    row.cells.insert(row.cells.end(), 6, render::Cell(none));
    return;
  }
  const Linked linked = linked_figure(contents, link->linked);
  const std::string missing(mark(NullReason::kNotAvailable));
  const std::string title =
      linked.subject ? words::with_part(linked.subject->definition.title, linked.subject->breakdown)
                     : missing;
  const std::vector<render::Cell> cells = {
      fmt::format("{}, {}", words::relation(link->relation), words::strength(link->strength)),
      linked.subject ? linked.subject->definition.code : link->linked,
      title,
      cells::cell(linked.newest.figure),
      linked.newest.period,
      or_mark(link->adds, NullReason::kNotApplicable)};
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
}

std::vector<const DefinitionLink*> links_of(const ReturnContents& contents,
                                            const std::string& code) {
  std::vector<const DefinitionLink*> links;
  for (const DefinitionLink& link : contents.links) {
    if (link.code == code) links.push_back(&link);
  }
  if (links.empty()) links.push_back(nullptr);
  return links;
}

std::vector<render::Column> columns(const ReturnContents& contents) {
  return {{"Neighbourhood", 18},
          {"COPI", 14},
          {"What residents measure", 28},
          {"Unit", 10},
          {words::short_period(contents.period()), 11, true},
          {"Answers or checks", 12, true},
          {words::short_period(contents.periods[1]), 11, true},
          {"How it is linked, and how strongly", 18},
          {"Existing PI", 11},
          {"What the existing PI measures", 30},
          {"Landlord's figure", 13, true},
          {"Figure is for", 15},
          {"What the COPI adds", 30}};
}

}  // namespace

render::Sheet copi_sheet(const ReturnContents& contents) {
  render::Sheet sheet;
  sheet.name = kCopis;
  sheet.heading = "Community owned performance indicators";
  sheet.holds =
      "What residents defined and measured themselves, beside the existing PIs it is "
      "linked to: one row for each link.";
  sheet.paragraphs = {
      "The two figures of a row are of different places: the COPI is of its "
      "neighbourhood, the existing PI of the whole landlord."};
  if (const auto reason = content::not_computed(contents, kCopiFamily)) {
    sheet.paragraphs.push_back(fmt::format("Not computed for this period: {}.", *reason));
  }
  sheet.table.name = "COPI_table";
  sheet.table.columns = columns(contents);
  for (const Copi& copi : copis_of(contents)) {
    for (const DefinitionLink* link : links_of(contents, copi.definition.code)) {
      render::Row row;
      add_copi(contents, copi, row);
      add_link(contents, link, row);
      sheet.table.rows.push_back(std::move(row));
    }
  }
  if (sheet.table.rows.empty()) {
    sheet.table.rows.push_back(
        {std::vector<render::Cell>(sheet.table.columns.size(), std::string("[x]"))});
  }
  return sheet;
}

}  // namespace qd::returns::sheets
