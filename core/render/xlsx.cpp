#include "core/render/xlsx.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>

#include "core/render/check_form.hpp"
#include "core/render/ink.hpp"
#include "core/render/measure.hpp"
#include "core/render/text.hpp"
#include "core/render/well_formed.hpp"

namespace qd::render {
namespace {

using ink::Face;
using ink::Formats;

// Heights in points.
constexpr double kTitleHeight = 42, kCoverTitleHeight = 84, kCoverHoldsHeight = 46;
constexpr double kHoldsHeight = 24, kParagraphHeight = 21, kLeadHeight = 27;
constexpr double kSpaceAboveTable = 12;
constexpr double kChartWidthCharacters = 80;
constexpr int kChartWidth = 600, kChartHeight = 400;            // pixels
constexpr int kUsualChartWidth = 480, kUsualChartHeight = 288;  // which the scale refers to
constexpr int kPaperA4 = 9;

// A file in memory: the library can only write to a path, and a full disk must not matter here.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string bytes() const {
    std::string all;
    char piece[1 << 16];
    ssize_t got = 0;
    while ((got = ::pread(descriptor_, piece, sizeof piece, static_cast<off_t>(all.size()))) > 0) {
      all.append(piece, static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  int descriptor_;
};

// One workbook being written. Remembers the first refusal of the library.
class Writer {
 public:
  Writer(const std::string& path, const Form& form)
      : form_(form), workbook_(workbook_new(path.c_str())), formats_(workbook_) {}

  // Writes everything and closes the workbook. Errors: kReturnRenderFailed.
  Result<void> write();

 private:
  void add_properties();
  void add_sheet(const Sheet& sheet);
  lxw_row_t add_words(const Sheet& sheet);
  void add_line(const std::string& line, lxw_row_t at, lxw_format* format);
  void add_table(const Sheet& sheet, lxw_row_t head);
  void add_row(const Sheet& sheet, const Row& row, lxw_row_t at);
  void add_cell(const Cell& cell, const Column& column, Emphasis emphasis, lxw_row_t at,
                lxw_col_t across);
  void add_chart(const Sheet& sheet, lxw_row_t at);
  void set_page(const Sheet& sheet, lxw_row_t head);
  void note(lxw_error error, const std::string& where) {
    if (error != LXW_NO_ERROR && refusal_.empty()) {
      refusal_ = fmt::format("{}: {}", where, lxw_strerror(error));
    }
  }

  const Form& form_;
  lxw_workbook* workbook_;  // owned; freed by workbook_close
  Formats formats_;
  lxw_worksheet* page_ = nullptr;  // the sheet being written
  std::vector<double> widths_;     // of its columns
  std::string refusal_;
};

// The library copies what it is given but asks for non-const texts.
char* text(const std::string& text) { return const_cast<char*>(text.c_str()); }

std::string whole_column(const Sheet& sheet, char letter, lxw_row_t head) {
  return fmt::format("='{}'!${}${}:${}${}", sheet.name, letter, head + 2, letter,
                     head + 1 + sheet.table.rows.size());
}

std::vector<std::string> words_of(const Sheet& sheet) {
  const auto widths = column_widths(sheet);
  const double table = std::accumulate(widths.begin(), widths.end(), 0.0);
  const double whole = std::max(60.0, table + (sheet.chart ? kChartWidthCharacters : 0));
  const auto room = static_cast<std::size_t>(whole * (sheet.is_summary ? 1.0 : 0.95));
  std::vector<std::string> lines;
  for (const std::string& paragraph : sheet.paragraphs) {
    for (std::string& line : fold(cell_text(paragraph), room)) lines.push_back(std::move(line));
  }
  return lines;
}

// The row of the head of the table: behind heading, holds and paragraphs.
lxw_row_t head_row(const Sheet& sheet) {
  return 2 + static_cast<lxw_row_t>(words_of(sheet).size());
}

Result<void> Writer::write() {
  add_properties();
  for (const Sheet& sheet : form_.sheets) {
    page_ = workbook_add_worksheet(workbook_, sheet.name.c_str());
    if (!page_) {
      lxw_workbook_free(workbook_);
      return fail(ErrorCode::kReturnRenderFailed, "sheet '" + sheet.name + "' refused");
    }
    add_sheet(sheet);
  }
  note(workbook_close(workbook_), "closing");
  if (refusal_.empty()) return {};
  return fail(ErrorCode::kReturnRenderFailed, "the workbook could not be written: " + refusal_,
              "check that the system's temporary folder has room");
}

void Writer::add_properties() {
  const std::string title = cell_text(form_.title), subject = cell_text(form_.subject),
                    author = cell_text(form_.author), keywords = cell_text(form_.keywords),
                    comments = cell_text(form_.comments);
  lxw_doc_properties properties{};
  properties.title = text(title);
  properties.subject = text(subject);
  properties.author = properties.company = text(author);
  properties.keywords = text(keywords);
  properties.comments = text(comments);
  // 0 would make the library ask for the time.
  properties.created = std::max<time_t>(1, milliseconds(form_.created) / 1000);
  note(workbook_set_properties(workbook_, &properties), "properties");
  for (const auto& [name, value] : form_.properties) {
    const std::string short_value = cell_text(value, 255);  // Excel's limit
    note(workbook_set_custom_property_string(workbook_, name.c_str(), short_value.c_str()), name);
  }
}

void Writer::add_sheet(const Sheet& sheet) {
  widths_ = column_widths(sheet);
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    note(worksheet_set_column(page_, at, at, widths_[i], nullptr), sheet.name);
  }
  const lxw_row_t head = add_words(sheet);
  add_table(sheet, head);
  for (std::size_t i = 0; i < sheet.table.rows.size(); ++i) {
    add_row(sheet, sheet.table.rows[i], head + 1 + static_cast<lxw_row_t>(i));
  }
  if (sheet.chart) add_chart(sheet, head);
  set_page(sheet, head);
}

// Heading, what the sheet holds, paragraphs. Gives the row the table begins in.
lxw_row_t Writer::add_words(const Sheet& sheet) {
  const bool cover = sheet.is_cover;
  lxw_format* ground = cover ? formats_.band() : nullptr;
  note(worksheet_set_row(page_, 0, cover ? kCoverTitleHeight : kTitleHeight, ground), sheet.name);
  note(worksheet_set_row(page_, 1, cover ? kCoverHoldsHeight : kHoldsHeight, ground), sheet.name);
  add_line(sheet.heading, 0, formats_.title(cover));
  add_line(sheet.holds, 1, formats_.holds(cover));
  const double height = sheet.is_summary ? kLeadHeight : kParagraphHeight;
  const auto lines = words_of(sheet);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    // No empty row parts words and table: the last line is higher instead.
    const double space = i + 1 == lines.size() ? kSpaceAboveTable : 0;
    const lxw_row_t at = 2 + static_cast<lxw_row_t>(i);
    note(worksheet_set_row(page_, at, height + space, nullptr), sheet.name);
    add_line(lines[i], at, formats_.paragraph(sheet.is_summary));
  }
  return head_row(sheet);
}

void Writer::add_line(const std::string& line, lxw_row_t at, lxw_format* format) {
  note(worksheet_write_string(page_, at, 0, cell_text(line).c_str(), format), line);
}

void Writer::add_table(const Sheet& sheet, lxw_row_t head) {
  note(worksheet_set_row(page_, head, head_height(sheet, widths_), nullptr), sheet.name);
  const auto& columns = sheet.table.columns;
  std::vector<std::string> headings;
  headings.reserve(columns.size());
  for (const Column& column : columns) headings.push_back(cell_text(column.heading, 255));
  std::vector<lxw_table_column> specs(columns.size());
  std::vector<lxw_table_column*> pointers;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    specs[i].header = text(headings[i]);
    specs[i].header_format = formats_.head(columns[i].numeric);
    pointers.push_back(&specs[i]);
  }
  pointers.push_back(nullptr);
  lxw_table_options options{};
  options.name = text(sheet.table.name);
  options.no_autofilter = LXW_TRUE;  // filters are not accessible
  options.no_banded_rows = LXW_TRUE;
  options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
  options.style_type_number = 0;  // none: the cells bring their own
  options.columns = pointers.data();
  const auto last_row = head + static_cast<lxw_row_t>(sheet.table.rows.size());
  const auto last_column = static_cast<lxw_col_t>(columns.size() - 1);
  note(worksheet_add_table(page_, head, 0, last_row, last_column, &options), sheet.name);
}

