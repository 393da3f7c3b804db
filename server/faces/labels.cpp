#include "server/faces/labels.hpp"

#include <fmt/format.h>

#include <array>

namespace qd::faces {
namespace {

PeriodLabel label_of(std::string_view id, Reading reading) {
  const auto period = Period::parse(id);
  if (!period) return {};
  PeriodLabel label{to_text(period->from()), to_text(period->until()), period->previous().id(),
                    period->year_before().id()};
  for (const ReadingWindow& window : period->readings())
    if (window.reading == reading) label.from = to_text(window.from);
  return label;
}

}  // namespace

const AreaLabel& AreaLabels::of(std::string_view area) const {
  static const AreaLabel unknown;
  const auto found = labels.find(area);
  return found == labels.end() ? unknown : found->second;
}

AreaLabels area_labels(const std::vector<Area>& areas, const reading::access::Portion& portion) {
  AreaLabels table;
  for (const auto& area : areas)
    if (portion.has_area(area.code))
      table.labels[area.code] = {area.name, area.kind,
                                 portion.has_area(area.parent) ? area.parent : std::string(), ""};
  std::string all;
  for (auto& [code, label] : table.labels) {
    label.path = code;
    // No deeper than there are areas: a circle of parents has no top.
    auto above = table.labels.find(label.parent);
    for (std::size_t depth = 0; above != table.labels.end() && depth < areas.size(); ++depth) {
      label.path.insert(0, above->first + "/");
      above = table.labels.find(above->second.parent);
    }
  }
  for (const auto& area : areas) {
    const AreaLabel& label = table.of(area.code);
    all += fmt::format("{}\n{}\n{}\n{}\n", label.path, label.name, label.kind, label.parent);
  }
  // Only has to differ when a label does, within one process and its clients' caches.
  table.version = fmt::format("{:x}", std::hash<std::string>{}(all));
  return table;
}

Result<std::shared_ptr<const AreaLabels>> LabelKeeper::now(
    const reading::access::Portion& portion) {
  const std::lock_guard lock(mutex_);
  const auto at = clock_.now();
  if (!labels_ || !is_remembered(read_at_, at, kMemory)) {
    auto areas = store_.areas();
    if (!areas) return fail(areas.error());
    areas_ = std::move(*areas);
    labels_ = std::make_shared<const AreaLabels>(area_labels(areas_));
    read_at_ = at;
  }
  if (portion.has_every_area()) return labels_;
  return std::make_shared<const AreaLabels>(area_labels(areas_, portion));
}

// The calendar does not change: each thread works a period out once.
const PeriodLabel& period_label(std::string_view period, Reading reading) {
  constexpr std::size_t kRemembered = 10'000;
  thread_local std::array<TextMap<PeriodLabel>, kReadingPlaces> all;
  auto& labels = all[place_of(reading)];
  const auto found = labels.find(period);
  if (found != labels.end()) return found->second;
  if (labels.size() >= kRemembered) labels.clear();
  return labels.emplace(period, label_of(period, reading)).first->second;
}

}  // namespace qd::faces
