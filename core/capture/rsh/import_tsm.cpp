#include "core/capture/rsh/import_tsm.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/capture/report_book.hpp"
#include "core/capture/rsh/editions.hpp"
#include "core/capture/rsh/tsm_load.hpp"
#include "core/capture/rsh/tsm_workbook.hpp"
#include "core/capture/source_file.hpp"
#include "core/capture/workbook/workbook_reader.hpp"

namespace qd::capture::rsh {
namespace {

Result<std::optional<Layout>> layout_given(const TsmOptions& options) {
  if (!options.layout) return std::optional<Layout>{};
  auto layout = read_layout(*options.layout);
  if (!layout) return fail(layout.error());
  return std::optional<Layout>(std::move(*layout));
}

Result<TsmWorkbook> understood(workbook::SheetSource& sheets, const std::string& file,
                               const TsmOptions& options, Progress& progress) {
  const auto layout = layout_given(options);
  if (!layout) return fail(layout.error());
  return understand(sheets, file, *layout, progress);
}

Result<void> load_sheet(TsmUnderstoodSheet& sheet, int start_year, TsmLoad& rows,
                        capture::ReportBook& book) {
  for (const auto& landlord : sheet.lines.landlords) {
    book.line_read();
    if (auto taken = rows.take(sheet.name, start_year, sheet.kind.tenure, landlord); !taken) {
      return taken;
    }
  }
  for (auto& faults : sheet.lines.refused) {
    book.line_read();
    book.refuse_line(std::move(faults));
  }
  return {};
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

Result<capture::ImportReport> import_tsm_sheets(ObservationStore& store, const LoadSource& source,
                                                workbook::SheetSource& sheets,
                                                const TsmOptions& options, const Clock& clock,
                                                Progress& progress) {
  auto found = understood(sheets, source.name, options, progress);
  if (!found) return fail(found.error());
  auto load = store.begin_load(source, clock);
  if (!load) return fail(load.error());
  capture::ReportBook book;
  book.tell(options.import.each_refusal);
  for (auto& note : found->notes) book.note(std::move(note));
  auto rows = TsmLoad::begin(store, **load, book);
  if (!rows) return fail(rows.error());
  for (auto& sheet : found->sheets) {
    auto loaded = load_sheet(sheet, found->start_year, *rows, book);
    if (!loaded) return fail(loaded.error());
  }
  auto report = book.close(**load, options.import);
  if (report) count_known_areas(*report, rows->known_landlords());
  return report;
}

Result<capture::ImportReport> import_rsh_tsm(ObservationStore& store,
                                             const std::filesystem::path& file,
                                             const TsmOptions& options, const Clock& clock,
                                             Progress& progress) {
  auto sources = inspect_files({file});
  if (!sources) return fail(sources.error());
  auto workbook = workbook::WorkbookReader::open(file);
  if (!workbook) return fail(workbook.error());
  return import_tsm_sheets(store, sources->source, *workbook, options, clock, progress);
}

Result<TsmLayoutShown> show_tsm_layout(const std::filesystem::path& file, const TsmOptions& options,
                                       Progress& progress) {
  auto workbook = workbook::WorkbookReader::open(file);
  if (!workbook) return fail(workbook.error());
  auto found = understood(*workbook, file.string(), options, progress);
  if (!found) return fail(found.error());
  TsmLayoutShown shown{fmt::format("{}-{:02}", found->start_year, (found->start_year + 1) % 100),
                       found->edition,
                       {},
                       std::move(found->notes)};
  for (auto& sheet : found->sheets) {
    shown.columns.insert(shown.columns.end(), sheet.columns.all.begin(), sheet.columns.all.end());
  }
  return shown;
}

}  // namespace qd::capture::rsh
