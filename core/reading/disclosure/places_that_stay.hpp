// What was withheld when figures were computed before, and is hardly another number now.
#pragma once

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "core/reading/disclosure/decide.hpp"
#include "core/reading/disclosure/people_tables.hpp"
#include "core/reading/disclosure/placed_table.hpp"

namespace qd::reading::disclosure {

// Where a table must not be shown, by area; of places that are told in part, by breakdown as well.
struct PlacesThatStay {
  std::set<std::uint32_t> whole;
  std::set<std::pair<std::uint32_t, std::uint32_t>> parts;
};

// `before` are the cells of the same table in runs that were replaced, with what was decided upon
// them: who has both would know what it was. What stayed withheld for the past alone does not
// count: a figure is shown again once it is far enough from what was withheld for its own sake.
PlacesThatStay places_that_stay(const std::vector<PeopleCell>& cells,
                                const std::vector<PeopleCell>& before, const YearDecision& decision,
                                std::int64_t least);

// Whoever knows why it is computed again knows that it became more, or that it became less: then
// what was shown before bounds what is there now, withheld or not.
void bound_by_those_before(PlacedTable& placed, const std::vector<PeopleCell>& cells,
                           const std::vector<PeopleCell>& before, const YearDecision& decision);

}  // namespace qd::reading::disclosure
