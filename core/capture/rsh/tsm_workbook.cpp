#include "core/capture/rsh/tsm_workbook.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "core/capture/rsh/editions.hpp"
#include "core/capture/rsh/plain_heading.hpp"
#include "core/capture/rsh/tsm_witness.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

using Block = TsmSheetKind::Block;

std::string edition_text(int start_year) {
  return fmt::format("{}-{:02}", start_year, (start_year + 1) % 100);
}

// One workbook of the regulator, sheet by sheet.
class Understanding {
 public:
  Understanding(workbook::SheetSource& source, const std::string& file)
      : source_(source), file_(file) {}

  Result<TsmWorkbook> read(const std::optional<Layout>& given, Progress& progress);

 private:
  Result<void> read_sheets(Progress& progress);
  Result<void> read_sheet(std::size_t at);
  Result<void> read_figures(std::size_t at);
  void leave_out_doubled();
  void note_sheet(const std::string& name, const char* why);
  Result<void> read_introduction(std::size_t at);
  Result<void> read_not_included(std::size_t at);
  Result<void> take_year(std::optional<int> year, const std::string& sheet);
  Result<Layout> choose(const std::optional<Layout>& given);
  void understand_table(const TsmTable& table, const Layout& layout);

  workbook::SheetSource& source_;
  const std::string& file_;
  std::vector<TsmTable> tables_;
  std::optional<int> year_;
  std::string year_said_by_;  // the sheet
  TsmWorkbook found_;
};

Result<TsmWorkbook> Understanding::read(const std::optional<Layout>& given, Progress& progress) {
  if (auto done = read_sheets(progress); !done) return fail(done.error());
  if (tables_.empty()) {
    return fail(ErrorCode::kHeadingMissing,
                fmt::format("{} has no sheet of Tenant Satisfaction Measures", file_),
                "its sheets are named like TSM25_LCRA_Perception and TSM25_Management_Info");
  }
  leave_out_doubled();
  if (tables_.empty()) {
    return fail(ErrorCode::kHeadingMissing, fmt::format("each sheet of {} is there twice", file_),
                "keep those that the regulator published");
  }
  const auto layout = choose(given);
  if (!layout) return fail(layout.error());
  for (auto& table : tables_) {
    find_headings(table, *layout);
    understand_table(table, *layout);
  }
  if (!found_.sheets.empty()) return std::move(found_);
  return fail(ErrorCode::kHeadingMissing,
              fmt::format("no sheet of {} has a column 'Landlord code' that can be taken", file_),
              "check that the workbook is the regulator's full data file");
}

Result<void> Understanding::read_sheets(Progress& progress) {
  const auto& sheets = source_.sheets();
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    progress.at(sheets[i], static_cast<std::int64_t>(i), static_cast<std::int64_t>(sheets.size()));
    if (auto read = read_sheet(i); !read) return read;
  }
  progress.finished();
  return {};
}

Result<void> Understanding::read_sheet(std::size_t at) {
  const std::string& name = source_.sheets()[at];
  const std::string plain = plain_heading(name);
  if (source_.is_hidden(at)) {
    note_sheet(name, "is hidden");
    return {};
  }
  const Block block = tsm_sheet_kind(name).block;
  if (block == Block::kNotIncluded) return read_not_included(at);
  if (block != Block::kOther) return read_figures(at);
  if (plain == "introduction") return read_introduction(at);
  const bool reading_matter = plain == "contents" || plain == "data dictionary" ||
                              plain == "table_coverage" || plain == "table coverage";
  if (!reading_matter) note_sheet(name, "is not known");
  return {};
}

void Understanding::note_sheet(const std::string& name, const char* why) {
  found_.notes.push_back(fmt::format("the sheet '{}' {}; left out", text::shortened(name), why));
}

// Its name and its first cell may both say the year.
Result<void> Understanding::read_figures(std::size_t at) {
  const std::string& name = source_.sheets()[at];
  auto table = read_tsm_table(source_, at);
  if (!table) return fail(table.error());
  if (auto taken = take_year(tsm_start_year(name), name); !taken) return taken;
  if (auto taken = take_year(tsm_start_year(table->title), name + " (its first cell)"); !taken) {
    return taken;
  }
  tables_.push_back(std::move(*table));
  return {};
}

