#include "core/reading/seals/seals.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/model/run_seal.hpp"

namespace qd::reading::seals {
namespace {

constexpr std::size_t kNamed = 5;  // figures in a sentence

class Sealing final : public FigureSink {
 public:
  void take(const FigureView& figure) override { sealer.take(figure); }
  RunSealer sealer;
};

// Holds each figure against the mark of its position.
class Comparing final : public FigureSink {
 public:
  explicit Comparing(const std::string& marks)
      : marks_(marks), is_there_(marks.size() / RunSeal::kMark) {}

  void take(const FigureView& figure) override {
    const auto position = static_cast<std::size_t>(figure.id % kFactsPerRun);
    const bool is_known = position < is_there_.size();
    if (is_known) is_there_[position] = true;
    const auto mark = sealer_.digest(figure).substr(0, RunSeal::kMark);
    if (!is_known || marks_.compare(position * RunSeal::kMark, RunSeal::kMark, mark) != 0)
      name(figure, is_known);
  }
  std::string sentence() const {
    std::string text = fmt::format("{}", fmt::join(named_, "; "));
    if (n_changed_ > named_.size()) text += fmt::format("; {} more", n_changed_ - named_.size());
    const auto n_gone = std::count(is_there_.begin(), is_there_.end(), false);
    if (n_gone > 0) text += fmt::format("{}{} are gone", text.empty() ? "" : "; ", n_gone);
    return text.empty() ? "what is written of the run itself, of its notes, or of who is counted"
                        : text;
  }

 private:
  void name(const FigureView& figure, bool is_known) {
    ++n_changed_;
    if (named_.size() == kNamed) return;
    named_.push_back(fmt::format("figure {} ({}{}{} at {}, {} {}){}", figure.id, figure.indicator,
                                 figure.breakdown.empty() ? "" : " ", figure.breakdown, figure.area,
                                 figure.period, to_text(figure.reading),
                                 is_known ? "" : " was not computed"));
  }

  const std::string& marks_;
  FigureSealer sealer_;
  std::vector<bool> is_there_;
  std::vector<std::string> named_;
  std::size_t n_changed_ = 0;
};

}  // namespace

Result<std::string> Seals::which_figures(const Run& run) {
  const auto seal = audit_.seal(run.id);
  if (!seal) return fail(seal.error());
  if (!*seal) return std::string("its seal is gone");
  Comparing comparing((*seal)->marks);
  if (auto scanned = figures_.scan(run.id, comparing); !scanned) return fail(scanned.error());
  return comparing.sentence();
}

Result<std::optional<std::string>> Seals::difference(const Run& run, const std::string& digest) {
  Sealing sealing;
  if (auto scanned = figures_.scan(run.id, sealing); !scanned) return fail(scanned.error());
  const auto take_members = [&](std::int64_t figure, std::string_view members) {
    sealing.sealer.take_members(figure, members);
  };
  if (auto scanned = figures_.scan_members(run.id, take_members); !scanned)
    return fail(scanned.error());
  if (run.state == RunState::kComplete && sealing.sealer.seal(run).digest == digest)
    return std::nullopt;
  const auto which = which_figures(run);
  if (!which) return fail(which.error());
  return fmt::format("run {} ({} {}) is not what was computed: {}", run.id, run.family, run.period,
                     *which);
}

Result<std::optional<AuditAnchor>> Seals::verify(const Run& run) {
  const auto entry = audit_.newest(subject_of_run(run.id));
  if (!entry) return fail(entry.error());
  if (!*entry) return std::nullopt;
  const auto found = difference(run, (*entry)->content);
  if (!found) return fail(found.error());
  if (!*found) return AuditAnchor{(*entry)->number, (*entry)->digest};
  return fail(ErrorCode::kFiguresAltered, **found,
              "find out who changed the database (quarterday audit verify), then compute again");
}

}  // namespace qd::reading::seals
