// CSV text as RFC 4180 says: CRLF, quotes where needed, quotes doubled.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace qd::formats {

// Spreadsheets run a cell that begins with = + - @ tab or CR as a formula. Exact keeps every text
// as it is; spreadsheet puts an apostrophe before such texts (numbers stay as they are).
enum class CsvDialect { kExact, kSpreadsheet };

class Csv {
 public:
  explicit Csv(CsvDialect dialect = CsvDialect::kExact) : dialect_(dialect) {}

  Csv& text(std::string_view value);
  Csv& number(std::string_view plain);  // never a formula: digits, a point, a sign
  Csv& empty();
  Csv& end_line();

  std::size_t size() const { return text_.size(); }
  // What was written since the text had this size.
  std::string_view since(std::size_t size) const { return std::string_view(text_).substr(size); }
  // Cells once more, in a line where as many stood before them.
  Csv& repeat(std::string_view cells);
  std::string take() { return std::exchange(text_, {}); }

 private:
  void separate();
  void add_doubled(std::string_view value);
  CsvDialect dialect_;
  bool line_begun_ = false;
  std::string text_;
};

}  // namespace qd::formats
