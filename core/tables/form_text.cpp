// The form of a declared table as text: a line for the table, then one a column, fields by tab.
#include <charconv>
#include <string_view>

#include "core/tables/growth.hpp"

namespace qd::tables {
namespace {

constexpr std::string_view kFirst = "table 1";  // the edition of this form

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    const char letter = text[++at];
    out += letter == 't' ? '\t' : letter == 'n' ? '\n' : letter;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts;
  for (std::size_t from = 0;;) {
    const auto until = text.find(mark, from);
    parts.emplace_back(text.substr(from, until - from));
    if (until == std::string_view::npos) return parts;
    from = until + 1;
  }
}

std::string bound_text(const std::optional<Number>& bound) { return bound ? bound->text() : ""; }

// name, kind, needed, past, unit, references, min, max, then the words.
constexpr std::size_t kFields = 8;

std::string column_text(const ColumnSpec& column) {
  std::string line = escaped(column.name);
  for (const std::string& field :
       {std::string(word_of(column.kind)), std::string(column.required ? "required" : ""),
        std::string(column.not_after_today ? "past" : ""), column.unit, column.references,
        bound_text(column.min), bound_text(column.max)})
    line += '\t' + escaped(field);
  for (const std::string& word : column.allowed) line += '\t' + escaped(word);
  return line;
}

bool parse_column(std::string_view line, TableSpec& table) {
  auto fields = split(line, '\t');
  if (fields.size() < kFields) return false;
  for (auto& field : fields) field = unescaped(field);
  const auto kind = kind_of(fields[1]);
  if (!kind) return false;
  ColumnSpec column{fields[0], *kind, fields[2] == "required", fields[4], ""};
  column.not_after_today = fields[3] == "past";
  column.references = fields[5];
  column.min = Number::parse(fields[6]);
  column.max = Number::parse(fields[7]);
  column.allowed.assign(fields.begin() + kFields, fields.end());
  table.columns.push_back(std::move(column));
  return true;
}

}  // namespace

std::string form_text(const TableSpec& table) {
  std::string text = std::string(kFirst) + '\t' + escaped(table.name) + '\t' +
                     escaped(table.family) + '\t' + std::to_string(table.n_key);
  for (const auto& column : table.columns) text += '\n' + column_text(column);
  return text;
}

std::optional<TableSpec> parse_form(const std::string& text) {
  const auto lines = split(text, '\n');
  const auto head = split(lines[0], '\t');
  if (head.size() != 4 || head[0] != kFirst) return std::nullopt;
  TableSpec table{unescaped(head[1]), "", {}, 0, unescaped(head[2])};
  const char* end = head[3].data() + head[3].size();
  if (std::from_chars(head[3].data(), end, table.n_key).ptr != end) return std::nullopt;
  for (std::size_t at = 1; at < lines.size(); ++at) {
    if (!parse_column(lines[at], table)) return std::nullopt;
  }
  return table;
}

}  // namespace qd::tables
