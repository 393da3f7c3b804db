#include "core/cases/case_input.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/cases/case_rows.hpp"
#include "core/compute/computation.hpp"
#include "core/declarations/option_value.hpp"
#include "core/tables/definitions_table.hpp"
#include "core/text/nearest.hpp"

namespace qd::cases {
namespace {

const Date kAlways = make_date(1900, 1, 1);  // of what a case does not date
const Date kEndOfTime = make_date(9999, 12, 31);

// One row of a shipped table by the names of its columns.
class Record {
 public:
  Record(const TableSpec& table, const CaseRow& row) : table_(table), row_(row) {}

  std::string text(std::string_view column, std::string unset = {}) const {
    const Cell& found = cell(column);
    return found.present ? std::string(found.text) : std::move(unset);
  }
  std::optional<Date> day(std::string_view column) const {
    const Cell& found = cell(column);
    if (!found.present) return std::nullopt;
    return date_of(static_cast<std::int32_t>(found.value));
  }

 private:
  const Cell& cell(std::string_view column) const { return row_.cells[table_.index_of(column)]; }

  const TableSpec& table_;
  const CaseRow& row_;
};

Area area_of(const Record& record) {
  Area area;
  area.code = record.text("code");
  area.name = record.text("name", area.code);
  area.kind = record.text("kind");
  area.parent = record.text("parent");
  area.valid_from = record.day("valid_from").value_or(kAlways);
  area.valid_until = record.day("valid_until");
  return area;
}

// What a definition says that a case does not.
struct Unsaid {
  std::string_view column, text;
};
constexpr Unsaid kUnsaid[] = {
    {"version", "1"},
    {"numerator", "numerator"},
    {"denominator", "denominator"},
    {"multiplier", "1"},
    {"divisor", "1"},
    {"decimals", "1"},
    {"polarity", "context"},
    {"aggregation", "flow_ratio"},
    {"effective_from", "1900-01-01"},
};

Definition definition_of(const TableSpec& table, const CaseRow& row, const Family& family) {
  auto cells = row.cells;
  for (const Unsaid& unsaid : kUnsaid) {
    const auto at = table.index_of(unsaid.column);
    if (!cells[at].present) cells[at] = *tables::parse_cell(table, at, unsaid.text);
  }
  auto definition = tables::definition_of(cells);
  if (definition.title.empty()) definition.title = definition.code;
  if (definition.family.empty()) definition.family = family.id;
  return definition;
}

std::vector<std::string> sections_of(const Family& family) {
  std::vector<std::string> known = {"facts", "notes", "failure", "areas", "definitions"};
  for (const FamilyInput& input : family.inputs) known.push_back(input.table.name);
  return known;
}

struct ReadSection {
  const Table* section;
  const TableSpec* table;
  std::vector<CaseRow> rows;
};

Result<std::vector<ReadSection>> read_sections(const Family& family, const Case& given) {
  std::vector<ReadSection> sections;
  for (const Table& section : given.tables) {
    const TableSpec* table = table_of(family, section.name);
    if (table == nullptr)
      return fail_at(section.place, fmt::format("the family reads no {}", section.name),
                     text::nearest_hint(section.name, sections_of(family)));
    auto rows = read_rows(*table, section);
    if (!rows) return fail(rows.error());
    sections.push_back({&section, table, *std::move(rows)});
  }
  for (const ReadSection& read : sections)
    if (auto checked = check_references(family, *read.table, *read.section, given); !checked)
      return fail(checked.error());
  return sections;
}

const ReadSection* find(const std::vector<ReadSection>& sections, std::string_view name) {
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const ReadSection& read) {
    return read.section->name == name;
  });
  return found == sections.end() ? nullptr : &*found;
}

// Those that rows name.
std::set<std::string> named_areas(const std::vector<ReadSection>& sections) {
  std::set<std::string> named;
  for (const ReadSection& read : sections)
    for (std::size_t i = 0; i < read.table->columns.size(); ++i)
      for (const CaseRow& row : read.rows)
        if (read.table->columns[i].references == "areas" && row.cells[i].present)
          named.emplace(row.cells[i].text);
  return named;
}

std::vector<Area> areas_of(const std::vector<ReadSection>& sections) {
  std::vector<Area> areas;
  if (const ReadSection* read = find(sections, "areas")) {
    for (const CaseRow& row : read->rows) areas.push_back(area_of({*read->table, row}));
    return areas;
  }
  for (const std::string& code : named_areas(sections))
    areas.push_back({code, code, {}, {}, kAlways, std::nullopt});
  return areas;
}

std::vector<Definition> definitions_of(const std::vector<ReadSection>& sections,
                                       const Family& family) {
  std::vector<Definition> definitions;
  if (const ReadSection* read = find(sections, "definitions"))
    for (const CaseRow& row : read->rows)
      definitions.push_back(definition_of(*read->table, row, family));
  return definitions;
}

// The day of the newest thing that is known; without one everything is.
Result<Date> known_until(const Case& given) {
  if (!given.known) return kEndOfTime;
  const auto day = parse_date(given.known->text);
  if (!day)
    return fail_at(given.known->place, fmt::format("'{}' is not a date", given.known->text));
  return *day;
}

Result<std::map<std::string, std::string>> read_options(const Family& family, const Case& given) {
  std::map<std::string, std::string> options;
  std::vector<std::string> known;
  for (const FamilyOption& option : family.options) known.push_back(option.key);
  for (const auto& [key, setting] : given.options) {
    const auto place = std::find(known.begin(), known.end(), key);
    if (place == known.end())
      return fail_at(setting.place, fmt::format("the family has no option '{}'", key),
                     text::nearest_hint(key, known));
    const auto& option = family.options[static_cast<std::size_t>(place - known.begin())];
    if (const auto wrong = declarations::wrong_value(option, setting.text); !wrong.empty())
      return fail_at(setting.place, fmt::format("option {}: {}", key, wrong));
    options[key] = setting.text;
  }
  return options;
}

}  // namespace

Result<CaseInput> read_input(const Family& family, const Case& given, const Expected& expected) {
  auto readings = windows_of(expected.period, given.readings, expected.place);
  if (!readings) return fail(readings.error());
  const auto known = known_until(given);
  if (!known) return fail(known.error());
  auto options = read_options(family, given);
  if (!options) return fail(options.error());
  auto sections = read_sections(family, given);
  if (!sections) return fail(sections.error());
  auto areas = AreaTree::build(areas_of(*sections), *readings);
  if (!areas)
    return fail_at(given.table("areas")->place, areas.error().message, areas.error().hint);
  std::vector<RunNote> left_out;
  auto definitions =
      compute::definitions_in_force(definitions_of(*sections, family), family, *readings, left_out);
  CaseInput input{*std::move(readings),
                  Instant{*known},
                  *known,
                  *std::move(areas),
                  std::move(definitions),
                  {},
                  {},
                  *std::move(options)};
  for (const RunNote& note : left_out) input.notes[note.message] += note.count;
  for (ReadSection& read : *sections) input.rows.put(read.section->name, std::move(read.rows));
  return input;
}

}  // namespace qd::cases
