#include "core/capture/report_book.hpp"

#include <fmt/format.h>

#include <utility>

namespace qd::capture {

void ReportBook::refuse_line(std::vector<Refusal> faults) {
  ++report_.lines_refused;
  for (auto& fault : faults) {
    if (each_) each_(fault);
    if (report_.refusals.size() < kMostRefusals) report_.refusals.push_back(std::move(fault));
  }
}

void ReportBook::note(std::string sentence) {
  if (report_.notes.size() < kMostNotes) return report_.notes.push_back(std::move(sentence));
  ++more_notes_;
}

Result<ImportReport> ReportBook::close(Load& load, const ImportOptions& options) {
  auto tables = load.finish();
  if (!tables) return fail(tables.error());
  report_.tables = std::move(*tables);
  if (more_notes_ > 0) report_.notes.push_back(fmt::format("and {} more notes", more_notes_));
  const bool keep = !options.dry_run && (options.good_lines || !refused());
  if (keep) {
    if (auto committed = load.commit(); !committed) return fail(committed.error());
  }
  report_.committed = keep;
  return std::move(report_);
}

}  // namespace qd::capture
