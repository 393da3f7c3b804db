#include "core/cases/case_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::cases {
namespace {

constexpr std::string_view kBlanks = " \t\r";

Result<Section> open_section(const TextLine& line, std::size_t offset) {
  Section section;
  section.place = line.place;
  section.offset = offset;
  const auto words = trimmed(std::string_view(line.text).substr(3));
  const auto blank = words.find(' ');
  section.name = std::string(words.substr(0, blank));
  if (blank != words.npos) section.period = std::string(trimmed(words.substr(blank)));
  if (section.name.empty()) return fail_at(line.place, "a section needs a name", "write --- facts");
  return section;
}

TextLine line_of(std::string_view whole, int number) {
  const auto text = trimmed(whole);
  const auto before = text.empty() ? 0 : text.data() - whole.data();
  return {{number, static_cast<int>(before) + 1}, std::string(text)};
}

// Reads the fields of one line, letter by letter.
class FieldSplitter {
 public:
  explicit FieldSplitter(const TextLine& line) : line_(line) { begin_field(0); }

  Result<std::vector<Field>> split() {
    const std::string& text = line_.text;
    for (at_ = 0; at_ < text.size(); ++at_) take(text[at_]);
    if (quoted_) return fail_at(fields_.back().place, "a quotation mark is not closed");
    return std::move(fields_);
  }

 private:
  void begin_field(std::size_t offset) {
    const Place place{line_.place.line, line_.place.column + static_cast<int>(offset)};
    fields_.push_back({place, {}});
  }
  bool is_doubled() const { return at_ + 1 < line_.text.size() && line_.text[at_ + 1] == '"'; }
  void take(char letter) {
    std::string& field = fields_.back().text;
    if (quoted_ && letter == '"' && is_doubled())
      field += line_.text[++at_];
    else if (letter == '"' && (quoted_ || field.empty()))
      quoted_ = !quoted_;
    else if (letter == ',' && !quoted_)
      begin_field(at_ + 1);
    else
      field += letter;
  }

  const TextLine& line_;
  std::vector<Field> fields_;
  std::size_t at_ = 0;
  bool quoted_ = false;
};

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"") == field.npos) return field;
  std::string text = "\"";
  for (const char letter : field) text += letter == '"' ? "\"\"" : std::string(1, letter);
  return text + '"';
}

}  // namespace

tl::unexpected<Error> fail_at(Place place, std::string what, std::string hint) {
  return fail(ErrorCode::kFileUnreadable, fmt::format("{}:{}: {}", place.line, place.column, what),
              std::move(hint));
}

Result<std::vector<Section>> split_sections(std::string_view text) {
  std::vector<Section> sections(1);
  std::size_t offset = 0;
  for (int number = 1; offset < text.size(); ++number) {
    const auto end = std::min(text.find('\n', offset), text.size());
    auto line = line_of(text.substr(offset, end - offset), number);
    if (line.text.starts_with("---")) {
      auto section = open_section(line, offset);
      if (!section) return fail(section.error());
      sections.push_back(*std::move(section));
    } else if (!line.text.empty() && line.text.front() != '#') {
      sections.back().lines.push_back(std::move(line));
    }
    offset = end + 1;
  }
  return sections;
}

Result<std::vector<Field>> split_fields(const TextLine& line) {
  return FieldSplitter(line).split();
}

std::string fields_line(const std::vector<std::string>& fields) {
  std::vector<std::string> written;
  std::transform(fields.begin(), fields.end(), std::back_inserter(written), quoted);
  return fmt::format("{}", fmt::join(written, ","));
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,\t"), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace qd::cases
