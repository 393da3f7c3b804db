#include "core/cases/case_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace qd::cases {
namespace {

constexpr std::string_view kFactColumns =
    "indicator,area,reading,breakdown,numerator,denominator,value";

bool is_expectation(std::string_view name) {
  return name == "facts" || name == "notes" || name == "failure";
}

// "source: the rule    period: FY2026-27" is two settings, split where blanks stand together.
std::vector<TextLine> settings_of(const TextLine& line) {
  std::vector<TextLine> settings;
  for (std::size_t from = 0; from < line.text.size();) {
    const auto gap = std::min(line.text.find("  ", from), line.text.size());
    const auto setting = trimmed(std::string_view(line.text).substr(from, gap - from));
    if (!setting.empty()) {
      const auto offset = static_cast<int>(setting.data() - line.text.data());
      settings.push_back({{line.place.line, line.place.column + offset}, std::string(setting)});
    }
    from = gap + 2;
  }
  return settings;
}

Result<void> add_option(const std::string& value, Place place, Case& result) {
  const auto equals = value.find('=');
  if (equals == value.npos || equals == 0)
    return fail_at(place, "an option is KEY=VALUE", "write option: limit_days=28");
  result.options[value.substr(0, equals)] = {place, value.substr(equals + 1)};
  return {};
}

Result<void> add_readings(const std::string& value, Place place, Case& result) {
  for (const std::string& word : split_words(value)) {
    const auto reading = parse_reading(word);
    if (!reading)
      return fail_at(place, fmt::format("'{}' is not a reading", word),
                     "write quarter, ytd or year");
    result.readings.push_back(*reading);
  }
  return {};
}

// false: it is no setting, and so a part of the title.
Result<bool> read_setting(const TextLine& setting, Case& result) {
  const auto colon = setting.text.find(": ");
  if (colon == setting.text.npos) return false;
  const std::string key = setting.text.substr(0, colon);
  const std::string value(trimmed(std::string_view(setting.text).substr(colon + 1)));
  Result<void> read;
  if (key == "source")
    result.source = value;
  else if (key == "period")
    result.period = value;
  else if (key == "readings")
    read = add_readings(value, setting.place, result);
  else if (key == "indicators")
    result.indicators = split_words(value);
  else if (key == "option")
    read = add_option(value, setting.place, result);
  else if (key == "known")
    result.known = Field{setting.place, value};
  else
    return false;
  if (!read) return fail(read.error());
  return true;
}

Result<void> read_heading(const Section& section, Case& result) {
  for (const TextLine& line : section.lines)
    for (const TextLine& setting : settings_of(line)) {
      const auto was_one = read_setting(setting, result);
      if (!was_one) return fail(was_one.error());
      if (!*was_one) result.title += (result.title.empty() ? "" : " ") + setting.text;
    }
  if (result.title.empty()) return fail_at({}, "say the rule in the first line");
  return {};
}

Result<Table> read_table(const Section& section) {
  Table table;
  table.name = section.name;
  table.place = section.place;
  for (const TextLine& line : section.lines) {
    auto fields = split_fields(line);
    if (!fields) return fail(fields.error());
    if (&line == &section.lines.front()) {
      table.columns = *std::move(fields);
      continue;
    }
    if (fields->size() != table.columns.size())
      return fail_at(line.place, fmt::format("{} fields where {} columns are named", fields->size(),
                                             table.columns.size()));
    table.rows.push_back(*std::move(fields));
  }
  return table;
}

// "2  job without area: left out"
Result<void> read_notes(const Section& section, Expected& expected) {
  for (const TextLine& line : section.lines) {
    std::int64_t count = 0;
    const char* const end = line.text.data() + line.text.size();
    const auto [stop, failure] = std::from_chars(line.text.data(), end, count);
    if (failure != std::errc{} || count < 1 || *stop != ' ')  // at the end stands a NUL
      return fail_at(line.place, "this is no note",
                     "write how often, two blanks, and what it says");
    const auto message = trimmed({stop, static_cast<std::size_t>(end - stop)});
    expected.notes[std::string(message)] = count;
  }
  return {};
}

Result<void> read_facts(const Section& section, Expected& expected) {
  auto table = read_table(section);
  if (!table) return fail(table.error());
  expected.columns = std::move(table->columns);
  for (const auto& row : table->rows) {
    auto& fields = expected.facts.emplace_back();
    for (const Field& field : row) fields.push_back(field.text);
  }
  return {};
}

void read_failure(const Section& section, Expected& expected) {
  expected.failure = "";
  for (const TextLine& line : section.lines)
    *expected.failure += (expected.failure->empty() ? "" : " ") + line.text;
}

Result<Expected*> expectation_for(const Section& section, Case& result) {
  const std::string& period = section.period.empty() ? result.period : section.period;
  if (period.empty())
    return fail_at(section.place, "no period is named", "write period: FY2026-27-Q1 above");
  for (Expected& expected : result.expected)
    if (expected.period == period) return &expected;
  Expected& expected = result.expected.emplace_back();
  expected.period = period;
  expected.place = section.place;
  return &expected;
}

Result<void> read_expectation(const Section& section, Case& result) {
  const auto expected = expectation_for(section, result);
  if (!expected) return fail(expected.error());
  if (section.name == "facts") return read_facts(section, **expected);
  if (section.name == "notes") return read_notes(section, **expected);
  read_failure(section, **expected);
  return {};
}

Result<void> add_table(const Section& section, Case& result) {
  if (!result.expected.empty())
    return fail_at(section.place, "sections with rows come before facts, notes and failure");
  if (result.table(section.name) != nullptr)
    return fail_at(section.place, fmt::format("there are two sections {}", section.name));
  if (!section.period.empty())
    return fail_at(section.place, fmt::format("rows of {} belong to no period", section.name),
                   "leave out what follows its name");
  auto table = read_table(section);
  if (!table) return fail(table.error());
  result.tables.push_back(*std::move(table));
  return {};
}

Result<void> add_defaults(Case& result) {
  if (result.expected.empty()) {
    if (result.period.empty())
      return fail_at({}, "no period is named", "write period: FY2026-27-Q1");
    result.expected.emplace_back().period = result.period;
  }
  for (Expected& expected : result.expected)
    if (expected.columns.empty())
      expected.columns = *split_fields({expected.place, std::string(kFactColumns)});
  return {};
}

std::string section_text(std::string_view name, const Case& given, const Expected& expected) {
  return expected.period == given.period ? fmt::format("--- {}\n", name)
                                         : fmt::format("--- {} {}\n", name, expected.period);
}

std::string expectation_text(const Case& given, const Expected& expected) {
  if (expected.failure)
    return section_text("failure", given, expected) + *expected.failure + "\n\n";
  std::string text = section_text("facts", given, expected);
  std::vector<std::string> names;
  for (const Field& column : expected.columns) names.push_back(column.text);
  text += fields_line(names) + '\n';
  for (const auto& row : expected.facts) text += fields_line(row) + '\n';
  text += '\n';
  if (expected.notes.empty()) return text;
  text += section_text("notes", given, expected);
  for (const auto& [message, count] : expected.notes)
    text += fmt::format("{}  {}\n", count, message);
  return text + '\n';
}

Result<std::vector<ReadingWindow>> window_between(std::string_view from_text,
                                                  std::string_view until_text, Reading kind,
                                                  Place place) {
  const auto from = parse_date(trimmed(from_text)), until = parse_date(trimmed(until_text));
  if (!from || !until || *from >= *until)
    return fail_at(place, "this is no period", "write 2026-04-01 .. 2026-07-01");
  return std::vector{ReadingWindow{kind, *from, *until}};
}

}  // namespace

