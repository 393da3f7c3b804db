#include "core/reading/disclosure/decide.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/reading/disclosure/people_tables.hpp"

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
  // The places of a table, and its counts.
  struct Placed {
    std::vector<std::uint32_t> areas;  // by place
    std::map<std::uint32_t, std::uint32_t> places;
    TreeTable table{{}};
  };
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
    Placed placed = placed_of(cells);
    PlaceSet& withheld = withheld_[key.subjects][key];
    for (const auto& [area, why] : withheld) placed.table.withhold(placed.places.at(area), why);
    const Counts counts = add_counts(placed, cells, *fewest(key));
    if (key.part.special.empty()) {
      add_differences(placed, key, cells, *fewest(key));
      add_bounds_of_time(placed, key, cells, counts);
    } else {
      add_wholes(placed, cells, counts);
    }
    follow_wholes(placed, key);
    placed.table.protect();
    for (std::uint32_t place = 0; place < placed.areas.size(); ++place)
      if (placed.table.is_withheld(place))
        changed_ |= withheld.emplace(placed.areas[place], placed.table.why(place)).second;
    for (const PeopleCell& cell : cells) {
      const Why why = placed.table.why(placed.places.at(cell.figure->area));
      if (why != Why::kShown) withhold(cell, why);
    }
  }

  // A place lies in the nearest place above it that the table has.
  Placed placed_of(const std::vector<PeopleCell>& cells) const {
    Placed placed;
    for (const PeopleCell& cell : cells) placed.places.emplace(cell.figure->area, 0);
    for (auto& [area, place] : placed.places) {
      place = static_cast<std::uint32_t>(placed.areas.size());
      placed.areas.push_back(area);
    }
    std::vector<std::uint32_t> parents(placed.areas.size(), TreeTable::kNone);
    for (const PeopleCell& cell : cells) {
      const auto place = placed.places.at(cell.figure->area);
      if (parents[place] == TreeTable::kNone) parents[place] = parent_of(cell, placed);
    }
    placed.table = TreeTable(std::move(parents));
    return placed;
  }
  static std::uint32_t parent_of(const PeopleCell& cell, const Placed& placed) {
    const auto& parents = parents_then(cell);
    for (auto area = parents[cell.figure->area];
         area != AreaTree::kRoot && area != AreaTree::kAbsent; area = parents[area]) {
      const auto found = placed.places.find(area);
      if (found != placed.places.end()) return found->second;
    }
    return TreeTable::kNone;
  }
  static const std::vector<std::uint32_t>& parents_then(const PeopleCell& cell) {
    const auto readings = cell.run->period.readings();
    std::size_t at = 0;
    while (at + 1 < readings.size() && readings[at].reading != cell.figure->reading) ++at;
    return cell.run->parents[at];
  }

  // Which count a figure's is: by run, indicator, breakdown and the way it is read off.
  using Counts =
      std::map<std::tuple<std::int64_t, std::string_view, int, std::uint32_t, std::size_t>,
               std::size_t>;
  static Counts::key_type count_of(const PeopleCell& cell, std::size_t way) {
    const Definition& definition = *cell.figure->definition;
    return {cell.run->run, definition.code, definition.version, cell.figure->breakdown, way};
  }

  static Counts add_counts(Placed& placed, const std::vector<PeopleCell>& cells,
                           std::int64_t least) {
    Counts counts;
    for (const PeopleCell& cell : cells) {
      const auto values = counts_of(*cell.figure);
      for (std::size_t way = 0; way < values.size(); ++way) {
        const auto [found, is_new] = counts.try_emplace(count_of(cell, way), 0);
        if (is_new) found->second = placed.table.add_count(least);
        placed.table.set(found->second, placed.places.at(cell.figure->area), values[way]);
      }
    }
    return counts;
  }

  static Date begin_of_year(const Days& days) {
    return Period::quarter_of(days.from).readings().back().from;
  }

  // Of persons that are counted once however long: those of an earlier part of the year are among
  // those of the year to date, and the difference is a number of people, too. The year as a whole
  // is published whatever its distance to its quarters (B.6, step 5).
  void add_differences(Placed& placed, const TableKey& key, const std::vector<PeopleCell>& cells,
                       std::int64_t least) {
    const Date year_begins = begin_of_year(key.days);
    const Period quarter = Period::quarter_of(key.days.until - std::chrono::days{1});
    const bool is_within_year = quarter.quarter_number() == 2 || quarter.quarter_number() == 3;
    if (key.days.from != year_begins || !is_within_year) return;
    const Days earlier[] = {{quarter.from(), quarter.until()}, {year_begins, quarter.from()}};
    for (const Days& days : earlier) {
      const auto before = cells_.find(TableKey{key.subjects, key.part, days});
      if (before == cells_.end()) continue;
      const auto& values = distinct_counts(before->second);
      std::map<std::pair<std::string_view, std::uint32_t>, std::size_t> counts;
      for (const PeopleCell& cell : cells) {
        const auto value = values.find(which_of(cell));
        if (value == values.end()) continue;
        const auto [found, is_new] =
            counts.try_emplace({cell.figure->definition->code, cell.figure->breakdown}, 0);
        if (is_new) found->second = placed.table.add_count(least, Why::kDifference);
        placed.table.set(found->second, placed.places.at(cell.figure->area),
                         cell.figure->value.numerator.millionths - value->second);
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
          cell.figure->definition->counts == Counted::kPeople)
        values[which_of(cell)] = cell.figure->value.numerator.millionths;
    return values;
  }

  // Whoever was counted in a quarter is counted in every year to date that holds it, and whoever is
  // new in a year to date was there in its last quarter: what is shown of the one bounds the other.
  void add_bounds_of_time(Placed& placed, const TableKey& key, const std::vector<PeopleCell>& cells,
                          const Counts& counts) const {
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
        if (value == values.end()) continue;
        const auto count = counts.at(count_of(cell, 0));
        const auto place = placed.places.at(cell.figure->area);
        const bool is_told = !is_withheld(*other, cell.figure->area);
        if (is_told) placed.table.set_told_elsewhere(count, place);
        if (lies_within) placed.table.raise_untold_floor(count, place, value->second);
        if (is_told && lies_within) placed.table.raise_floor(count, place, value->second);
        if (is_told && lies_around) placed.table.lower_ceiling(count, place, value->second);
      }
    }
    add_newcomers(placed, key, cells, counts);
  }

  void add_newcomers(Placed& placed, const TableKey& key, const std::vector<PeopleCell>& cells,
                     const Counts& counts) const {
    const Date year_begins = begin_of_year(key.days);
    const auto now = cells_.find({key.subjects, key.part, {year_begins, key.days.until}});
    const auto before = cells_.find({key.subjects, key.part, {year_begins, key.days.from}});
    if (key.days.from == year_begins || now == cells_.end() || before == cells_.end()) return;
    const auto& values_now = distinct_counts(now->second);
    const auto& values_before = distinct_counts(before->second);
    for (const PeopleCell& cell : cells) {
      const auto area = cell.figure->area;
      const auto is = values_now.find(which_of(cell)), was = values_before.find(which_of(cell));
      if (is == values_now.end() || was == values_before.end()) continue;
      const auto count = counts.at(count_of(cell, 0));
      const auto place = placed.places.at(area);
      const std::int64_t newcomers = is->second - was->second;
      placed.table.raise_untold_floor(count, place, newcomers);
      if (!is_withheld(now->first, area) && !is_withheld(before->first, area))
        placed.table.raise_floor(count, place, newcomers);
    }
  }

  using TableCells = std::pair<const TableKey*, const std::vector<PeopleCell>*>;
  const std::vector<TableCells>& tables_of_part(const TableKey& key) const {
    return by_part_.at({key.subjects, key.part});
  }

  bool is_withheld(const TableKey& key, std::uint32_t area) const {
    const auto of_subjects = withheld_.find(key.subjects);
    if (of_subjects == withheld_.end()) return false;
    const auto areas = of_subjects->second.find(key);
    return areas != of_subjects->second.end() && areas->second.count(area) != 0;
  }

  // By a special category everybody is counted in one part, and how many there are in all is known
  // wherever the whole is shown. Where all are in the same part, it tells what each of them is.
  void add_wholes(Placed& placed, const std::vector<PeopleCell>& cells,
                  const Counts& counts) const {
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
        placed.table.lower_ceiling(counts.at(count_of(cell, way)), place, whole);
        if (whole > 0 && values[way] == whole) placed.table.withhold(place, Why::kAllAlike);
      }
    }
  }

  // Where a whole is withheld so are its parts, which would tell of it.
  void follow_wholes(Placed& placed, const TableKey& key) const {
    const auto of_subjects = withheld_.find(key.subjects);
    if (of_subjects == withheld_.end()) return;
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
    for (const auto& [key, cells] : cells_)
      for (const PeopleCell& cell : cells)
        if (cell.figure->definition->aggregation == Aggregation::kAdditiveCount &&
            holds_a_withheld_quarter(key, cell.figure->area))
          withhold(cell, Why::kOverTime);
  }
  bool holds_a_withheld_quarter(const TableKey& key, std::uint32_t area) const {
    const auto of_subjects = withheld_.find(key.subjects);
    if (of_subjects == withheld_.end()) return false;
    for (const auto& [other, areas] : of_subjects->second)
      if (other.part == key.part && key.days.from <= other.days.from &&
          other.days.until <= key.days.until && areas.count(area) != 0)
        return true;
    return false;
  }

  const YearFigures& year_;
  const Rules& rules_;
  PeopleTables cells_;
  std::map<std::string_view, std::map<TableKey, PlaceSet>> withheld_;  // by subjects
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
