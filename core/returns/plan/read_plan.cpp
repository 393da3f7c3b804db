#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/returns/plan/plan_table.hpp"
#include "core/text/nearest.hpp"

namespace qd::returns::plan {
namespace {

constexpr std::size_t kLongestTitle = 31;  // Excel's limit of a sheet's name
constexpr std::size_t kMostLevels = 3;     // that have a colour of their own

// Sheets that every return has.
const std::vector<std::string>& own_sheets() {
  static const std::vector<std::string> sheets = {"cover",       "contents", "summary",
                                                  "definitions", "notes",    "chart numbers"};
  return sheets;
}

std::string lower(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return text;
}

// What may stand in braces in the words of a sentence.
std::vector<std::string> places_of(About about) {
  switch (about) {
    case About::kFigure:
      return {"figure", "change", "period", "span"};
    case About::kNewest:
      return {"title", "code", "value", "unit", "interval", "when", "period", "span"};
    case About::kLines:
      return {"measured", "lines", "period", "span"};
    case About::kShortfall:
      return {"list", "period", "span"};
    case About::kOwned:
      break;
  }
  return {"measured", "lines", "places", "period", "span"};
}

// Every {place} is one of those known.
void check_places(PlanTable& table, const char* key, const std::vector<std::string>& known) {
  const std::string words = table.text(key);
  for (std::size_t at = words.find('{'); at != std::string::npos; at = words.find('{', at + 1)) {
    const std::size_t end = words.find('}', at);
    const std::string place = words.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (end != std::string::npos && std::find(known.begin(), known.end(), place) != known.end())
      continue;
    table.refuse(*table.node(key), fmt::format("'{{{}}}' cannot be filled in here", place),
                 text::nearest_hint(place, known));
  }
}

Sentence read_sentence(PlanTable& table, Plan& plan) {
  Sentence sentence;
  sentence.about =
      static_cast<About>(table.word("about", {"figure", "newest", "lines", "shortfall", "owned"}));
  sentence.says = table.needed("says");
  check_places(table, "says", places_of(sentence.about));
  sentence.families = table.names("families", Mention::Kind::kFamily, plan);
  sentence.indicators = table.names("indicators", Mention::Kind::kIndicator, plan);
  sentence.breakdown = table.text("breakdown");
  sentence.one = table.text("one");
  sentence.many = table.text("many");
  sentence.none = table.text("none");
  sentence.joins = table.yes("joins");
  if (sentence.one.empty() != sentence.many.empty())
    table.refuse(table.raw(), "'one' and 'many' go together");
  const bool of_families = sentence.about == About::kLines || sentence.about == About::kOwned;
  const char* wanted = of_families ? "families" : "indicators";
  if ((of_families ? sentence.families : sentence.indicators).empty())
    table.refuse(table.raw(), fmt::format("[sentence] has no '{}'", wanted));
  return sentence;
}

std::string mentioned(PlanTable& table, const char* key, Plan& plan, Findings& findings) {
  std::string name = table.text(key);
  if (!name.empty())
    plan.mentions.push_back({Mention::Kind::kIndicator, name, findings.where(*table.node(key))});
  return name;
}

Pyramid read_pyramid(PlanTable& table, Plan& plan, Findings& findings) {
  Pyramid pyramid;
  pyramid.heading = table.needed("heading");
  pyramid.chart = table.needed("chart");
  pyramid.described = table.text("described", pyramid.chart);
  pyramid.total = table.needed("total");
  pyramid.one = table.text("one", pyramid.one);
  pyramid.many = table.text("many", pyramid.many);
  for (PlanTable& level : table.tables("level"))
    pyramid.levels.push_back(
        {level.needed("name"), level.needed("label"), level.needed("breakdown")});
  for (PlanTable& column : table.tables("column")) {
    check_places(column, "heading", {"previous"});
    column.needed("indicator");
    pyramid.columns.push_back({column.needed("heading"),
                               mentioned(column, "indicator", plan, findings),
                               mentioned(column, "total", plan, findings), column.yes("previous")});
  }
  if (pyramid.levels.empty() || pyramid.levels.size() > kMostLevels)
    table.refuse(table.raw(), fmt::format("[pyramid] has {} levels, not one to {}",
                                          pyramid.levels.size(), kMostLevels));
  if (pyramid.columns.empty()) table.refuse(table.raw(), "[pyramid] has no column");
  return pyramid;
}

std::vector<std::string> known_columns(Layout layout) {
  std::vector<std::string> known;
  for (const ColumnWords& column : column_words())
    if (!column.of_links || layout == Layout::kLinks) known.emplace_back(column.key);
  return known;
}

void read_headings(PlanTable& table, Section& section) {
  const toml::node* node = table.node("headings");
  if (!node) return;
  if (!node->is_table()) table.refuse(*node, "'headings' is not a table");
  if (!node->is_table()) return;
  const auto known = known_columns(section.layout);
  for (const auto& [key, value] : *node->as_table()) {
    const std::string column(key.str());
    if (std::find(known.begin(), known.end(), column) == known.end())
      table.refuse(value, fmt::format("'{}' is no column", column),
                   text::nearest_hint(column, known));
    const auto words = value.value_exact<std::string>();
    if (!words || words->empty())
      table.refuse(value, fmt::format("the heading of '{}' is not a text", column));
    section.headings[column] = words.value_or("");
  }
}

std::string heading_of(const Section& section, const std::string& key) {
  const auto own = section.headings.find(key);
  if (own != section.headings.end()) return own->second;
  const auto& all = column_words();
  const auto words =
      std::find_if(all.begin(), all.end(), [&](const ColumnWords& one) { return one.key == key; });
  return words == all.end() ? std::string() : std::string(words->heading);
}

// What would only be found when the workbook is written.
void check_columns(PlanTable& table, const Section& section) {
  const auto& columns = section.columns;
  const toml::node* at = table.node("columns") ? table.node("columns") : &table.raw();
  const std::set<std::string> different(columns.begin(), columns.end());
  if (columns.empty() || different.size() != columns.size())
    table.refuse(*at, "'columns' is empty or names a column twice");
  if (different.count("before") != 0 && different.count("previous") != 0)
    table.refuse(*at, "'before' is one of 'previous' already");
  if (std::all_of(columns.begin(), columns.end(),
                  [](const std::string& key) { return key == "ytd" || key == "full_year"; }))
    table.refuse(*at, "a return of a year has no column left");
  std::set<std::string> headings;
  for (const std::string& key : columns) {
    const std::string heading = heading_of(section, key);
    if (!heading.empty() && !headings.insert(lower(heading)).second)
      table.refuse(*at, fmt::format("two columns are headed '{}'", heading));
  }
}

void check_title(PlanTable& table, const Section& section, std::set<std::string>& taken) {
  const toml::node* at = table.node("title");
  if (!at) return;
  if (section.title.size() > kLongestTitle)
    table.refuse(*at,
                 fmt::format("'{}' is longer than {} characters", section.title, kLongestTitle));
  if (section.title.find_first_of("[]:*?/\\'") != std::string::npos)
    table.refuse(*at, fmt::format("'{}' has one of []:*?/\\'", section.title),
                 "a sheet's name cannot have it");
  const auto& own = own_sheets();
  if (std::find(own.begin(), own.end(), lower(section.title)) != own.end())
    table.refuse(*at, fmt::format("every return has a sheet '{}' already", section.title));
  if (!taken.insert(lower(section.title)).second)
    table.refuse(*at, fmt::format("two sections have the title '{}'", section.title));
}

void read_rows(PlanTable& table, Section& section, Plan& plan) {
  section.families = table.names("families", Mention::Kind::kFamily, plan);
  section.indicators = table.names("indicators", Mention::Kind::kIndicator, plan);
  section.totals = table.names("totals", Mention::Kind::kIndicator, plan);
  section.breakdowns = table.texts("breakdowns");
  section.order = static_cast<Order>(table.word("order", {"declared", "code"}));
  if (section.families.empty() == section.indicators.empty())
    table.refuse(table.raw(),
                 fmt::format("section '{}' has {} 'families' and 'indicators'", section.title,
                             section.families.empty() ? "neither" : "both"),
                 "name whole families, or indicators in their order");
  static const std::vector<std::string> kinds = {"landlord", "region", "neighbourhood", "estate",
                                                 "block"};
  table.check_texts("areas", kinds, "kind of area");
  section.areas = table.texts("areas").value_or(
      std::vector<std::string>{"landlord", "region", "neighbourhood"});
}

Section read_section(PlanTable& table, Plan& plan) {
  Section section;
  section.title = table.needed("title");
  section.heading = table.text("heading", section.title);
  section.holds = table.needed("holds");
  section.words = table.texts("words").value_or(std::vector<std::string>{});
  section.layout = static_cast<Layout>(table.word("layout", {"areas", "lines", "links"}));
  if (!table.node("layout")) section.layout = Layout::kLines;
  read_rows(table, section, plan);
  table.check_texts("columns", known_columns(section.layout), "column of this layout");
  section.columns = table.texts("columns").value_or(usual_columns(section.layout));
  read_headings(table, section);
  check_columns(table, section);
  const auto reading = table.word("official", {"", "quarter", "ytd", "year"});
  if (reading != 0) section.official = static_cast<qd::Reading>(reading);
  section.indicative = table.text("indicative", section.indicative);
  return section;
}

Plan read(const toml::table& root, Findings& findings) {
  Plan plan;
  PlanTable table(root, "", findings);
  plan.title = table.needed("title");
  check_places(table, "title", {"kind", "audience"});
  plan.about = table.needed("about");
  plan.keywords = table.text("keywords", "performance indicators");
  plan.summary = table.text("summary", "The period in a few sentences.");
  for (PlanTable& one : table.tables("sentence"))
    plan.sentences.push_back(read_sentence(one, plan));
  if (auto pyramid = table.table("pyramid")) plan.pyramid = read_pyramid(*pyramid, plan, findings);
  std::set<std::string> titles;
  for (PlanTable& one : table.tables("section")) {
    plan.sections.push_back(read_section(one, plan));
    check_title(one, plan.sections.back(), titles);
  }
  return plan;
}

}  // namespace

Result<Plan> read_plan(std::string_view text, const std::string& file) {
  Findings findings(file);
  const auto parsed = toml::parse(text);
  if (!parsed) {
    const auto& error = parsed.error();
    findings.refuse(findings.where(error.source()), std::string(error.description()),
                    "write it as TOML");
    return fail(*findings.refusal());
  }
  Plan plan = read(parsed.table(), findings);
  if (findings.refusal()) return fail(*findings.refusal());
  return plan;
}

Result<void> check_names(const Plan& plan, const std::vector<std::string>& families,
                         const std::vector<std::string>& indicators) {
  for (const Mention& mention : plan.mentions) {
    const bool family = mention.kind == Mention::Kind::kFamily;
    const auto& known = family ? families : indicators;
    if (std::find(known.begin(), known.end(), mention.name) != known.end()) continue;
    return fail(ErrorCode::kReturnPlanMalformed,
                fmt::format("{}: there is no {} '{}'", mention.where,
                            family ? "family" : "indicator", mention.name),
                text::nearest_hint(mention.name, known));
  }
  return {};
}

const Plan& executive() {
  static const Plan shipped = read_plan(executive_text(), "executive.toml").value();
  return shipped;
}

}  // namespace qd::returns::plan
