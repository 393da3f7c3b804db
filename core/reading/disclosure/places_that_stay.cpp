#include "core/reading/disclosure/places_that_stay.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace qd::reading::disclosure {
namespace {

// In any way that people can be read off them: of a share those who said so may be many more and
// those who did not the same as before.
bool is_nearly(const PeopleFigure& one, const PeopleFigure& other, std::int64_t least) {
  const auto values = counts_of(one), others = counts_of(other);
  if (values.size() != others.size()) return false;
  for (std::size_t way = 0; way < values.size(); ++way)
    if (std::abs(values[way] - others[way]) < least * Number::kScale) return true;
  return false;
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

}  // namespace

PlacesThatStay places_that_stay(const std::vector<PeopleCell>& cells,
                                const std::vector<PeopleCell>& those_before,
                                const YearDecision& decision, std::int64_t least) {
  const Before before = what_was_before(those_before, decision);
  PlacesThatStay stay;
  for (const PeopleCell& cell : cells) {
    const auto [begin, end] = before.withheld.equal_range(which_of(cell));
    const bool stays = std::any_of(begin, end, [&](const auto& one) {
      return is_nearly(*cell.figure, *one.second->figure, least);
    });
    const auto area = cell.figure->area;
    if (stays && before.told.count(area) != 0) stay.parts.emplace(area, cell.figure->breakdown);
    if (stays && before.told.count(area) == 0) stay.whole.insert(area);
  }
  return stay;
}

}  // namespace qd::reading::disclosure
