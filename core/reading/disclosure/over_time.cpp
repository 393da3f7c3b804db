#include "core/reading/disclosure/over_time.hpp"

#include <algorithm>

namespace qd::reading::disclosure {
namespace {

Date begin_of_year(const Days& days) {
  return Period::quarter_of(days.from).readings().back().from;
}

std::size_t n_quarters(const Days& days) {
  const Period last = Period::quarter_of(days.until - std::chrono::days{1});
  return static_cast<std::size_t>(last.quarter_number());
}

OverTime::People people_that_add_up(const std::vector<PeopleCell>& cells,
                                    const OverTime::IsGiven& are_wanted) {
  OverTime::People people;
  for (const PeopleCell& cell : cells)
    if (over_quarters(*cell.figure->definition) == OverQuarters::kAddsUp && are_wanted(cell))
      people[which_of(cell)] = counts_of(*cell.figure);
  return people;
}

// What is left of a figure without those of the quarters that have it, and how many have.
std::pair<std::vector<std::int64_t>, std::size_t> less(
    std::vector<std::int64_t> people, const Which& which,
    const std::vector<OverTime::People>& quarters) {
  std::size_t n_published = 0;
  for (const auto& quarter : quarters) {
    const auto found = quarter.find(which);
    if (found == quarter.end()) continue;
    ++n_published;
    for (std::size_t way = 0; way < std::min(people.size(), found->second.size()); ++way)
      people[way] -= found->second[way];
  }
  return {std::move(people), n_published};
}

}  // namespace

OverTime::OverTime(const PeopleTables& tables) : tables_(tables) {
  for (const auto& [key, cells] : tables)
    by_part_[{key.subjects, key.part}].emplace_back(&key, &cells);
}

const std::vector<OverTime::TableCells>& OverTime::tables_of_part(const TableKey& key) const {
  return by_part_.at({key.subjects, key.part});
}

const OverTime::Values& OverTime::distinct_counts(const std::vector<PeopleCell>& cells) {
  const auto [found, is_new] = distinct_.try_emplace(&cells);
  auto& values = found->second;
  if (!is_new) return values;
  for (const PeopleCell& cell : cells)
    if (over_quarters(*cell.figure->definition) == OverQuarters::kOnce &&
        !counts_of(*cell.figure).empty())
      values[which_of(cell)] = cell.figure->value.numerator.millionths;
  return values;
}

void OverTime::add_differences(PlacedTable& placed, const TableKey& key,
                               const std::vector<PeopleCell>& cells, std::int64_t least) {
  const Date year_begins = begin_of_year(key.days);
  const Period quarter = Period::quarter_of(key.days.until - std::chrono::days{1});
  const bool is_within_year = quarter.quarter_number() == 2 || quarter.quarter_number() == 3;
  if (key.days.from != year_begins || !is_within_year) return;
  const Days last{quarter.from(), quarter.until()}, those_before{year_begins, quarter.from()};
  for (const auto& [days, other_days] : {std::pair{last, those_before}, {those_before, last}}) {
    const auto before = tables_.find(TableKey{key.subjects, key.part, days});
    if (before == tables_.end()) continue;
    const auto& values = distinct_counts(before->second);
    const auto other = tables_.find(TableKey{key.subjects, key.part, other_days});
    std::map<std::pair<std::string_view, std::uint32_t>, std::size_t> counts;
    for (const PeopleCell& cell : cells) {
      const auto value = values.find(which_of(cell));
      if (value == values.end()) continue;
      const auto [found, is_new] =
          counts.try_emplace({cell.figure->definition->code, cell.figure->breakdown}, 0);
      if (is_new) found->second = placed.add_difference(cell, 0, least);
      const auto place = placed.places.at(cell.figure->area);
      placed.table.set(found->second, place,
                       cell.figure->value.numerator.millionths - value->second);
      if (other == tables_.end()) continue;
      // All of the other part of the year are in the year to date as well.
      const auto& others = distinct_counts(other->second);
      if (const auto known = others.find(which_of(cell)); known != others.end())
        placed.table.raise_floor(found->second, place, known->second - value->second);
    }
  }
}

std::vector<OverTime::TableCells> OverTime::quarters_within(const TableKey& key) const {
  std::vector<TableCells> quarters;
  for (const auto& [other, others] : tables_of_part(key))
    if (other->days.are_a_quarter() && other->days.lie_within(key.days))
      quarters.emplace_back(other, others);
  return quarters;
}

std::set<Which> OverTime::known_by_quarters(const TableKey& key) const {
  std::map<Which, std::size_t> n_published;
  for (const auto& [other, others] : quarters_within(key))
    for (const PeopleCell& cell : *others) ++n_published[which_of(cell)];
  std::set<Which> known;
  for (const auto& [which, n] : n_published)
    if (n >= n_quarters(key.days)) known.insert(which);
  return known;
}

OverTime::People OverTime::told_by_the_others(const TableKey& key, const IsGiven& is_given) const {
  People told;
  for (const auto& [whole, wholes] : tables_of_part(key)) {
    if (whole->days == key.days || !key.days.lie_within(whole->days)) continue;
    std::vector<People> others;
    for (const auto& [other, cells] : quarters_within(*whole))
      if (other->days != key.days) others.push_back(people_that_add_up(*cells, is_given));
    if (others.size() + 1 != n_quarters(whole->days)) continue;
    for (const auto& [which, people] : people_that_add_up(*wholes, is_given))
      if (auto rest = less(people, which, others); rest.second == others.size())
        told.emplace(which, std::move(rest.first));
  }
  return told;
}

void OverTime::add_rests(PlacedTable& placed, const TableKey& key,
                         const std::vector<PeopleCell>& cells, std::int64_t least) {
  if (key.days.are_a_quarter() || key.days.from != begin_of_year(key.days)) return;
  std::vector<People> quarters;
  for (const auto& [other, others] : quarters_within(key))
    quarters.push_back(people_that_add_up(*others, [](const PeopleCell&) { return true; }));
  std::map<PlacedTable::Which, std::size_t> rests;
  for (const PeopleCell& cell : cells) {
    const auto [rest, n_published] = less(counts_of(*cell.figure), which_of(cell), quarters);
    if (n_published == 0 || n_published == n_quarters(key.days)) continue;
    for (std::size_t way = 0; way < rest.size(); ++way) {
      const auto [found, is_new] = rests.try_emplace(PlacedTable::count_of(cell, way), 0);
      if (is_new) found->second = placed.add_difference(cell, way, least);
      placed.table.set(found->second, placed.places.at(cell.figure->area), rest[way]);
    }
  }
}

void OverTime::add_bounds(PlacedTable& placed, const TableKey& key,
                          const std::vector<PeopleCell>& cells, const IsTold& is_told) {
  for (const auto& [other, others] : tables_of_part(key)) {
    if (other->days == key.days) continue;
    const bool is_around = other->days.lie_within(key.days);
    const bool is_within = key.days.lie_within(other->days);
    if (!is_around && !is_within) continue;
    const auto& values = distinct_counts(*others);
    for (const PeopleCell& cell : cells) {
      const auto value = values.find(which_of(cell));
      const auto count = placed.find(cell, 0);
      if (value == values.end() || !count) continue;
      const auto place = placed.places.at(cell.figure->area);
      if (is_around) placed.table.raise_floor(*count, place, value->second);
      if (is_within && is_told(*other, cell.figure->area))
        placed.table.lower_ceiling(*count, place, value->second);
    }
  }
  add_newcomers(placed, key, cells);
}

void OverTime::add_newcomers(PlacedTable& placed, const TableKey& key,
                             const std::vector<PeopleCell>& cells) {
  const Date year_begins = begin_of_year(key.days);
  const auto now = tables_.find({key.subjects, key.part, {year_begins, key.days.until}});
  const auto before = tables_.find({key.subjects, key.part, {year_begins, key.days.from}});
  if (key.days.from == year_begins || now == tables_.end() || before == tables_.end()) return;
  const auto& values_now = distinct_counts(now->second);
  const auto& values_before = distinct_counts(before->second);
  for (const PeopleCell& cell : cells) {
    const auto is = values_now.find(which_of(cell)), was = values_before.find(which_of(cell));
    const auto count = placed.find(cell, 0);
    if (is == values_now.end() || was == values_before.end() || !count) continue;
    placed.table.raise_floor(*count, placed.places.at(cell.figure->area), is->second - was->second);
  }
}

}  // namespace qd::reading::disclosure
