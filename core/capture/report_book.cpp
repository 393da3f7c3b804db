#include "core/capture/report_book.hpp"

#include <fmt/format.h>

#include <utility>

namespace qd::capture {

void ReportBook::refuse_line(std::vector<Refusal> faults) {
  ++report_.lines_refused;
  for (const auto& fault : faults) count(fault);
  for (auto& fault : faults) {
    if (each_) each_(fault);
    if (report_.refusals.size() < kMostRefusals) report_.refusals.push_back(std::move(fault));
  }
}

// A line may have one cause twice, in two of its columns: the heading tells them apart.
void ReportBook::count(const Refusal& fault) {
  const std::string& cause = fault.cause.empty() ? fault.error.message : fault.cause;
  const auto [known, fresh] =
      causes_.try_emplace({fault.error.code, fault.heading + '\n' + cause}, report_.causes.size());
  if (fresh) {
    report_.causes.push_back({fault.error.code, fault.heading, cause, fault.error.hint, 0, {}});
  }
  RefusalCause& group = report_.causes[known->second];
  ++group.lines;
  if (group.places.size() == RefusalCause::kMostPlaces) return;
  group.places.push_back({fault.file, fault.sheet, fault.line});
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
