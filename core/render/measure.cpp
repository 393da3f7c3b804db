#include "core/render/measure.hpp"

#include <algorithm>

#include "core/render/text.hpp"
#include "core/text/text_check.hpp"

namespace qd::render {
namespace {

// Points.
constexpr double kLineHeight = 15.75, kRowPadding = 8, kSummaryRowPadding = 32, kHeadPadding = 12;
// Pixels: a character of a column's width, a cell's padding, and average characters of Arial 12.
constexpr double kColumnPixels = 7, kIndentPixels = 12;
constexpr double kPlainPixels = 6.8, kBoldPixels = 7.7, kDigitPixels = 9;

const std::string& shown_text(const Cell& cell) {
  if (const auto* number = std::get_if<NumberCell>(&cell)) return number->text;
  if (const auto* link = std::get_if<LinkCell>(&cell)) return link->text;
  return std::get<std::string>(cell);
}

std::size_t longest_word(const std::string& text) {
  constexpr std::size_t kLongest = 30;  // what is longer is a digest, and may be broken
  std::size_t longest = 0;
  for (const std::string& word : fold(text, 1)) {
    const std::size_t n = text::n_characters(word);
    if (n <= kLongest) longest = std::max(longest, n);
  }
  return longest;
}

// Pixels a cell needs so that no word is broken and no number is shown as ####.
double least_pixels(const Cell& cell, bool strong) {
  const double letter = strong ? kBoldPixels : kPlainPixels;
  if (const auto* number = std::get_if<NumberCell>(&cell)) {
    const std::size_t n = number->text.size();
    const std::size_t n_commas = n / 3;
    return kDigitPixels * static_cast<double>(n + n_commas + 1);  // and a blank at the right
  }
  return kIndentPixels + letter * static_cast<double>(longest_word(cell_text(shown_text(cell))));
}

// Rather too many than too few.
std::size_t n_lines(const std::string& text, double column_width, bool bold) {
  const double room = column_width * kColumnPixels - kIndentPixels;
  const double characters = std::max(1.0, room / (bold ? kBoldPixels : kPlainPixels));
  std::size_t lines = 0;
  for (const std::string& line : fold(text, static_cast<std::size_t>(characters))) {
    const double part = static_cast<double>(text::n_characters(line)) / characters;
    lines += std::max<std::size_t>(1, static_cast<std::size_t>(part + 0.9));
  }
  return lines;
}

}  // namespace

std::vector<double> column_widths(const Sheet& sheet) {
  std::vector<double> widths;
  for (const Column& column : sheet.table.columns) {
    const double head =
        kIndentPixels + kBoldPixels * static_cast<double>(longest_word(column.heading));
    widths.push_back(std::max(column.width, head / kColumnPixels));
  }
  for (const Row& row : sheet.table.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const double pixels = least_pixels(row.cells[i], row.emphasis == Emphasis::kStrong);
      widths[i] = std::max(widths[i], pixels / kColumnPixels);
    }
  }
  return widths;
}

double head_height(const Sheet& sheet, const std::vector<double>& widths) {
  std::size_t lines = 1;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    lines = std::max(lines, n_lines(cell_text(sheet.table.columns[i].heading), widths[i], true));
  }
  return kHeadPadding + kLineHeight * static_cast<double>(lines);
}

double row_height(const Sheet& sheet, const Row& row, const std::vector<double>& widths) {
  std::size_t lines = 1;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (std::holds_alternative<NumberCell>(row.cells[i])) continue;  // never broken
    const bool strong = row.emphasis == Emphasis::kStrong;
    lines = std::max(lines, n_lines(cell_text(shown_text(row.cells[i])), widths[i], strong));
  }
  constexpr double kHighestRow = 409;  // Excel's limit
  const double padding = sheet.is_summary ? kSummaryRowPadding : kRowPadding;
  return std::min(kHighestRow, padding + kLineHeight * static_cast<double>(lines));
}

}  // namespace qd::render
