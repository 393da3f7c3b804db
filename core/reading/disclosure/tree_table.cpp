#include "core/reading/disclosure/tree_table.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/model/number.hpp"

namespace qd::reading::disclosure {
namespace {

constexpr std::int64_t kOne = Number::kScale;
constexpr std::int64_t kNoCeiling = std::numeric_limits<std::int64_t>::max() / 4;

}  // namespace

TreeTable::TreeTable(std::vector<std::uint32_t> parents)
    : parents_(std::move(parents)),
      children_(parents_.size()),
      why_(parents_.size()),
      is_given_(parents_.size()) {
  for (std::uint32_t place = 0; place < parents_.size(); ++place)
    if (parents_[place] != kNone) children_[parents_[place]].push_back(place);
}

std::size_t TreeTable::add_count(std::int64_t fewest, Why why) {
  const std::vector<std::int64_t> zeros(n_places());
  const std::vector<std::int64_t> unbounded(n_places(), kNoCeiling);
  counts_.push_back({fewest * kOne, why, zeros, zeros, unbounded, {}});
  return counts_.size() - 1;
}

void TreeTable::set(std::size_t count, std::uint32_t place, std::int64_t millionths) {
  counts_[count].values[place] = std::max<std::int64_t>(millionths, 0);
}

std::int64_t TreeTable::of(std::size_t count, std::uint32_t place) const {
  return counts_[count].values[place];
}

void TreeTable::raise_floor(std::size_t count, std::uint32_t place, std::int64_t millionths) {
  auto& floor = counts_[count].floors[place];
  floor = std::max(floor, millionths);
}

void TreeTable::lower_ceiling(std::size_t count, std::uint32_t place, std::int64_t millionths) {
  auto& ceiling = counts_[count].ceilings[place];
  ceiling = std::min(ceiling, millionths);
}

void TreeTable::withhold(std::uint32_t place, Why why) {
  if (!is_withheld(place)) why_[place] = why;
}

void TreeTable::withhold(std::size_t count, std::uint32_t root, Why why) {
  counts_[count].roots.emplace(root, why);
}

void TreeTable::withhold(Count& count, std::uint32_t place, Why why) {
  if (roots_by_count_ && parents_[place] == kNone)
    count.roots.emplace(place, why);
  else
    withhold(place, why);
}

Why TreeTable::why(std::size_t count, std::uint32_t place) const {
  const auto found = counts_[count].roots.find(place);
  return is_withheld(place) || found == counts_[count].roots.end() ? why_[place] : found->second;
}

bool TreeTable::is_withheld(const Count& count, std::uint32_t place) const {
  return is_withheld(place) || count.roots.count(place) != 0;
}

bool TreeTable::is_small(const Count& count, std::uint32_t place) const {
  return count.values[place] > 0 && count.values[place] < count.fewest;
}

// To its floor or ceiling. Where there is somebody, somebody stays.
std::int64_t TreeTable::distance(const Count& count, std::uint32_t place, Way way) const {
  const std::int64_t value = count.values[place];
  if (way == Way::kUp) return std::max<std::int64_t>(count.ceilings[place] - value, 0);
  return std::max<std::int64_t>(value - std::max(kOne, count.floors[place]), 0);
}

std::int64_t TreeTable::reach(const Count& count, std::uint32_t place, Way way) const {
  if (!is_withheld(count, place)) return 0;
  const std::int64_t most = distance(count, place, way);
  if (children_[place].empty()) return most;
  std::int64_t below = 0;
  for (const auto child : children_[place]) {
    below += reach(count, child, way);
    if (below >= most) return most;
  }
  return below;
}

std::int64_t TreeTable::possible_reach(const Count& count, std::uint32_t place, Way way) const {
  const std::int64_t most = distance(count, place, way);
  if (children_[place].empty()) return most;
  std::int64_t below = 0;
  for (const auto child : children_[place]) {
    below += possible_reach(count, child, way);
    if (below >= most) return most;
  }
  return below;
}

const std::vector<std::uint32_t>& TreeTable::beside(std::uint32_t place) const {
  return children_[parents_[place]];
}

// Its neighbours go the other way, or what it lies in goes with it. Nothing holds a root that is
// not shown.
std::int64_t TreeTable::room(const Count& count, std::uint32_t place, Way way,
                             std::int64_t enough) const {
  const auto parent = parents_[place];
  if (parent == kNone) return enough;
  std::int64_t found = 0;
  for (const auto other : beside(place)) {
    if (found >= enough) return enough;
    if (other != place) found += reach(count, other, opposite(way));
  }
  if (found < enough && is_withheld(count, parent))
    found += std::min(distance(count, parent, way), room(count, parent, way, enough - found));
  return std::min(found, enough);
}

// The smallest that alone could go as far as is wanted, else the one that could go farthest.
std::uint32_t TreeTable::best_shown(const Count& count, const std::vector<std::uint32_t>& among,
                                    std::uint32_t but, Way way, std::int64_t wanted) const {
  std::uint32_t best = kNone;
  std::pair<std::int64_t, std::int64_t> best_cost;
  for (const auto place : among) {
    if (place == but || is_withheld(count, place) || is_given_[place]) continue;
    const std::int64_t goes = possible_reach(count, place, way);
    if (goes <= 0) continue;
    const std::pair cost = goes >= wanted ? std::pair{std::int64_t{0}, count.values[place]}
                                          : std::pair{std::int64_t{1}, -goes};
    if (best == kNone || cost < best_cost) {
      best = place;
      best_cost = cost;
    }
  }
  return best;
}

// Withholds below a withheld place until it could go as far as is wanted, or there is no more.
bool TreeTable::deepen(Count& count, std::uint32_t place, Way way, std::int64_t wanted) {
  if (!is_withheld(count, place)) return false;
  bool any = false;
  const std::int64_t possible = std::min(wanted, possible_reach(count, place, way));
  while (reach(count, place, way) < possible) {
    const std::int64_t missing = possible - reach(count, place, way);
    const auto child = best_shown(count, children_[place], kNone, way, missing);
    if (child != kNone) {
      withhold(child, Why::kProtects);
      deepen(count, child, way, missing);
    } else if (!std::any_of(children_[place].begin(), children_[place].end(), [&](auto below) {
                 return deepen(count, below, way, reach(count, below, way) + missing);
               })) {
      return any;
    }
    any = true;
  }
  return any;
}

// One step to more room: a neighbour, more below one, the place above. False: there is no more to
// withhold.
bool TreeTable::widen(Count& count, std::uint32_t place, Way way, std::int64_t missing) {
  const auto parent = parents_[place];
  if (parent == kNone) return false;
  const auto neighbour = best_shown(count, beside(place), place, opposite(way), missing);
  if (neighbour != kNone) {
    withhold(neighbour, Why::kProtects);
    deepen(count, neighbour, opposite(way), missing);
    return true;
  }
  for (const auto other : beside(place)) {
    if (other == place) continue;
    if (deepen(count, other, opposite(way), reach(count, other, opposite(way)) + missing))
      return true;
  }
  if (is_withheld(count, parent)) return widen(count, parent, way, missing);
  if (is_given_[parent]) return false;
  withhold(count, parent, Why::kProtects);
  return true;
}

// From the least that it can be to the most there must be as many candidates as the threshold, or
// all that its ceiling leaves.
std::int64_t TreeTable::wanted(const Count& count, std::uint32_t place) const {
  return std::min(count.fewest - kOne, std::max<std::int64_t>(count.ceilings[place] - kOne, 0));
}

bool TreeTable::is_protected(std::size_t number, std::uint32_t place) const {
  const Count& count = counts_[number];
  if (!is_small(count, place)) return true;
  const std::int64_t enough = wanted(count, place);
  const auto way = [&](Way to) {
    return std::min(reach(count, place, to), room(count, place, to, enough));
  };
  return way(Way::kUp) + way(Way::kDown) >= enough;
}

void TreeTable::protect(Count& count, std::uint32_t place) {
  const std::int64_t wanted = this->wanted(count, place);
  for (;;) {
    const auto up = reach(count, place, Way::kUp), down = reach(count, place, Way::kDown);
    const auto room_up = room(count, place, Way::kUp, wanted);
    const auto room_down = room(count, place, Way::kDown, wanted);
    const std::int64_t missing = wanted - std::min(up, room_up) - std::min(down, room_down);
    if (missing <= 0) return;
    if (room_up <= up && widen(count, place, Way::kUp, missing)) continue;
    if (up <= room_up && deepen(count, place, Way::kUp, up + missing)) continue;
    if (room_down <= down && widen(count, place, Way::kDown, missing)) continue;
    if (down > room_down || !deepen(count, place, Way::kDown, down + missing)) return;
  }
}

void TreeTable::protect() {
  for (Count& count : counts_)
    for (std::uint32_t place = 0; place < n_places(); ++place)
      if (is_small(count, place)) withhold(count, place, count.why);
  for (Count& count : counts_)
    for (std::uint32_t place = 0; place < n_places(); ++place)
      if (is_small(count, place)) protect(count, place);
}

}  // namespace qd::reading::disclosure
