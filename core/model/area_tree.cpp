#include "core/model/area_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd {
namespace {

bool exists_during(const Area& area, const ReadingWindow& window) {
  return overlap({area.valid_from, area.valid_until}, {window.from, window.until});
}

}  // namespace

Result<AreaTree> AreaTree::build(std::vector<Area> areas,
                                 const std::vector<ReadingWindow>& readings) {
  std::sort(areas.begin(), areas.end(),
            [](const Area& a, const Area& b) { return a.code < b.code; });
  AreaTree tree;
  for (const Area& area : areas) tree.codes_.push_back(area.code);
  tree.index_codes();
  if (areas.size() > kMostAreas)
    return fail(ErrorCode::kRuleBroken, fmt::format("more than {} areas", kMostAreas));
  if (tree.places_.size() != areas.size())
    return fail(ErrorCode::kRuleBroken, "an area is there twice", "correct the areas");
  for (const Area& area : areas) {
    if (!area.parent.empty() && !tree.find(area.parent))
      return fail(ErrorCode::kReferenceUnknown,
                  fmt::format("area {} lies in {}, which is not there", area.code, area.parent),
                  "import the area it lies in");
  }
  for (const ReadingWindow& window : readings) {
    std::vector<std::uint32_t> parents(areas.size(), kAbsent);
    for (std::size_t i = 0; i < areas.size(); ++i) {
      if (!exists_during(areas[i], window)) continue;
      const auto parent = tree.find(areas[i].parent);
      parents[i] = parent && exists_during(areas[*parent], window) ? *parent : kRoot;
    }
    tree.parents_.push_back(std::move(parents));
    if (const auto area = tree.area_in_circle(tree.parents_.size() - 1))
      return fail(ErrorCode::kRuleBroken,
                  fmt::format("the areas above {} go round in a circle", areas[*area].code),
                  "correct the parent of one of them");
  }
  return tree;
}

std::optional<AreaTree> AreaTree::restore(std::vector<std::string> codes,
                                          std::vector<std::vector<std::uint32_t>> parents) {
  AreaTree tree;
  tree.codes_ = std::move(codes);
  tree.parents_ = std::move(parents);
  tree.index_codes();
  for (std::size_t reading = 0; reading < tree.parents_.size(); ++reading) {
    const auto& above = tree.parents_[reading];
    const auto is_legal = [&](std::uint32_t parent) {
      return parent == kRoot || parent == kAbsent || parent < tree.size();
    };
    if (above.size() != tree.size()) return std::nullopt;
    if (!std::all_of(above.begin(), above.end(), is_legal)) return std::nullopt;
    if (tree.area_in_circle(reading)) return std::nullopt;
  }
  return tree;
}

void AreaTree::index_codes() {
  places_.reserve(codes_.size());
  for (std::size_t i = 0; i < codes_.size(); ++i)
    places_.emplace(codes_[i], static_cast<std::uint32_t>(i));
}

std::optional<std::uint32_t> AreaTree::find(std::string_view code) const {
  const auto found = places_.find(code);
  if (found == places_.end()) return std::nullopt;
  return found->second;
}

// Every area has one parent, so a walk that does not end within size() steps is in a circle.
std::optional<std::uint32_t> AreaTree::area_in_circle(std::size_t reading) const {
  enum : char { kUnseen, kOnThisWalk, kSafe };
  std::vector<char> seen(size(), kUnseen);
  const auto& above = parents_[reading];
  for (std::uint32_t start = 0; start < size(); ++start) {
    std::uint32_t at = start;
    for (; at < size() && seen[at] == kUnseen; at = above[at]) seen[at] = kOnThisWalk;
    if (at < size() && seen[at] == kOnThisWalk) return at;
    for (at = start; at < size() && seen[at] == kOnThisWalk; at = above[at]) seen[at] = kSafe;
  }
  return std::nullopt;
}

std::vector<std::uint32_t> AreaTree::depths(std::size_t reading) const {
  const auto& above = parents_[reading];
  std::vector<std::uint32_t> depths(size(), 0);
  for (std::uint32_t area = 0; area < size(); ++area)
    for (auto at = above[area]; at < size(); at = above[at]) ++depths[area];
  return depths;
}

std::vector<std::uint32_t> AreaTree::subtree(std::size_t reading, std::uint32_t area) const {
  const auto& above = parents_[reading];
  std::vector<std::uint32_t> below;
  for (std::uint32_t leaf = 0; leaf < size(); ++leaf) {
    auto at = leaf;
    while (at < size() && at != area) at = above[at];
    if (at == area) below.push_back(leaf);
  }
  return below;
}

}  // namespace qd
