#include "core/reading/disclosure/decide.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/reading/disclosure/people_tables.hpp"
#include "core/reading/disclosure/placed_table.hpp"

namespace qd::reading::disclosure {
namespace {

class Decider {
 public:
  Decider(const YearFigures& year, const Rules& rules)
      : year_(year), rules_(rules), cells_(tables_of(year)) {
    for (const PeopleRun& run : year.runs) decision_[run.run];  // that it was decided upon
    for (const auto& [key, cells] : cells_)
      by_part_[{key.subjects, key.part}].emplace_back(&key, &cells);
  }

  YearDecision decide() {
    // What is withheld of one table may ask for more of another; what is withheld stays so, and
    // this comes to an end.
    do {
      changed_ = false;
      for (const auto& [key, cells] : cells_)
        if (fewest(key)) decide_table(key, cells);
    } while (changed_);
    if (rules_.fewest_people) carry_over_the_year();
    for (const PeopleRun& run : year_.runs)
      for (const auto position : run.unplaced) withhold(run, position, Why::kUndecided);
    return std::move(decision_);
  }

 private:
  using PlaceSet = std::map<std::uint32_t, Why>;  // areas where a table is withheld

  std::optional<std::int64_t> fewest(const TableKey& key) const {
    return key.part.special.empty() ? rules_.fewest_people : std::optional(rules_.fewest_special);
  }

  // By a special category neighbouring quarters would tell of the few who came or went between them
  // (B.6, step 5: or annually only).
  Why never_given(const TableKey& key) const {
    if (key.part.special.empty()) return Why::kShown;
    if (rules_.special_only_pooled && !key.part.overlapping.empty()) return Why::kPooled;
    const Period quarter = Period::quarter_of(key.days.from);
    const Period year = Period::year(quarter.start_year());
    return key.days == Days{year.from(), year.until()} ? Why::kShown : Why::kYearOnly;
  }

  void withhold(const PeopleCell& cell, Why why) {
    withhold(*cell.run, cell.figure->position, why);
  }
  void withhold(const PeopleRun& run, std::uint32_t position, Why why) {
    Reasons& reasons = decision_[run.run];
    if (reasons.size() <= position) reasons.resize(position + std::size_t{1});
    auto& reason = reasons[position];
    if (reason == Why::kShown) reason = why;
  }

  void decide_table(const TableKey& key, const std::vector<PeopleCell>& cells) {
    if (const Why why = never_given(key); why != Why::kShown) {
      for (const PeopleCell& cell : cells) withhold(cell, why);
      return;
    }
    PlacedTable placed(cells, *fewest(key));
    PlaceSet& withheld = withheld_[key.subjects][key];
    for (const auto& [area, why] : withheld) placed.table.withhold(placed.places.at(area), why);
    if (key.part.special.empty()) {
      add_differences(placed, key, cells, *fewest(key));
      add_bounds_of_time(placed, key, cells);
    } else {
      add_wholes(placed, cells);
    }
    follow_wholes(placed, key);
    const bool is_by_part = key.part.special.empty() && !key.part.overlapping.empty();
    if (is_by_part) placed.table.withhold_roots_by_count();
    placed.table.protect();
    if (is_by_part) placed.protect_rows_of_roots();
    for (std::uint32_t place = 0; place < placed.areas.size(); ++place)
      if (placed.table.is_withheld(place))
        changed_ |= withheld.emplace(placed.areas[place], placed.table.why(place)).second;
    withhold_cells(placed, key, cells);
  }

  // Of a root: what is withheld of one part of the people, be it of one count alone, is withheld of
  // the things told of the same part.
  void withhold_cells(const PlacedTable& placed, const TableKey& key,
                      const std::vector<PeopleCell>& cells) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, Why> parts;  // place and breakdown
    const auto why_of = [&](const PeopleCell& cell, std::uint32_t place) {
      Why why = placed.table.why(place);
      for (std::size_t way = 0; way < counts_of(*cell.figure).size() && why == Why::kShown; ++way)
        why = placed.table.why(placed.counts.at(PlacedTable::count_of(cell, way)), place);
      return why;
    };
    for (const PeopleCell& cell : cells) {
      const auto place = placed.places.at(cell.figure->area);
      const Why why = why_of(cell, place);
      if (why == Why::kShown) continue;
      withhold(cell, why);
      parts.try_emplace({place, cell.figure->breakdown}, why);
      if (!placed.table.is_withheld(place))
        changed_ |= partly_[key.subjects][key].emplace(cell.figure->area, why).second;
    }
    for (const PeopleCell& cell : cells) {
      if (cell.figure->definition->counts == Counted::kPeople) continue;
      const auto found = parts.find({placed.places.at(cell.figure->area), cell.figure->breakdown});
      if (found != parts.end()) withhold(cell, found->second);
    }
  }

  static Date begin_of_year(const Days& days) {
    return Period::quarter_of(days.from).readings().back().from;
  }

