#include "core/reading/access/figure_door.hpp"

#include <set>
#include <utility>

#include "core/model/member_set.hpp"
#include "core/reading/access/door_parts.hpp"
#include "core/reading/stages/store_reader.hpp"

namespace qd::reading::access {
namespace {

constexpr std::size_t kRemembered = 1000;  // portions

class NothingToRead final : public FigureReading {
 public:
  Result<std::size_t> read(std::size_t, FigureSink&) override { return std::size_t{0}; }
};

}  // namespace

FigureDoor::FigureDoor(const DoorParts& parts) : parts_(std::make_unique<DoorParts>(parts)) {}
FigureDoor::~FigureDoor() = default;

Result<std::unique_ptr<FigureReading>> FigureDoor::open(const FactQuery& query,
                                                        const Viewer& viewer) {
  const auto mine = portion(viewer);
  if (!mine) return fail(mine.error());
  const auto within = (*mine)->within(query);
  if (!within) return std::make_unique<NothingToRead>();
  return parts_->figures.open(*within, viewer.audience);
}

Result<std::optional<Figure>> FigureDoor::fact(std::int64_t id, const Viewer& viewer) {
  const auto mine = portion(viewer);
  if (!mine) return fail(mine.error());
  return parts_->figures.fact(id, viewer.audience,
                              [&](const FigureView& figure) { return (*mine)->has(figure); });
}

bool FigureDoor::tells_rows(const Figure& given, const Viewer& viewer) {
  return disclosure::DisclosedFigures::tells_rows(given, viewer.audience);
}

grouping::CountTogether FigureDoor::count_together(const Viewer& viewer) {
  if (viewer.audience != Audience::kExecutive) return {};
  return [this](const std::vector<std::int64_t>& figures) -> Result<std::optional<std::int64_t>> {
    MemberSet all;
    std::size_t n_known = 0;
    const auto add = [&](std::int64_t, std::string_view bytes) {
      const auto members = MemberSet::from_bytes(bytes);
      if (!members) return;
      all.add(*members);
      ++n_known;
    };
    if (auto read = parts_->store.members(figures, add); !read) return fail(read.error());
    if (n_known != figures.size()) return std::nullopt;
    return static_cast<std::int64_t>(all.size());
  };
}

// Areas change with a load, and a load with the version of the data.
Result<std::shared_ptr<const Portion>> FigureDoor::portion(const Viewer& viewer) {
  static const auto everything = std::make_shared<const Portion>();
  if (viewer.reads_everything()) return everything;
  const auto version = data_version();
  if (!version) return fail(version.error());
  const std::pair key(viewer.areas, viewer.families);
  {
    const std::lock_guard lock(mutex_);
    const auto found = portions_.find(key);
    if (portions_version_ == *version && found != portions_.end()) return found->second;
  }
  const auto areas = parts_->catalogue.areas();
  if (!areas) return fail(areas.error());
  auto made = std::make_shared<const Portion>(viewer, *areas);
  const std::lock_guard lock(mutex_);
  if (portions_version_ != *version || portions_.size() >= kRemembered) portions_.clear();
  portions_version_ = *version;
  portions_[key] = made;
  return made;
}

Result<std::vector<std::string>> FigureDoor::periods(const Viewer& viewer) {
  if (viewer.families.empty()) return parts_->store.periods();
  const auto runs = parts_->runs.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  const Portion mine({.families = viewer.families}, {});
  std::set<std::string> periods;
  for (const Run& run : *runs)
    if (mine.has_family(run.family) && run.n_facts > 0) periods.insert(run.period);
  return std::vector<std::string>(periods.begin(), periods.end());
}

Result<std::int64_t> FigureDoor::data_version() { return parts_->store.data_version(); }

struct StoreDoor::Stages {
  Stages(FigureStore& figures, RunStore& runs, Catalogue& catalogue)
      : reader(figures),
        decisions(figures, runs, catalogue),
        disclosed(reader, figures, runs, decisions),
        door(DoorParts{disclosed, figures, runs, catalogue}) {}
  stages::StoreReader reader;
  disclosure::DecisionKeeper decisions;
  disclosure::DisclosedFigures disclosed;
  FigureDoor door;
};

StoreDoor::StoreDoor(FigureStore& figures, RunStore& runs, Catalogue& catalogue)
    : stages_(std::make_unique<Stages>(figures, runs, catalogue)) {}
StoreDoor::~StoreDoor() = default;
FigureDoor& StoreDoor::door() { return stages_->door; }
Result<void> StoreDoor::withheld(const FactQuery& query, Audience from, WithheldSink& sink) {
  return stages_->disclosed.withheld(query, from, sink);
}

}  // namespace qd::reading::access