void Writer::add_row(const Sheet& sheet, const Row& row, lxw_row_t at) {
  note(worksheet_set_row(page_, at, row_height(sheet, row, widths_), nullptr), sheet.name);
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    add_cell(row.cells[i], sheet.table.columns[i], row.emphasis, at, static_cast<lxw_col_t>(i));
  }
}

void Writer::add_cell(const Cell& cell, const Column& column, Emphasis emphasis, lxw_row_t at,
                      lxw_col_t across) {
  if (const auto* number = std::get_if<NumberCell>(&cell)) {
    const std::size_t point = number->text.find('.');
    const auto decimals =
        point == std::string::npos ? 0 : static_cast<int>(number->text.size() - point - 1);
    const double nearest = std::strtod(number->text.c_str(), nullptr);
    note(worksheet_write_number(page_, at, across, nearest,
                                formats_.cell(Face::kNumber, decimals, emphasis)),
         column.heading);
  } else if (const auto* link = std::get_if<LinkCell>(&cell)) {
    const std::string target = fmt::format("internal:'{}'!A1", link->sheet);
    lxw_format* format = formats_.cell(Face::kLink, 0, emphasis);
    note(worksheet_write_url(page_, at, across, target.c_str(), format), column.heading);
    note(worksheet_write_string(page_, at, across, cell_text(link->text).c_str(), format),
         column.heading);
  } else {
    const Face face = column.numeric ? Face::kMark : Face::kText;
    note(worksheet_write_string(page_, at, across, cell_text(std::get<std::string>(cell)).c_str(),
                                formats_.cell(face, 0, emphasis)),
         column.heading);
  }
}

