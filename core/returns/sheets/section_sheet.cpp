// A section of the plan as a sheet.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/returns/content/rows.hpp"
#include "core/returns/sheets/columns.hpp"
#include "core/returns/sheets/sheets.hpp"

namespace qd::returns::sheets {
namespace {

using content::RowSubject;

bool shows(const plan::Section& section, const Area& area) {
  return std::find(section.areas.begin(), section.areas.end(), area.kind) != section.areas.end();
}

RowContext context_of(const ReturnContents& contents, const plan::Section& section,
                      const Area& area, const RowSubject& subject) {
  return {contents, section, area, subject, content::newest_figure(contents, subject, area.code)};
}

void add_area(const ReturnContents& contents, const plan::Section& section, const Area& area,
              render::Table& table) {
  for (const RowSubject& subject : content::subjects_of(contents, section, area.code))
    table.rows.push_back(row_of(context_of(contents, section, area, subject)));
}

// An indicator of the link's own code, else its first sub-measure (a code without its suffix: "X"
// means X_1).
bool names(const std::string& code, const std::string& linked) {
  return code == linked || code.starts_with(linked + "_") || code.starts_with(linked + "(");
}

// Of every family but the section's own, whatever the other sections show.
plan::Section others_than(const ReturnContents& contents, const plan::Section& own) {
  std::set<std::string> families;
  for (const Definition& definition : contents.definitions) families.insert(definition.family);
  for (const Figure& figure : contents.figures) families.insert(figure.definition.family);
  for (const std::string& family : own.families) families.erase(family);
  plan::Section section;
  section.families.assign(families.begin(), families.end());
  section.order = plan::Order::kCode;
  return section;
}

// Its total, else its first part (LCHO comes after LCRA).
Linked linked_figure(const ReturnContents& contents, const plan::Section& own,
                     const std::string& linked) {
  for (const RowSubject& subject :
       content::subjects_of(contents, others_than(contents, own), contents.landlord()))
    if (names(subject.definition.code, linked))
      return {subject, content::newest_figure(contents, subject, contents.landlord())};
  return {};
}

std::vector<const DefinitionLink*> links_of(const ReturnContents& contents,
                                            const std::string& code) {
  std::vector<const DefinitionLink*> links;
  for (const DefinitionLink& link : contents.links)
    if (link.code == code) links.push_back(&link);
  if (links.empty()) links.push_back(nullptr);
  return links;
}

// Those an area owns are shown there; what nobody owns is the landlord's.
bool is_owned_by(const ReturnContents& contents, const Definition& definition, const Area& area) {
  return (definition.area.empty() ? contents.landlord() : definition.area) == area.code;
}

bool is_in_force(const ReturnContents& contents, const Definition& definition) {
  return std::any_of(contents.definitions.begin(), contents.definitions.end(),
                     [&](const Definition& one) { return one.code == definition.code; });
}

void add_links(const ReturnContents& contents, const plan::Section& section, const Area& area,
               render::Table& table) {
  std::set<std::string> seen;
  for (const RowSubject& one : content::subjects_of(contents, section, area.code)) {
    const RowSubject subject{one.definition, ""};
    if (!is_owned_by(contents, subject.definition, area)) continue;
    if (!is_in_force(contents, subject.definition)) continue;
    if (!seen.insert(subject.definition.code).second) continue;
    for (const DefinitionLink* link : links_of(contents, subject.definition.code)) {
      RowContext context = context_of(contents, section, area, subject);
      context.link = link;
      if (link) context.linked = linked_figure(contents, section, link->linked);
      table.rows.push_back(row_of(context));
    }
  }
}

void add_rows(const ReturnContents& contents, const plan::Section& section, render::Table& table) {
  for (const Area& area : contents.areas) {
    if (section.layout == plan::Layout::kLinks) add_links(contents, section, area, table);
    if (section.layout == plan::Layout::kAreas && shows(section, area))
      add_area(contents, section, area, table);
  }
  if (section.layout == plan::Layout::kLines)
    add_area(contents, section, contents.areas.front(), table);
}

// "Existing PIs" -> "Existing_PIs_table": letters and digits of the title, and its place where it
// has none.
std::string table_name(const ReturnContents& contents, const plan::Section& section) {
  const auto place = &section - contents.sections.data();
  std::string name = fmt::format("Section_{}_", place + 1);
  for (const char letter : section.title) {
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                       (letter >= '0' && letter <= '9');
    name += plain ? letter : '_';
  }
  return name;
}

}  // namespace

render::Sheet section_sheet(const ReturnContents& contents, const plan::Section& section) {
  render::Sheet sheet;
  sheet.name = section.title;
  sheet.heading = section.heading;
  sheet.holds = section.holds;
  sheet.paragraphs = section.words;
  for (std::string& sentence : content::not_computed(contents, section))
    sheet.paragraphs.push_back(std::move(sentence));
  sheet.table.name = table_name(contents, section);
  sheet.table.columns = columns_of(contents, section);
  add_rows(contents, section, sheet.table);
  if (sheet.table.rows.empty())
    sheet.table.rows.push_back(
        {std::vector<render::Cell>(sheet.table.columns.size(), std::string("[x]"))});
  return sheet;
}

}  // namespace qd::returns::sheets
