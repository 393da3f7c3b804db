#include "core/capture/rsh/import_tsm.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/capture/report_book.hpp"
#include "core/capture/rsh/tsm_load.hpp"
#include "core/capture/rsh/tsm_sheet.hpp"
#include "core/capture/rsh/workbook_reader.hpp"
#include "core/capture/source_file.hpp"
#include "core/text/text_check.hpp"

namespace qd::capture::rsh {
namespace {

using Block = TsmSheetKind::Block;

// Sheets for people: known, and not loaded.
bool is_reading_matter(std::string_view sheet) {
  const std::string name = plain_heading(sheet);
  return name == "introduction" || name == "contents" || name == "data dictionary" ||
         name == "table_coverage" || name == "table coverage";
}

// One workbook of the regulator, sheet by sheet.
class TsmImport {
 public:
  TsmImport(WorkbookReader workbook, std::string file, TsmLoad& load, capture::ReportBook& book)
      : workbook_(std::move(workbook)), file_(std::move(file)), load_(load), book_(book) {}

  Result<void> read(Progress& progress);

 private:
  Result<void> read_sheet(std::size_t at, const TsmSheetKind& kind);
  Result<void> read_not_included(std::size_t at);
  Result<int> year_of(const TsmSheet& sheet, const std::string& name);

  WorkbookReader workbook_;
  std::string file_;
  TsmLoad& load_;
  capture::ReportBook& book_;
  std::optional<int> start_year_;  // the same for every sheet
};

Result<void> TsmImport::read(Progress& progress) {
  const auto& sheets = workbook_.sheets();
  bool any = false;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    progress.at(sheets[i], static_cast<std::int64_t>(i), static_cast<std::int64_t>(sheets.size()));
    const TsmSheetKind kind = tsm_sheet_kind(sheets[i]);
    const bool figures = kind.block == Block::kPerception || kind.block == Block::kManagement;
    any = any || figures;
    Result<void> done;
    if (figures)
      done = read_sheet(i, kind);
    else if (kind.block == Block::kNotIncluded)
      done = read_not_included(i);
    else if (!is_reading_matter(sheets[i]))
      book_.note(fmt::format("the sheet '{}' is not known; left out", text::shortened(sheets[i])));
    if (!done) return done;
  }
  progress.finished();
  if (any) return {};
  return fail(ErrorCode::kHeadingMissing,
              fmt::format("{} has no sheet of Tenant Satisfaction Measures", file_),
              "its sheets are named like TSM25_LCRA_Perception and TSM25_Management_Info");
}

Result<void> TsmImport::read_sheet(std::size_t at, const TsmSheetKind& kind) {
  const std::string& name = workbook_.sheets()[at];
  TsmSheet* reading = nullptr;
  TsmSheet::Sink sink;
  sink.landlord = [&](const TsmLandlord& landlord) -> Result<void> {
    const auto year = year_of(*reading, name);
    if (!year) return fail(year.error());
    book_.line_read();
    return load_.take(name, *year, kind.tenure, landlord);
  };
  sink.refused = [&](std::vector<capture::Refusal> faults) {
    book_.line_read();
    book_.refuse_line(std::move(faults));
  };
  sink.note = [&](std::string sentence) { book_.note(std::move(sentence)); };
  TsmSheet sheet(file_, name, kind, std::move(sink));
  reading = &sheet;
  auto read = workbook_.read(at, [&](const SheetRow& row) { return sheet.take(row); });
  return read ? sheet.finish() : read;
}

Result<int> TsmImport::year_of(const TsmSheet& sheet, const std::string& name) {
  const auto year = sheet.start_year();
  if (!year) {
    return fail(ErrorCode::kHeadingMissing,
                fmt::format("the sheet {} does not name its year", name),
                "name it like TSM25_LCRA_Perception for 2024-25");
  }
  if (start_year_ && *start_year_ != *year) {
    return fail(ErrorCode::kHeadingMissing,
                fmt::format("the sheet {} is of another year than those before it", name),
                "import one year's workbook at a time");
  }
  start_year_ = year;
  return *year;
}

// Landlords whose figures the regulator withheld: a sentence each.
Result<void> TsmImport::read_not_included(std::size_t at) {
  const std::string& name = workbook_.sheets()[at];
  bool below_headings = false;
  return workbook_.read(at, [&](const SheetRow& row) -> Result<void> {
    if (row.cells.size() < 2) return {};
    const bool headings = read_tsm_heading(row.cells[0].text).role == TsmRole::kLandlordName;
    if (headings) below_headings = true;
    if (headings || !below_headings) return {};
    const std::string_view reason = row.cells.size() > 2 ? row.cells[2].text : std::string_view{};
    book_.note(fmt::format("{}: {} ({}) has no figures: {}", name, row.cells[0].text,
                           row.cells[1].text, text::shortened(reason, 300)));
    return {};
  });
}

void count_known_areas(capture::ImportReport& report, std::int64_t known) {
  for (auto& [table, counts] : report.tables) {
    if (table != "areas") continue;
    counts.unchanged += known;
    return;
  }
  if (known > 0) report.tables.insert(report.tables.begin(), {"areas", LoadCounts{0, 0, known}});
}

}  // namespace

Result<capture::ImportReport> import_rsh_tsm(ObservationStore& store,
                                             const std::filesystem::path& file,
                                             const capture::ImportOptions& options,
                                             const Clock& clock, Progress& progress) {
  auto sources = inspect_files({file});
  if (!sources) return fail(sources.error());
  auto workbook = WorkbookReader::open(file);
  if (!workbook) return fail(workbook.error());
  auto load = store.begin_load(sources->source, clock);
  if (!load) return fail(load.error());
  capture::ReportBook book;
  book.tell(options.each_refusal);
  auto rows = TsmLoad::begin(store, **load, book);
  if (!rows) return fail(rows.error());
  TsmImport import(std::move(*workbook), file.string(), *rows, book);
  if (auto read = import.read(progress); !read) return fail(read.error());
  auto report = book.close(**load, options);
  if (report) count_known_areas(*report, rows->known_landlords());
  return report;
}

}  // namespace qd::capture::rsh
