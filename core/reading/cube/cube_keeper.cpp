#include "core/reading/cube/cube_keeper.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading::cube {

CubeKeeper::CubeKeeper(FigureStore& figures, RunStore& runs, stages::FigureReader& store)
    : figures_(figures), runs_(runs), store_(store) {}

std::shared_ptr<const Cube> CubeKeeper::cube() const {
  const std::lock_guard lock(mutex_);
  return cube_;
}

Result<void> CubeKeeper::refresh() {
  const std::lock_guard turn(refreshing_);
  // Asked before the runs are listed: what completes meanwhile makes the data newer than the cube.
  const auto data_version = figures_.data_version();
  if (!data_version) return fail(data_version.error());
  const auto before = cube();
  if (before && before->data_version() == *data_version) return {};
  auto made = made_anew(before, *data_version);
  if (!made) return fail(made.error());
  const std::lock_guard lock(mutex_);
  cube_ = std::move(*made);
  return {};
}

Result<std::shared_ptr<const Cube>> CubeKeeper::made_anew(const std::shared_ptr<const Cube>& before,
                                                          std::int64_t data_version) {
  const auto current = runs_.current_runs({});
  if (!current) return fail(current.error());
  Instant newest{};
  std::vector<std::shared_ptr<const Segment>> segments;
  for (const Run& run : *current) {
    newest = std::max(newest, run.finished_at.value_or(Instant{}));
    auto segment = before ? before->of_run(run.id) : nullptr;
    if (!segment) {
      auto read = segment_of(run);
      if (!read) return fail(read.error());
      segment = std::move(*read);
    }
    segments.push_back(std::move(segment));
  }
  return std::make_shared<const Cube>(std::move(segments), data_version, newest);
}

Result<std::shared_ptr<const Segment>> CubeKeeper::segment_of(const Run& run) {
  SegmentBuilder builder(run, pool_);
  if (auto scanned = figures_.scan(run.id, builder); !scanned) return fail(scanned.error());
  return builder.build();
}

Result<std::unique_ptr<FigureReading>> CubeKeeper::open(const FactQuery& query) {
  const auto kept = cube();
  if (kept && query.data_version == kept->data_version() && kept->answers(query))
    return kept->open(query);
  return store_.open(query);
}

}  // namespace qd::reading::cube
