#include "runner/case_file.hpp"

#include <algorithm>
#include <quarterday/exact.hpp>
#include <sstream>

#include "runner/text.hpp"

namespace quarterday::runner {
namespace {

constexpr const char* kFactColumns = "indicator,area,reading,breakdown,numerator,denominator,value";

struct TextLine {
  int number = 0;
  std::string text;
};

struct Section {
  std::string name, period;  // "--- name period"
  int line = 0;
  std::size_t offset = 0;  // where its first line begins in the text
  std::vector<TextLine> lines;
};

bool is_expectation(const std::string& name) {
  return name == "facts" || name == "notes" || name == "failure";
}

bool is_remark(std::string_view line) { return !line.empty() && line[0] == '#'; }

Section open_section(std::string_view line, int number, std::size_t offset) {
  Section section;
  section.line = number;
  section.offset = offset;
  line = trimmed(line.substr(3));
  const auto blank = line.find(' ');
  section.name = std::string(line.substr(0, blank));
  if (blank != line.npos) section.period = std::string(trimmed(line.substr(blank)));
  if (section.name.empty()) throw CaseError(number, "a section needs a name: --- facts");
  return section;
}

// The first section is the heading, without a name.
std::vector<Section> split_sections(const std::string& text) {
  std::vector<Section> sections(1);
  std::size_t offset = 0;
  for (int number = 1; offset < text.size(); ++number) {
    const auto end = std::min(text.find('\n', offset), text.size());
    const std::string line(trimmed(std::string_view(text).substr(offset, end - offset)));
    if (line.compare(0, 3, "---") == 0)
      sections.push_back(open_section(line, number, offset));
    else if (!line.empty() && !is_remark(line))
      sections.back().lines.push_back({number, line});
    offset = end + 1;
  }
  return sections;
}

// "source: the rule    period: FY2026-27" is two settings, split where blanks stand together.
std::vector<std::string> settings_of(const std::string& line) {
  std::vector<std::string> settings;
  std::size_t from = 0;
  while (from < line.size()) {
    const auto gap = std::min(line.find("  ", from), line.size());
    const auto setting = trimmed(std::string_view(line).substr(from, gap - from));
    if (!setting.empty()) settings.emplace_back(setting);
    from = gap + 2;
  }
  return settings;
}

void add_option(const std::string& value, int line, Case& result) {
  const auto equals = value.find('=');
  if (equals == value.npos) throw CaseError(line, "write an option as option: KEY=VALUE");
  result.options[value.substr(0, equals)] = value.substr(equals + 1);
}

void add_readings(const std::string& value, int line, Case& result) {
  for (const std::string& word : split_words(value)) {
    const auto kind = parse_reading(word);
    if (!kind) throw CaseError(line, "'" + word + "' is not a reading: quarter, ytd or year");
    result.readings.push_back(*kind);
  }
}

// False when the text is no setting: it is then a part of the title.
bool read_setting(const std::string& text, int line, Case& result) {
  const auto colon = text.find(": ");
  if (colon == text.npos) return false;
  const std::string key = text.substr(0, colon);
  const std::string value(trimmed(std::string_view(text).substr(colon + 1)));
  if (key == "source")
    result.source = value;
  else if (key == "period")
    result.period = value;
  else if (key == "readings")
    add_readings(value, line, result);
  else if (key == "indicators")
    result.indicators = split_words(value);
  else if (key == "option")
    add_option(value, line, result);
  else
    return false;
  return true;
}

void read_heading(const Section& section, Case& result) {
  for (const TextLine& line : section.lines)
    for (const std::string& text : settings_of(line.text))
      if (!read_setting(text, line.number, result))
        result.title += (result.title.empty() ? "" : " ") + text;
  if (result.title.empty()) throw CaseError(1, "say the rule in the first line");
}

Table read_table(const Section& section) {
  Table table;
  table.name = section.name;
  table.line = section.line;
  if (section.lines.empty()) return table;
  table.columns = split_csv(section.lines[0].text, section.lines[0].number);
  for (std::size_t i = 1; i < section.lines.size(); ++i) {
    const TextLine& line = section.lines[i];
    Line row{line.number, split_csv(line.text, line.number)};
    if (row.fields.size() != table.columns.size())
      throw CaseError(line.number, std::to_string(row.fields.size()) + " fields where " +
                                       std::to_string(table.columns.size()) + " columns are named");
    table.rows.push_back(std::move(row));
  }
  return table;
}

// "2  job without area: left out"
void read_notes(const Section& section, Expected& expected) {
  for (const TextLine& line : section.lines) {
    const auto blank = line.text.find(' ');
    const auto count = detail::parse_digits(std::string_view(line.text).substr(0, blank), 9);
    if (blank == std::string::npos || !count)
      throw CaseError(line.number, "write a note as: how often, two blanks, what it says");
    expected.notes[std::string(trimmed(std::string_view(line.text).substr(blank)))] = *count;
  }
}

Expected& expectation_for(const Section& section, Case& result) {
  const std::string& period = section.period.empty() ? result.period : section.period;
  if (period.empty()) throw CaseError(section.line, "name a period: --- facts FY2026-27-Q1");
  for (Expected& expected : result.expected)
    if (expected.period == period) return expected;
  result.expected.push_back({});
  result.expected.back().period = period;
  return result.expected.back();
}

void read_expectation(const Section& section, Case& result) {
  Expected& expected = expectation_for(section, result);
  if (section.name == "facts") {
    expected.facts = read_table(section);
  } else if (section.name == "notes") {
    read_notes(section, expected);
  } else {
    expected.failure = "";
    for (const TextLine& line : section.lines)
      *expected.failure += (expected.failure->empty() ? "" : " ") + line.text;
  }
}

void add_table(const Section& section, Case& result) {
  if (!result.expected.empty())
    throw CaseError(section.line, "sections with rows come before facts and notes");
  if (result.table(section.name) != nullptr)
    throw CaseError(section.line, "there are two sections " + section.name);
  result.tables.push_back(read_table(section));
}

void write_expectation(const Case& given, const Expected& expected, std::ostream& out) {
  const std::string period = expected.period == given.period ? "" : " " + expected.period;
  if (expected.failure) {
    out << "--- failure" << period << '\n' << *expected.failure << "\n\n";
    return;
  }
  out << "--- facts" << period << '\n' << csv_line(expected.facts.columns) << '\n';
  for (const Line& row : expected.facts.rows) out << csv_line(row.fields) << '\n';
  out << '\n';
  if (expected.notes.empty()) return;
  out << "--- notes" << period << '\n';
  for (const auto& [message, count] : expected.notes) out << count << "  " << message << '\n';
  out << '\n';
}

}  // namespace

std::optional<std::size_t> Table::find(const std::string& column) const {
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

const Table* Case::table(const std::string& name) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

Case parse_case(const std::string& text) {
  Case result;
  const auto sections = split_sections(text);
  read_heading(sections[0], result);
  result.given = text;
  for (std::size_t i = 1; i < sections.size(); ++i) {
    if (!is_expectation(sections[i].name)) {
      add_table(sections[i], result);
      continue;
    }
    if (result.expected.empty()) result.given = text.substr(0, sections[i].offset);
    read_expectation(sections[i], result);
  }
  if (result.expected.empty()) {
    if (result.period.empty()) throw CaseError(1, "name a period: period: FY2026-27-Q1");
    result.expected.push_back({});
    result.expected.back().period = result.period;
  }
  for (Expected& expected : result.expected)
    if (expected.facts.columns.empty()) expected.facts.columns = split_csv(kFactColumns, 1);
  return result;
}

std::string accepted_text(const Case& given, const std::vector<Expected>& actual) {
  std::ostringstream out;
  out << std::string_view(given.given).substr(0, given.given.find_last_not_of('\n') + 1) << "\n\n";
  for (const Expected& expected : actual) write_expectation(given, expected, out);
  std::string text = out.str();
  text.erase(text.find_last_not_of('\n') + 1);
  return text + '\n';
}

}  // namespace quarterday::runner
