#include "core/returns/content/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/returns/content/rows.hpp"
#include "core/returns/plan/sheet_names.hpp"
#include "core/text/lower.hpp"
#include "core/text/text_rules.hpp"

namespace qd::returns::content {
namespace {

// A sheet's name has no brackets and the like, and is not cut within a character.
std::string sheet_name(const std::string& title) {
  std::string name;
  for (const char letter : title)
    if (plan::kNotInTitles.find(letter) == std::string_view::npos) name += letter;
  return text::plain_text(name, plan::kLongestTitle);
}

// Names of sheets differ by more than capitals.
class Names {
 public:
  explicit Names(const std::vector<plan::Section>& planned) {
    for (const char* own : plan::kOwnSheets) taken_.insert(text::lower(own));
    for (const plan::Section& section : planned) taken_.insert(text::lower(section.title));
  }
  std::string take(const std::string& title, const std::string& family) {
    std::string name = sheet_name(title);
    if (name.empty() || taken_.count(text::lower(name)) != 0) name = sheet_name("Family " + family);
    taken_.insert(text::lower(name));
    return name;
  }

 private:
  std::set<std::string> taken_;
};

std::set<std::string> families_with_figures(const ReturnContents& contents) {
  std::set<std::string> families;
  for (const Definition& definition : contents.definitions) families.insert(definition.family);
  for (const Figure& figure : contents.figures) families.insert(figure.definition.family);
  return families;
}

bool shows(const ReturnContents& contents, const plan::Section& section,
           const std::string& family) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  if (has(section.families, family)) return true;
  const auto of_family = [&](const Definition& definition) {
    return definition.family == family && has(section.indicators, definition.code);
  };
  return std::any_of(contents.definitions.begin(), contents.definitions.end(), of_family) ||
         std::any_of(contents.figures.begin(), contents.figures.end(),
                     [&](const Figure& figure) { return of_family(figure.definition); });
}

std::string title_of(const ReturnContents& contents, const std::string& family) {
  for (const FamilyWords& words : contents.request.families)
    if (words.id == family && !words.title.empty()) return words.title;
  return family;
}

bool has_landlords_figure(const ReturnContents& contents, const std::string& family) {
  return std::any_of(contents.figures.begin(), contents.figures.end(), [&](const Figure& figure) {
    return figure.definition.family == family && figure.fact.area == contents.landlord();
  });
}

bool has_shortfall(const ReturnContents& contents, const std::string& family) {
  const auto of_family = [&](const Definition& definition) {
    return definition.family == family && !definition.shortfall.empty();
  };
  return std::any_of(contents.definitions.begin(), contents.definitions.end(), of_family) ||
         std::any_of(contents.figures.begin(), contents.figures.end(),
                     [&](const Figure& figure) { return of_family(figure.definition); });
}

// Its own indicators as declared, in their own words; of the landlord, or where it has none of the
// landlord, of each area.
plan::Section section_of(const ReturnContents& contents, const std::string& family, Names& names) {
  plan::Section section;
  const std::string title = title_of(contents, family);
  section.title = names.take(title, family);
  section.heading = title;
  const bool lines = has_landlords_figure(contents, family);
  section.holds =
      fmt::format("Indicators of {}{}.", title,
                  lines ? " for the landlord, with the counts behind them" : ", by area");
  section.layout = lines ? plan::Layout::kLines : plan::Layout::kAreas;
  section.families = {family};
  section.columns = plan::usual_columns(section.layout);
  if (!has_shortfall(contents, family)) std::erase(section.columns, "shortfall");
  section.areas = {"landlord", "region", "neighbourhood"};
  return section;
}

}  // namespace

std::vector<plan::Section> sections_of(const ReturnContents& contents) {
  std::vector<plan::Section> sections = contents.plan->sections;
  Names names(sections);
  for (const std::string& family : families_with_figures(contents)) {
    const auto planned =
        std::any_of(contents.plan->sections.begin(), contents.plan->sections.end(),
                    [&](const plan::Section& section) { return shows(contents, section, family); });
    if (!planned) sections.push_back(section_of(contents, family, names));
  }
  return sections;
}

}  // namespace qd::returns::content