  // Of persons that are counted once however long: those of an earlier part of the year are among
  // those of the year to date, and the difference is a number of people, too. The year as a whole
  // is published whatever its distance to its quarters (B.6, step 5).
  void add_differences(PlacedTable& placed, const TableKey& key,
                       const std::vector<PeopleCell>& cells, std::int64_t least) {
    const Date year_begins = begin_of_year(key.days);
    const Period quarter = Period::quarter_of(key.days.until - std::chrono::days{1});
    const bool is_within_year = quarter.quarter_number() == 2 || quarter.quarter_number() == 3;
    if (key.days.from != year_begins || !is_within_year) return;
    const Days last{quarter.from(), quarter.until()}, those_before{year_begins, quarter.from()};
    for (const auto& [days, other_days] : {std::pair{last, those_before}, {those_before, last}}) {
      const auto before = cells_.find(TableKey{key.subjects, key.part, days});
      if (before == cells_.end()) continue;
      const auto& values = distinct_counts(before->second);
      const auto other = cells_.find(TableKey{key.subjects, key.part, other_days});
      std::map<std::pair<std::string_view, std::uint32_t>, std::size_t> counts;
      for (const PeopleCell& cell : cells) {
        const auto value = values.find(which_of(cell));
        if (value == values.end()) continue;
        const auto [found, is_new] =
            counts.try_emplace({cell.figure->definition->code, cell.figure->breakdown}, 0);
        if (is_new) found->second = placed.table.add_count(least, Why::kDifference);
        const auto place = placed.places.at(cell.figure->area);
        placed.table.set(found->second, place,
                         cell.figure->value.numerator.millionths - value->second);
        if (other == cells_.end()) continue;
        // All of the other part of the year are in the year to date as well.
        const auto& others = distinct_counts(other->second);
        if (const auto known = others.find(which_of(cell)); known != others.end())
          placed.table.raise_floor(found->second, place, known->second - value->second);
      }
    }
  }

  using Which = std::tuple<std::string_view, std::uint32_t, std::uint32_t>;
  static Which which_of(const PeopleCell& cell) {
    return {cell.figure->definition->code, cell.figure->breakdown, cell.figure->area};
  }
  // Of one table, made once.
  const std::map<Which, std::int64_t>& distinct_counts(const std::vector<PeopleCell>& cells) const {
    const auto [found, is_new] = distinct_.try_emplace(&cells);
    auto& values = found->second;
    if (!is_new) return values;
    for (const PeopleCell& cell : cells)
      if (cell.figure->definition->aggregation == Aggregation::kDistinctCount &&
          !counts_of(*cell.figure).empty())
        values[which_of(cell)] = cell.figure->value.numerator.millionths;
    return values;
  }

  // Whoever was counted in a quarter is counted in every year to date that holds it, and whoever is
  // new in a year to date was there in its last quarter: the one bounds the other from below, also
  // where it is withheld, for it may be worked out nearly; what is shown bounds it from above.
  void add_bounds_of_time(PlacedTable& placed, const TableKey& key,
                          const std::vector<PeopleCell>& cells) const {
    for (const auto& [other, others] : tables_of_part(key)) {
      if (other->days == key.days) continue;
      const bool lies_within =
          key.days.from <= other->days.from && other->days.until <= key.days.until;
      const bool lies_around =
          other->days.from <= key.days.from && key.days.until <= other->days.until;
      if (!lies_within && !lies_around) continue;
      const auto& values = distinct_counts(*others);
      for (const PeopleCell& cell : cells) {
        const auto value = values.find(which_of(cell));
        const auto known = placed.find(cell, 0);
        if (value == values.end() || !known) continue;
        const std::size_t count = *known;
        const auto place = placed.places.at(cell.figure->area);
        const bool is_told = !is_withheld(*other, cell.figure->area);
        if (lies_within) placed.table.raise_floor(count, place, value->second);
        if (is_told && lies_around && !is_among(partly_, *other, cell.figure->area))
          placed.table.lower_ceiling(count, place, value->second);
      }
    }
    add_newcomers(placed, key, cells);
  }

  void add_newcomers(PlacedTable& placed, const TableKey& key,
                     const std::vector<PeopleCell>& cells) const {
    const Date year_begins = begin_of_year(key.days);
    const auto now = cells_.find({key.subjects, key.part, {year_begins, key.days.until}});
    const auto before = cells_.find({key.subjects, key.part, {year_begins, key.days.from}});
    if (key.days.from == year_begins || now == cells_.end() || before == cells_.end()) return;
    const auto& values_now = distinct_counts(now->second);
    const auto& values_before = distinct_counts(before->second);
    for (const PeopleCell& cell : cells) {
      const auto area = cell.figure->area;
      const auto is = values_now.find(which_of(cell)), was = values_before.find(which_of(cell));
      const auto known = placed.find(cell, 0);
      if (is == values_now.end() || was == values_before.end() || !known) continue;
      const std::size_t count = *known;
      const auto place = placed.places.at(area);
      placed.table.raise_floor(count, place, is->second - was->second);
    }
  }

