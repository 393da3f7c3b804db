#include "server/formats/csv.hpp"

#include <algorithm>

namespace qd::formats {
namespace {

bool would_be_a_formula(std::string_view value) {
  static constexpr std::string_view kStarts = "=+-@\t\r";
  return !value.empty() && kStarts.find(value.front()) != std::string_view::npos;
}

bool needs_quotes(char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }

}  // namespace

void Csv::separate() {
  if (line_begun_) text_ += ',';
  line_begun_ = true;
}

Csv& Csv::text(std::string_view value) {
  separate();
  const bool guarded = dialect_ == CsvDialect::kSpreadsheet && would_be_a_formula(value);
  const bool quoted = std::any_of(value.begin(), value.end(), needs_quotes);
  if (quoted) text_ += '"';
  if (guarded) text_ += '\'';
  if (quoted)
    add_doubled(value);
  else
    text_ += value;
  if (quoted) text_ += '"';
  return *this;
}

// With each quote twice.
void Csv::add_doubled(std::string_view value) {
  for (const char c : value) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
}

Csv& Csv::number(std::string_view plain) {
  separate();
  text_ += plain;
  return *this;
}

Csv& Csv::empty() {
  separate();
  return *this;
}

Csv& Csv::repeat(std::string_view cells) {
  text_ += cells;
  line_begun_ = true;
  return *this;
}

Csv& Csv::end_line() {
  text_ += "\r\n";
  line_begun_ = false;
  return *this;
}

}  // namespace qd::formats
