// A workbook before it is written: sheets with a heading, sentences, one table and perhaps a chart.
// Free of any library. The same form gives the same bytes.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/model/date.hpp"

namespace qd::render {

// A number as it is shown: the text decides what is written, so that a cell never shows another
// digit than the interface does. "77.3", "-3", "1234.0"; decimals are those of the text.
struct NumberCell {
  std::string text;
};

// A text that leads to the top of another sheet.
struct LinkCell {
  std::string text;
  std::string sheet;
};

// Strings are always written as text, never evaluated. There is no empty cell: what is missing has
// its mark, "[x]", "[z]", ….
using Cell = std::variant<std::string, NumberCell, LinkCell>;

enum class Emphasis { kNone, kStrong, kQuiet };

struct Row {
  std::vector<Cell> cells;  // as many as the table has columns
  Emphasis emphasis = Emphasis::kNone;
};

struct Column {
  std::string heading;   // unique within the table, not empty
  double width = 12;     // characters; more when a word or a number needs it
  bool numeric = false;  // aligned to the right, marks as well
};

struct Table {
  std::string name;  // unique in the workbook: letter or underscore, then letters, digits, _ and .
  std::vector<Column> columns;
  std::vector<Row> rows;  // at least one
};

// Bars stacked from the left: the first series only moves the others and is not drawn.
struct PyramidChart {
  std::string title;
  std::string alternative_text;  // what a person who cannot see it needs to know
  std::string data_sheet;        // whose table it draws: label, space to the left, size
  int right_of_column = 0;       // column of its own sheet, from 0, that its left edge starts at
};

struct Sheet {
  std::string name;                     // unique, at most 31 characters
  std::string heading;                  // A1
  std::string holds;                    // A2: what the sheet holds
  std::vector<std::string> paragraphs;  // A3 …
  Table table;
  std::optional<PyramidChart> chart;
  bool is_cover = false;    // larger heading on a coloured band
  bool is_summary = false;  // paragraphs are what is read first: larger
};

struct Form {
  std::string title, subject, author, keywords, comments;
  std::vector<std::pair<std::string, std::string>> properties;  // custom ones, by unique name
  Instant created{};  // written into the workbook; never the time of writing
  std::vector<Sheet> sheets;
};

}  // namespace qd::render