lxw_chart_font chart_font(double size, bool bold, lxw_color_t color) {
  lxw_chart_font font{};
  font.name = const_cast<char*>(ink::kFont);
  font.size = size;
  font.bold = bold ? LXW_TRUE : LXW_EXPLICIT_FALSE;
  font.color = color;
  return font;
}

// The bars a reader sees: one colour a step, outlined, with their number.
void dress_bars(lxw_chart_series* bars) {
  lxw_chart_line outline{};
  outline.color = ink::kDeep;
  outline.width = 1.25;
  chart_series_set_line(bars, &outline);
  lxw_chart_fill fills[std::size(ink::kBars)] = {};
  lxw_chart_point points[std::size(ink::kBars)] = {};
  lxw_chart_point* pointers[std::size(ink::kBars) + 1] = {};
  for (std::size_t i = 0; i < std::size(ink::kBars); ++i) {
    fills[i].color = ink::kBars[i];
    points[i].fill = &fills[i];
    points[i].line = &outline;
    pointers[i] = &points[i];
  }
  chart_series_set_points(bars, pointers);
}

// Of a bar chart the library calls the upright axis, with the labels, Y and the level one X.
void dress_axes(lxw_chart* chart) {
  constexpr double kLabelSize = 14;
  lxw_chart_axis* levels = chart_axis_get(chart, LXW_CHART_AXIS_TYPE_Y);
  chart_axis_set_reverse(levels);  // the first row of the table is the top of the pyramid
  auto labels = chart_font(kLabelSize, false, ink::kBody);
  chart_axis_set_num_font(levels, &labels);
  lxw_chart_line none{};
  none.none = LXW_TRUE;
  chart_axis_set_line(levels, &none);
  chart_axis_set_major_tick_mark(levels, LXW_CHART_AXIS_TICK_MARK_NONE);
  lxw_chart_axis* sizes = chart_axis_get(chart, LXW_CHART_AXIS_TYPE_X);
  chart_axis_set_min(sizes, 0);
  chart_axis_major_gridlines_set_visible(sizes, LXW_FALSE);
  chart_axis_off(sizes);
}

