#include "core/reading/disclosure/placed_table.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading::disclosure {
namespace {

const std::vector<std::uint32_t>& parents_then(const PeopleCell& cell) {
  const auto readings = cell.run->period.readings();
  std::size_t at = 0;
  while (at + 1 < readings.size() && readings[at].reading != cell.figure->reading) ++at;
  return cell.run->parents[at];
}

}  // namespace

PlacedTable::Which PlacedTable::count_of(const PeopleCell& cell, std::size_t way) {
  const Definition& definition = *cell.figure->definition;
  return {cell.run->run, definition.code, definition.version, cell.figure->breakdown, way};
}

std::optional<std::size_t> PlacedTable::find(const PeopleCell& cell, std::size_t way) const {
  const auto found = counts.find(count_of(cell, way));
  return found == counts.end() ? std::nullopt : std::optional(found->second);
}

PlacedTable::PlacedTable(const std::vector<PeopleCell>& cells, std::int64_t fewest)
    : fewest_(fewest) {
  place(cells);
  for (const PeopleCell& cell : cells) {
    const auto values = counts_of(*cell.figure);
    for (std::size_t way = 0; way < values.size(); ++way) {
      const auto [found, is_new] = counts.try_emplace(count_of(cell, way), 0);
      if (is_new) found->second = table.add_count(fewest);
      table.set(found->second, places.at(cell.figure->area), values[way]);
    }
  }
}

// A place lies in the nearest place above it that the table has.
void PlacedTable::place(const std::vector<PeopleCell>& cells) {
  for (const PeopleCell& cell : cells) places.emplace(cell.figure->area, 0);
  for (auto& [area, place] : places) {
    place = static_cast<std::uint32_t>(areas.size());
    areas.push_back(area);
  }
  std::vector<std::uint32_t> parents(areas.size(), TreeTable::kNone);
  for (const PeopleCell& cell : cells) {
    auto& parent = parents[places.at(cell.figure->area)];
    if (parent == TreeTable::kNone) parent = parent_of(cell);
  }
  table = TreeTable(std::move(parents));
}

std::uint32_t PlacedTable::parent_of(const PeopleCell& cell) const {
  const auto& parents = parents_then(cell);
  for (auto area = parents[cell.figure->area]; area != AreaTree::kRoot && area != AreaTree::kAbsent;
       area = parents[area]) {
    const auto found = places.find(area);
    if (found != places.end()) return found->second;
  }
  return TreeTable::kNone;
}

std::size_t PlacedTable::add_difference(const PeopleCell& cell, std::size_t way,
                                        std::int64_t least) {
  const std::size_t count = table.add_count(least, Why::kDifference);
  differences_.emplace_back(count, counts.at(count_of(cell, way)));
  return count;
}

void PlacedTable::follow_differences() {
  for (const auto& [difference, count] : differences_)
    for (std::uint32_t place = 0; place < areas.size(); ++place)
      if (table.is_root(place) && table.why(difference, place) != Why::kShown)
        table.withhold(count, place, table.why(difference, place));
}

void PlacedTable::protect_rows_of_roots() {
  using Row = std::tuple<std::int64_t, std::string_view, int, std::size_t>;
  std::map<Row, std::vector<std::size_t>> rows;
  for (const auto& [which, count] : counts) {
    const auto& [run, code, version, breakdown, way] = which;
    rows[{run, code, version, way}].push_back(count);
  }
  for (std::uint32_t place = 0; place < areas.size(); ++place)
    if (table.is_root(place) && !table.is_withheld(place))
      for (auto& [row, parts] : rows) protect_row(place, parts);
}

void PlacedTable::protect_row(std::uint32_t root, std::vector<std::size_t>& parts) {
  std::sort(parts.begin(), parts.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(table.of(a, root), a) < std::pair(table.of(b, root), b);
  });
  const auto is_withheld = [&](std::size_t part) { return table.why(part, root) != Why::kShown; };
  if (std::none_of(parts.begin(), parts.end(), is_withheld)) return;
  const auto spare_of = [&](std::size_t part) {
    return std::max<std::int64_t>(table.of(part, root) - Number::kScale, 0);
  };
  std::int64_t spare = 0, most = 0;  // of all that are withheld; of one that must not be told
  for (const auto part : parts) {
    if (!is_withheld(part)) continue;
    spare += spare_of(part);
    most = std::max(most, spare_of(part));
  }
  for (const auto part : parts) {
    if (spare - most >= (fewest_ - 1) * Number::kScale) return;
    if (is_withheld(part) || table.of(part, root) == 0) continue;
    table.withhold(part, root, Why::kProtects);
    spare += spare_of(part);
  }
}

}  // namespace qd::reading::disclosure