// Two sheets of the same landlords' answers: nothing says which of them holds.
void Understanding::leave_out_doubled() {
  std::map<std::string, std::vector<std::string>> names;
  for (const auto& table : tables_) names[table.kind.name].push_back(table.name);
  for (const auto& [kind, same] : names) {
    if (same.size() < 2) continue;
    found_.notes.push_back(fmt::format("nothing of the sheet {} is loaded: {} is of {} as well",
                                       same[0], same[1], kind));
    std::erase_if(tables_, [&name = kind](const auto& table) { return table.kind.name == name; });
  }
}

// "The information presented here relates to the reporting year 1 April 2023 to 31 March 2024."
Result<void> Understanding::read_introduction(std::size_t at) {
  const std::string& name = source_.sheets()[at];
  return source_.read(at, [&](const SheetRow& row) -> Result<void> {
    for (const auto& cell : row.cells) {
      if (auto taken = take_year(stated_start_year(cell.text), name); !taken) return taken;
    }
    return {};
  });
}

Result<void> Understanding::take_year(std::optional<int> year, const std::string& sheet) {
  if (!year) return {};
  if (year_ && *year_ != *year) {
    return fail(ErrorCode::kHeadingMissing,
                fmt::format("the sheet {} is of {}, and {} is of {}", sheet, edition_text(*year),
                            year_said_by_, edition_text(*year_)),
                "import one year's workbook at a time");
  }
  if (!year_) year_said_by_ = sheet;
  year_ = year;
  return {};
}

Result<Layout> Understanding::choose(const std::optional<Layout>& given) {
  const auto said_by_layout = given ? given->start_year : std::nullopt;
  if (!year_) year_ = said_by_layout;
  if (!year_) {
    return fail(ErrorCode::kHeadingMissing,
                fmt::format("the sheet {} does not name its year", tables_.front().name),
                "name it like TSM25_LCRA_Perception for 2024-25");
  }
  if (said_by_layout && *said_by_layout != *year_) {
    return fail(ErrorCode::kLayoutMalformed,
                fmt::format("the layout is of {}, and {} is of {}", given->edition, file_,
                            edition_text(*year_)),
                "take the layout of that year");
  }
  Layout layout = given ? *given : layout_of(*year_);
  layout.start_year = *year_;
  found_.start_year = *year_;
  found_.edition = layout.edition;
  if (!given && layout.edition.empty()) {
    found_.notes.push_back(
        fmt::format("there is no layout for {}: its headings are read by what all editions share",
                    edition_text(*year_)));
  }
  return layout;
}

void Understanding::understand_table(const TsmTable& table, const Layout& layout) {
  TsmColumns columns = place_tsm_columns(table, layout);
  if (columns.code == kNoColumn) {
    found_.notes.push_back(fmt::format(
        "nothing of the sheet {} is loaded: it has no column 'Landlord code' that can be taken",
        table.name));
    return;
  }
  TsmUnderstoodSheet sheet{table.name, table.kind, std::move(columns), {}};
  sheet.lines = read_tsm_lines(file_, table, sheet.columns);
  const auto heard =
      hold_against_published(table.name, table.kind, sheet.columns, layout, sheet.lines.landlords);
  for (const std::vector<std::string>* notes :
       {&std::as_const(sheet.columns.notes), &std::as_const(sheet.lines.notes), &heard}) {
    found_.notes.insert(found_.notes.end(), notes->begin(), notes->end());
  }
  found_.sheets.push_back(std::move(sheet));
}

// Landlords whose figures the regulator withheld: a sentence each.
Result<void> Understanding::read_not_included(std::size_t at) {
  const std::string& name = source_.sheets()[at];
  bool below_headings = false;
  return source_.read(at, [&](const SheetRow& row) -> Result<void> {
    if (row.cells.size() < 2) return {};
    const bool headings = plain_heading(row.cells[0].text) == "landlord name";
    if (headings) below_headings = true;
    if (headings || !below_headings) return {};
    const std::string_view reason = row.cells.size() > 2 ? row.cells[2].text : std::string_view{};
    found_.notes.push_back(fmt::format("{}: {} ({}) has no figures: {}", name, row.cells[0].text,
                                       row.cells[1].text, text::shortened(reason, 300)));
    return {};
  });
}

}  // namespace

Result<TsmWorkbook> understand(workbook::SheetSource& source, const std::string& file,
                               const std::optional<Layout>& layout, Progress& progress) {
  return Understanding(source, file).read(layout, progress);
}

}  // namespace qd::capture::rsh