void Writer::add_chart(const Sheet& sheet, lxw_row_t at) {
  const PyramidChart& drawn = *sheet.chart;
  const auto source = std::find_if(form_.sheets.begin(), form_.sheets.end(),
                                   [&](const Sheet& one) { return one.name == drawn.data_sheet; });
  if (source == form_.sheets.end()) {
    refusal_ = "the chart's sheet '" + drawn.data_sheet + "' is not there";
    return;
  }
  lxw_chart* chart = workbook_add_chart(workbook_, LXW_CHART_BAR_STACKED);
  const lxw_row_t head = head_row(*source);
  const std::string labels = whole_column(*source, 'A', head);
  lxw_chart_series* space =
      chart_add_series(chart, labels.c_str(), whole_column(*source, 'B', head).c_str());
  lxw_chart_fill no_fill{};
  no_fill.none = LXW_TRUE;
  lxw_chart_line no_line{};
  no_line.none = LXW_TRUE;
  chart_series_set_fill(space, &no_fill);
  chart_series_set_line(space, &no_line);
  dress_bars(chart_add_series(chart, labels.c_str(), whole_column(*source, 'C', head).c_str()));
  dress_axes(chart);
  chart_set_series_gap(chart, 6);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  chart_title_set_name(chart, cell_text(drawn.title, 255).c_str());
  auto font = chart_font(16, true, ink::kDeep);
  chart_title_set_name_font(chart, &font);
  chart_chartarea_set_line(chart, &no_line);
  lxw_chart_options options{};
  const std::string alternative = cell_text(drawn.alternative_text, 255);
  options.description = text(alternative);
  options.x_offset = 16;
  options.x_scale = static_cast<double>(kChartWidth) / kUsualChartWidth;
  options.y_scale = static_cast<double>(kChartHeight) / kUsualChartHeight;
  note(worksheet_insert_chart_opt(page_, at, static_cast<lxw_col_t>(drawn.right_of_column), chart,
                                  &options),
       sheet.name);
}

std::string doubled_ampersands(const std::string& text) {
  std::string doubled;
  for (const char letter : text) doubled += letter == '&' ? "&&" : std::string(1, letter);
  return doubled;
}

void Writer::set_page(const Sheet& sheet, lxw_row_t head) {
  worksheet_set_landscape(page_);
  worksheet_set_paper(page_, kPaperA4);
  worksheet_fit_to_pages(page_, 1, 0);
  worksheet_set_margins(page_, 0.5, 0.5, 0.6, 0.6);
  worksheet_gridlines(page_, LXW_HIDE_ALL_GRIDLINES);
  note(worksheet_repeat_rows(page_, head, head), sheet.name);
  const std::string title = doubled_ampersands(cell_text(form_.title, 120));
  note(worksheet_set_footer(
           page_, ("&L&\"Arial\"&10" + title + "&R&\"Arial\"&10&A, page &P of &N").c_str()),
       sheet.name);
}

}  // namespace

Result<std::string> render_xlsx(const Form& form) {
  if (const auto checked = check_form(form); !checked) return fail(checked.error());
  const MemoryFile file;
  if (const auto written = Writer(file.path(), form).write(); !written) {
    return fail(written.error());
  }
  std::string bytes = file.bytes();
  // The library does not look at what its temporary files say when a disk is full.
  if (const auto whole = check_workbook(bytes); !whole) return fail(whole.error());
  return bytes;
}

}  // namespace qd::render