  using TableCells = std::pair<const TableKey*, const std::vector<PeopleCell>*>;
  const std::vector<TableCells>& tables_of_part(const TableKey& key) const {
    return by_part_.at({key.subjects, key.part});
  }

  bool is_withheld(const TableKey& key, std::uint32_t area) const {
    return is_among(withheld_, key, area);
  }
  using Places = std::map<std::string_view, std::map<TableKey, PlaceSet>>;  // by subjects
  static bool is_among(const Places& places, const TableKey& key, std::uint32_t area) {
    const auto of_subjects = places.find(key.subjects);
    if (of_subjects == places.end()) return false;
    const auto areas = of_subjects->second.find(key);
    return areas != of_subjects->second.end() && areas->second.count(area) != 0;
  }

  // By a special category everybody is counted in one part, and how many there are in all is known
  // wherever the whole is shown. Where all are in the same part, it tells what each of them is.
  void add_wholes(PlacedTable& placed, const std::vector<PeopleCell>& cells) const {
    using Whole =
        std::tuple<std::int64_t, std::string_view, int, std::uint32_t, std::string, std::size_t>;
    std::map<Whole, std::int64_t> wholes;
    const auto whole_of = [this](const PeopleCell& cell, std::size_t way) {
      const Definition& definition = *cell.figure->definition;
      return Whole{cell.run->run,
                   definition.code,
                   definition.version,
                   cell.figure->area,
                   without_special(definition, year_.breakdowns[cell.figure->breakdown]),
                   way};
    };
    for (const PeopleCell& cell : cells) {
      const auto values = counts_of(*cell.figure);
      for (std::size_t way = 0; way < values.size(); ++way)
        wholes[whole_of(cell, way)] += values[way];
    }
    for (const PeopleCell& cell : cells) {
      const auto values = counts_of(*cell.figure);
      const auto place = placed.places.at(cell.figure->area);
      for (std::size_t way = 0; way < values.size(); ++way) {
        const auto whole = wholes.at(whole_of(cell, way));
        placed.table.lower_ceiling(placed.counts.at(PlacedTable::count_of(cell, way)), place,
                                   whole);
        if (whole > 0 && values[way] == whole) placed.table.withhold(place, Why::kAllAlike);
      }
    }
  }

  // Where a whole is withheld so are its parts, which would tell of it.
  void follow_wholes(PlacedTable& placed, const TableKey& key) const {
    follow_wholes(withheld_, placed, key);
    follow_wholes(partly_, placed, key);
  }
  static void follow_wholes(const Places& places, PlacedTable& placed, const TableKey& key) {
    const auto of_subjects = places.find(key.subjects);
    if (of_subjects == places.end()) return;
    for (const auto& [other, areas] : of_subjects->second) {
      if (other.days != key.days || !is_whole_of(other.part, key.part)) continue;
      for (const auto& [area, why] : areas)
        if (const auto place = placed.places.find(area); place != placed.places.end())
          placed.table.withhold(place->second, Why::kWhole);
    }
  }
  static bool is_whole_of(const Part& whole, const Part& part) {
    const auto& more = part.overlapping;
    const auto& less = whole.overlapping;
    return whole != part && (whole.special.empty() || whole.special == part.special) &&
           std::includes(more.begin(), more.end(), less.begin(), less.end());
  }

  // What adds up over the year: where a quarter is withheld, so is every year to date that holds
  // it, and the year.
  void carry_over_the_year() {
    for (const auto& [name, tables] : by_part_)
      for (const auto& [key, cells] : tables) {
        const Period quarter = Period::quarter_of(key->days.from);
        if (key->days != Days{quarter.from(), quarter.until()}) continue;
        const auto withheld = additive_and_withheld(*cells);
        for (const auto& [other, others] : tables)
          if (other->days.from <= key->days.from && key->days.until <= other->days.until)
            for (const PeopleCell& cell : *others)
              if (withheld.count(which_of(cell)) != 0) withhold(cell, Why::kOverTime);
      }
  }
  std::set<Which> additive_and_withheld(const std::vector<PeopleCell>& cells) const {
    std::set<Which> withheld;
    for (const PeopleCell& cell : cells) {
      const Reasons& reasons = decision_.at(cell.run->run);
      const auto position = cell.figure->position;
      const bool is_withheld = position < reasons.size() && reasons[position] != Why::kShown;
      if (is_withheld && cell.figure->definition->aggregation == Aggregation::kAdditiveCount)
        withheld.insert(which_of(cell));
    }
    return withheld;
  }

  const YearFigures& year_;
  const Rules& rules_;
  PeopleTables cells_;
  Places withheld_, partly_;  // partly: of a root, not of every count
  std::map<std::pair<std::string_view, Part>, std::vector<TableCells>> by_part_;
  mutable std::map<const std::vector<PeopleCell>*, std::map<Which, std::int64_t>> distinct_;
  YearDecision decision_;
  bool changed_ = false;
};

}  // namespace

YearDecision decide(const YearFigures& year, const Rules& rules) {
  return Decider(year, rules).decide();
}

}  // namespace qd::reading::disclosure
