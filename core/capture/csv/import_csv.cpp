#include "core/capture/csv/import_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/calendar/zone.hpp"
#include "core/capture/csv/csv_reader.hpp"
#include "core/capture/csv/line_check.hpp"
#include "core/capture/report_book.hpp"
#include "core/capture/source_file.hpp"

namespace qd::capture::csv {
namespace {

bool blank(const CsvRecord& record) {
  return std::all_of(record.fields.begin(), record.fields.end(),
                     [](const CsvField& field) { return field.text.empty(); });
}

Result<void> refuse_utf16(std::string_view start, const std::filesystem::path& file) {
  if (!start.starts_with("\xFF\xFE") && !start.starts_with("\xFE\xFF")) return {};
  return fail(ErrorCode::kFileUnreadable, fmt::format("{} is UTF-16 text", file.string()),
              "save the file as CSV UTF-8");
}

// The files of one load, one after the other, into one table.
class CsvImport {
 public:
  CsvImport(const TableSpec& table, LineCheck check, Load& load)
      : table_(table), check_(std::move(check)), load_(load) {}

  Result<void> read_file(const std::filesystem::path& file, Progress& progress,
                         std::int64_t total_bytes);
  void finish();
  capture::ReportBook& book() { return book_; }

 private:
  void take(const std::filesystem::path& file, const CsvRecord& record);
  void take_line(const CsvRecord& record);
  void take_broken(const BrokenCsv& broken);

  const TableSpec& table_;
  LineCheck check_;
  Load& load_;
  capture::ReportBook book_;
  CsvFile file_;
  std::uint64_t n_files_ = 0;
  std::int64_t bytes_done_ = 0;
  bool headings_placed_ = false;
  Result<void> outcome_;  // the first error met inside a callback of the reader
};

Result<void> CsvImport::read_file(const std::filesystem::path& file, Progress& progress,
                                  std::int64_t total_bytes) {
  file_ = CsvFile{file.string(), n_files_++, {}};
  headings_placed_ = false;
  CsvReader reader([&](const CsvRecord& record) { take(file, record); },
                   [&](const BrokenCsv& broken) { take_broken(broken); });
  bool first = true;
  auto read = read_pieces(file, [&](std::string_view piece) -> Result<void> {
    if (std::exchange(first, false)) outcome_ = refuse_utf16(piece, file);
    if (outcome_) reader.feed(piece);
    bytes_done_ += static_cast<std::int64_t>(piece.size());
    progress.at(file_.name, bytes_done_, total_bytes);
    return outcome_;
  });
  if (!read) return read;
  reader.finish();
  if (outcome_ && !headings_placed_) {
    return fail(ErrorCode::kHeadingMissing, fmt::format("{} has no heading line", file_.name),
                "the first line names the columns");
  }
  return outcome_;
}

void CsvImport::finish() {
  for (auto& note : check_.closing_notes()) book_.note(std::move(note));
}

void CsvImport::take(const std::filesystem::path& file, const CsvRecord& record) {
  if (!outcome_ || blank(record)) return;
  if (headings_placed_) return take_line(record);
  auto columns = place_headings(table_, record, file);
  if (!columns) {
    outcome_ = fail(columns.error());
    return;
  }
  file_.columns = std::move(*columns);
  headings_placed_ = true;
}

void CsvImport::take_line(const CsvRecord& record) {
  book_.line_read();
  const CheckedLine& line = check_.check(file_, record);
  for (const auto& note : line.notes) book_.note(note);
  if (!line.faults.empty()) return book_.refuse_line(line.faults);
  outcome_ = load_.add(table_, line.cells);
}

void CsvImport::take_broken(const BrokenCsv& broken) {
  if (!outcome_) return;
  const bool many = broken.last_line > broken.first_line;
  const std::string lines =
      many ? fmt::format(" (lines {} to {} are lost by it)", broken.first_line, broken.last_line)
           : std::string();
  if (!headings_placed_) {
    outcome_ = fail(ErrorCode::kHeadingMissing,
                    fmt::format("{}: the heading line is no CSV: {}", file_.name, broken.reason),
                    "the first line names the columns");
    return;
  }
  book_.line_read();
  capture::Refusal refusal{file_.name, {}, broken.first_line, 0, {}, {}, broken.reason};
  refusal.error = {ErrorCode::kRowShape, broken.reason + lines,
                   "write a quotation mark inside a quoted text twice"};
  book_.refuse_line({std::move(refusal)});
}

}  // namespace

Result<capture::ImportReport> import_csv(ObservationStore& store, const TableSpec& table,
                                         const std::vector<std::filesystem::path>& files,
                                         const capture::ImportOptions& options, const Clock& clock,
                                         Progress& progress) {
  auto sources = inspect_files(files);
  if (!sources) return fail(sources.error());
  const auto now = calendar::to_local(clock.now());
  if (!now) return fail(now.error());
  auto check = LineCheck::begin(store, table, now->date, options);
  if (!check) return fail(check.error());
  auto load = store.begin_load(sources->source, clock);
  if (!load) return fail(load.error());
  CsvImport import(table, std::move(*check), **load);
  import.book().tell(options.each_refusal);
  for (const auto& file : files) {
    if (auto read = import.read_file(file, progress, sources->bytes); !read) {
      return fail(read.error());
    }
  }
  import.finish();
  progress.finished();
  return import.book().close(**load, options);
}

}  // namespace qd::capture::csv
