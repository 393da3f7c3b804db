#include "core/reading/disclosure/places_that_stay.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace qd::reading::disclosure {
namespace {

// Ways in which people can be read off figures where both have hardly another number: of a share
// those who said so may be many more and those who did not the same as before.
struct Nearly {
  bool any = false;
  bool small = false;  // where it was a small number before
};

Nearly nearly(const PeopleFigure& now, const PeopleFigure& before, std::int64_t least) {
  const auto values = counts_of(now), others = counts_of(before);
  Nearly found;
  if (values.size() != others.size()) return found;
  for (std::size_t way = 0; way < values.size(); ++way) {
    if (std::abs(values[way] - others[way]) >= least * Number::kScale) continue;
    found.any = true;
    found.small |= others[way] > 0 && others[way] < least * Number::kScale;
  }
  return found;
}

struct Before {
  std::multimap<Which, const PeopleCell*> withheld;
  std::set<std::uint32_t> told;  // areas where something was shown
};

Before what_was_before(const std::vector<PeopleCell>& cells, const YearDecision& decision) {
  Before before;
  for (const PeopleCell& cell : cells) {
    const Why why = why_of(decision.at(cell.run->run), cell.figure->position);
    if (why == Why::kShown && !counts_of(*cell.figure).empty())
      before.told.insert(cell.figure->area);
    if (why != Why::kShown && why != Why::kStays) before.withheld.emplace(which_of(cell), &cell);
  }
  return before;
}

// What was withheld beside a small number that stays, or around it, protected it: shown now it
// would tell what that was. Until nothing more is found.
void spread(std::set<std::uint32_t>& staying, const std::set<std::uint32_t>& withheld,
            const std::vector<PeopleCell>& cells, std::int64_t least) {
  const PlacedTable placed(cells, least);
  const auto parent = [&](std::uint32_t area) {
    const auto place = placed.places.find(area);
    return place == placed.places.end() ? TreeTable::kNone : placed.table.parent(place->second);
  };
  for (bool any = true; any;) {
    any = false;
    std::set<std::uint32_t> parents;
    for (const auto area : staying)
      if (parent(area) != TreeTable::kNone) parents.insert(parent(area));
    for (const auto area : withheld) {
      const bool is_around =
          placed.places.count(area) != 0 && parents.count(placed.places.at(area)) != 0;
      if (is_around || parents.count(parent(area)) != 0) any |= staying.insert(area).second;
    }
  }
}

using Newest = std::map<Which, const PeopleCell*>;

// visit(now, before, way) for each way that people can be read off a figure in both.
template <class Visit>
void for_each_way(const PeopleCell& cell, const Newest& newest, Visit&& visit) {
  const auto was = newest.find(which_of(cell));
  if (was == newest.end()) return;
  const auto values = counts_of(*cell.figure), others = counts_of(*was->second->figure);
  for (std::size_t way = 0; way < std::min(values.size(), others.size()); ++way)
    visit(values[way], others[way], way);
}

struct Changes {
  bool any_more = false, any_less = false;
};

// Where nothing changed there is nothing to know.
Changes changes_of(const std::vector<PeopleCell>& cells, const Newest& newest) {
  Changes changes;
  for (const PeopleCell& cell : cells)
    for_each_way(cell, newest, [&](std::int64_t now, std::int64_t before, std::size_t) {
      changes.any_more |= now > before;
      changes.any_less |= now < before;
    });
  const bool is_same = !changes.any_more && !changes.any_less;
  return is_same ? Changes{true, true} : changes;
}

}  // namespace

void bound_by_those_before(PlacedTable& placed, const std::vector<PeopleCell>& cells,
                           const std::vector<PeopleCell>& before, const YearDecision& decision) {
  Newest newest, shown;
  for (const PeopleCell& cell : before) {
    newest[which_of(cell)] = &cell;
    const bool is_shown = why_of(decision.at(cell.run->run), cell.figure->position) == Why::kShown;
    if (is_shown) shown[which_of(cell)] = &cell;
    if (!is_shown) shown.erase(which_of(cell));
  }
  const Changes changes = changes_of(cells, newest);
  for (const PeopleCell& cell : cells)
    for_each_way(cell, shown, [&](std::int64_t, std::int64_t was, std::size_t way) {
      const auto count = placed.counts.at(PlacedTable::count_of(cell, way));
      const auto place = placed.places.at(cell.figure->area);
      if (!changes.any_less) placed.table.raise_floor(count, place, was);
      if (!changes.any_more) placed.table.lower_ceiling(count, place, was);
    });
}

PlacesThatStay places_that_stay(const std::vector<PeopleCell>& cells,
                                const std::vector<PeopleCell>& those_before,
                                const YearDecision& decision, std::int64_t least) {
  const Before before = what_was_before(those_before, decision);
  PlacesThatStay stay;
  std::set<std::uint32_t> withheld, small;
  for (const auto& [which, cell] : before.withheld)
    if (before.told.count(cell->figure->area) == 0) withheld.insert(cell->figure->area);
  for (const PeopleCell& cell : cells) {
    const auto [begin, end] = before.withheld.equal_range(which_of(cell));
    const auto area = cell.figure->area;
    for (auto one = begin; one != end; ++one) {
      const Nearly found = nearly(*cell.figure, *one->second->figure, least);
      if (!found.any) continue;
      if (withheld.count(area) == 0) stay.parts.emplace(area, cell.figure->breakdown);
      if (withheld.count(area) != 0) stay.whole.insert(area);
      if (withheld.count(area) != 0 && found.small) small.insert(area);
    }
  }
  if (!small.empty()) spread(small, withheld, cells, least);
  stay.whole.insert(small.begin(), small.end());
  return stay;
}

}  // namespace qd::reading::disclosure