std::optional<std::size_t> Table::find(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Field& field) { return field.text == column; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

const Table* Case::table(std::string_view name) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

Result<Case> parse_case(const std::string& text) {
  Case result;
  const auto sections = split_sections(text);
  if (!sections) return fail(sections.error());
  if (const auto read = read_heading(sections->front(), result); !read) return fail(read.error());
  result.given = text;
  for (std::size_t i = 1; i < sections->size(); ++i) {
    const Section& section = (*sections)[i];
    const bool expects = is_expectation(section.name);
    if (expects && result.expected.empty()) result.given = text.substr(0, section.offset);
    const auto read = expects ? read_expectation(section, result) : add_table(section, result);
    if (!read) return fail(read.error());
  }
  if (const auto added = add_defaults(result); !added) return fail(added.error());
  return result;
}

std::string accepted_text(const Case& given, const std::vector<Expected>& actual) {
  std::string text = given.given.substr(0, given.given.find_last_not_of('\n') + 1) + "\n\n";
  for (const Expected& expected : actual) text += expectation_text(given, expected);
  text.erase(text.find_last_not_of('\n') + 1);
  return text + '\n';
}

Result<std::vector<ReadingWindow>> windows_of(std::string_view period,
                                              const std::vector<Reading>& kinds, Place place) {
  if (const auto dots = period.find(".."); dots != period.npos)
    return window_between(period.substr(0, dots), period.substr(dots + 2),
                          kinds.empty() ? Reading::kQuarter : kinds.front(), place);
  const auto parsed = Period::parse(period);
  if (!parsed) return fail_at(place, parsed.error().message, parsed.error().hint);
  auto windows = parsed->readings();
  const auto unwanted = [&](const ReadingWindow& window) {
    return !kinds.empty() && std::find(kinds.begin(), kinds.end(), window.reading) == kinds.end();
  };
  windows.erase(std::remove_if(windows.begin(), windows.end(), unwanted), windows.end());
  if (windows.empty())
    return fail_at(place, fmt::format("{} has none of the readings asked for", period));
  return windows;
}

}  // namespace qd::cases
