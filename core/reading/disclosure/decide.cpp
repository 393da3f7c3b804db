#include "core/reading/disclosure/decide.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/reading/disclosure/over_time.hpp"
#include "core/reading/disclosure/people_tables.hpp"
#include "core/reading/disclosure/placed_table.hpp"
#include "core/reading/disclosure/places_that_stay.hpp"

namespace qd::reading::disclosure {
namespace {

class Decider {
 public:
  Decider(const YearFigures& year, const Rules& rules, const YearDecision& before)
      : year_(year),
        rules_(rules),
        before_(before),
        cells_(tables_of(year, year.runs)),
        replaced_(tables_of(year, year.replaced)),
        over_time_(cells_),
        decision_(before) {
    for (const PeopleRun& run : year.runs) decision_[run.run];  // that it was decided upon
    for (const auto& [key, cells] : cells_) remember_settled(key, cells);
    for (const auto& [key, cells] : cells_)
      if (is_settled(cells) && fewest(key)) carry_settled(key, cells);
  }

  YearDecision decide() {
    // What is withheld of one table may ask for more of another; what is withheld stays so, and
    // this comes to an end.
    do {
      changed_ = false;
      for (const auto& [key, cells] : cells_)
        if (fewest(key)) decide_table(key, cells);
      for (const auto& [key, cells] : cells_)
        if (fewest(key)) guard_settled(key, cells);
    } while (changed_);
    for (const auto& [key, cells] : cells_) keep_withheld(key, cells);
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

  bool is_settled(const PeopleRun& run) const { return before_.count(run.run) != 0; }
  bool is_settled(const std::vector<PeopleCell>& cells) const {
    return std::all_of(cells.begin(), cells.end(),
                       [this](const PeopleCell& cell) { return is_settled(*cell.run); });
  }
  Why why(const PeopleCell& cell) const {
    return why_of(decision_.at(cell.run->run), cell.figure->position);
  }

  // What is withheld of a settled table: of a place all that counts people, or a part of it.
  void remember_settled(const TableKey& key, const std::vector<PeopleCell>& cells) {
    std::map<std::uint32_t, std::pair<Why, bool>> places;  // and whether any is shown
    for (const PeopleCell& cell : cells) {
      if (!is_settled(*cell.run) || cell.figure->definition->counts != Counted::kPeople) continue;
      auto& [reason, any_shown] = places[cell.figure->area];
      // What stays withheld here may protect what is decided now.
      reason = std::max(reason, why(cell) == Why::kStays ? Why::kOverTime : why(cell));
      any_shown = any_shown || why(cell) == Why::kShown;
    }
    for (const auto& [area, told] : places)
      if (told.first != Why::kShown)
        (told.second ? partly_ : withheld_)[key.subjects][key].emplace(area, told.first);
  }

  // Persons that were counted in a settled table are counted in those around it. What was withheld
  // and is hardly more there would be bounded by it.
  void carry_settled(const TableKey& key, const std::vector<PeopleCell>& cells) {
    if (!key.part.special.empty()) return;
    std::vector<PeopleCell> persons = cells;
    std::erase_if(persons, [](const PeopleCell& cell) {
      return over_quarters(*cell.figure->definition) != OverQuarters::kOnce;
    });
    for (const auto& [other, others] : over_time_.tables_of_part(key)) {
      if (other->days == key.days || !key.days.lie_within(other->days) || is_settled(*others))
        continue;
      for (const auto area : places_that_stay(*others, persons, decision_, *fewest(key)).whole)
        withheld_[key.subjects][*other].emplace(area, Why::kOverTime);
    }
  }

  void withhold(const PeopleCell& cell, Why why) {
    withhold(*cell.run, cell.figure->position, why);
  }
  void withhold(const PeopleRun& run, std::uint32_t position, Why why) {
    if (is_settled(run)) return;
    Reasons& reasons = decision_[run.run];
    if (reasons.size() <= position) reasons.resize(position + std::size_t{1});
    auto& reason = reasons[position];
    if (reason == Why::kShown) reason = why;
  }

  void decide_table(const TableKey& key, const std::vector<PeopleCell>& cells) {
    if (is_settled(cells)) return;
    if (const Why why = never_given(key); why != Why::kShown) {
      for (const PeopleCell& cell : cells) withhold(cell, why);
      return;
    }
    PlacedTable placed(cells, *fewest(key));
    PlaceSet& withheld = withheld_[key.subjects][key];
    for (const auto& [area, why] : withheld) placed.table.withhold(placed.places.at(area), why);
    give_settled(placed, key, cells);
    if (const auto before = replaced_.find(key); before != replaced_.end())
      bound_by_those_before(placed, cells, before->second, decision_);
    if (key.part.special.empty()) {
      over_time_.add_differences(placed, key, cells, *fewest(key));
      over_time_.add_rests(placed, key, cells, *fewest(key));
      over_time_.add_bounds(placed, key, cells, is_told_);
    } else {
      add_wholes(placed, cells);
    }
    follow_wholes(placed, key);
    const bool is_by_part = key.part.special.empty() && !key.part.overlapping.empty();
    if (is_by_part) placed.table.withhold_roots_by_count();
    placed.table.protect();
    placed.follow_differences();
    if (is_by_part) placed.protect_rows_of_roots();
    for (std::uint32_t place = 0; place < placed.areas.size(); ++place)
      if (placed.table.is_withheld(place))
        changed_ |= withheld.emplace(placed.areas[place], placed.table.why(place)).second;
    withhold_cells(placed, key, cells);
  }

  // What was given of a settled table stays: where later figures would tell more of it, those are
  // withheld, at the place itself and at those it was protected by. Of one alone what is withheld
  // would follow from the others.
  void guard_settled(const TableKey& key, const std::vector<PeopleCell>& cells) {
    if (!is_settled(cells) || !key.part.special.empty()) return;
    PlacedTable placed(cells, *fewest(key));
    for (const auto& [area, why] : withheld_[key.subjects][key])
      placed.table.withhold(placed.places.at(area), why);
    over_time_.add_bounds(placed, key, cells, is_told_);
    for (const auto& [which, count] : placed.counts)
      for (std::uint32_t place = 0; place < placed.areas.size(); ++place)
        if (placed.table.is_withheld(place) && !placed.table.is_protected(count, place))
          changed_ |= withhold_around(placed, key, place);
  }
  // False: there is nothing more to withhold.
  bool withhold_around(const PlacedTable& placed, const TableKey& key, std::uint32_t place) {
    for (auto at = place; at != TreeTable::kNone; at = placed.table.parent(at)) {
      bool any = withhold_later(key, placed.areas[at]);
      for (std::uint32_t other = 0; other < placed.areas.size(); ++other)
        if (placed.table.parent(other) == placed.table.parent(at) &&
            placed.table.is_withheld(other))
          any |= withhold_later(key, placed.areas[other]);
      if (any) return true;
    }
    return false;
  }
  // In tables around these days that are not settled.
  bool withhold_later(const TableKey& key, std::uint32_t area) {
    bool any = false;
    for (const auto& [other, cells] : over_time_.tables_of_part(key)) {
      const bool lies_around = other->days != key.days && key.days.lie_within(other->days);
      const bool has_place =
          std::any_of(cells->begin(), cells->end(), [&, area = area](const auto& cell) {
            return cell.figure->area == area && !is_settled(*cell.run);
          });
      if (lies_around && has_place)
        any |= withheld_[key.subjects][*other].emplace(area, Why::kOverTime).second;
    }
    return any;
  }

  // The same days may be told by two runs, by a year to date and by the year that ends with it:
  // where all that is counted of a place is what was told of it, it is known.
  void give_settled(PlacedTable& placed, const TableKey& key,
                    const std::vector<PeopleCell>& cells) const {
    OverTime::People told = over_time_.told_by_the_others(key, is_given_);
    for (const PeopleCell& cell : cells)
      if (is_given_(cell)) told.emplace(which_of(cell), counts_of(*cell.figure));
    if (told.empty()) return;
    std::map<std::uint32_t, bool> places;  // and whether all of it is known
    for (const PeopleCell& cell : cells) {
      const auto counts = counts_of(*cell.figure);
      if (is_settled(*cell.run) || counts.empty()) continue;
      const auto known = told.find(which_of(cell));
      bool& is_known = places.try_emplace(placed.places.at(cell.figure->area), true).first->second;
      is_known = is_known && known != told.end() && known->second == counts;
    }
    for (const auto& [place, is_known] : places)
      if (is_known) placed.table.give(place);
  }

  // Of a root: what is withheld of one part of the people, be it of one count alone, is withheld of
  // the things told of the same part.
  void withhold_cells(const PlacedTable& placed, const TableKey& key,
                      const std::vector<PeopleCell>& cells) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, Why> parts;  // place and breakdown
    const auto placed_why = [&](const PeopleCell& cell, std::uint32_t place) {
      Why why = placed.table.why(place);
      for (std::size_t way = 0; way < counts_of(*cell.figure).size() && why == Why::kShown; ++way)
        why = placed.table.why(placed.counts.at(PlacedTable::count_of(cell, way)), place);
      return why;
    };
    for (const PeopleCell& cell : cells) {
      const auto place = placed.places.at(cell.figure->area);
      const Why why = placed_why(cell, place);
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

  // What was withheld when it was computed before, and is hardly another number now: who has both
  // would know what it was. Done last, so that nothing is protected by what stays withheld for the
  // past alone: it is shown again once it is far enough from that.
  void keep_withheld(const TableKey& key, const std::vector<PeopleCell>& cells) {
    const auto before = replaced_.find(key);
    if (before == replaced_.end() || !fewest(key)) return;
    const PlacesThatStay stay = places_that_stay(cells, before->second, decision_, *fewest(key));
    for (const auto& [other, others] : cells_) {
      const bool is_part = is_whole_of(key.part, other.part);
      if (other.subjects != key.subjects || other.days != key.days || (other != key && !is_part))
        continue;
      for (const PeopleCell& cell : others)
        if (stay.whole.count(cell.figure->area) != 0 ||
            (!is_part && stay.parts.count({cell.figure->area, cell.figure->breakdown}) != 0))
          withhold(cell, Why::kStays);
    }
  }

  // What adds up over the year: where a quarter is withheld, so is every year to date that holds
  // it, and the year. What is of one day: wherever it is said of that day.
  void carry_over_the_year() {
    for (const auto& [key, cells] : cells_) {
      std::map<Which, Why> withheld;
      for (const PeopleCell& cell : cells)
        if (why(cell) != Why::kShown) withheld.emplace(which_of(cell), why(cell));
      // A year to date is known by its quarters where they were all published.
      known_ = key.days.are_a_quarter() ? std::set<Which>() : over_time_.known_by_quarters(key);
      if (!withheld.empty()) carry(key, withheld);
    }
  }
  void carry(const TableKey& key, const std::map<Which, Why>& withheld) {
    for (const auto& [other, others] : over_time_.tables_of_part(key))
      for (const PeopleCell& cell : *others) {
        const auto found = withheld.find(which_of(cell));
        if (found != withheld.end() && tells(cell, other->days, key.days))
          withhold(cell, found->second == Why::kStays ? Why::kStays : Why::kOverTime);
      }
  }
  // Of the figure that was withheld, once what was published of the quarters is known.
  bool tells(const PeopleCell& cell, const Days& days, const Days& withheld) const {
    switch (over_quarters(*cell.figure->definition)) {
      case OverQuarters::kOnce:
        return false;
      case OverQuarters::kOnTheDay:
        return days.until == withheld.until;
      case OverQuarters::kAddsUp:
        return withheld.lie_within(days) && known_.count(which_of(cell)) == 0;
    }
    return false;
  }

  const YearFigures& year_;
  const Rules& rules_;
  const YearDecision& before_;
  PeopleTables cells_, replaced_;
  Places withheld_, partly_;  // partly: of a root, not of every count
  OverTime over_time_;
  // Whether a figure is shown whole.
  OverTime::IsTold is_told_ = [this](const TableKey& key, std::uint32_t area) {
    return !is_among(withheld_, key, area) && !is_among(partly_, key, area);
  };
  // What stays given.
  OverTime::IsGiven is_given_ = [this](const PeopleCell& cell) {
    return is_settled(*cell.run) && why(cell) == Why::kShown;
  };
  std::set<Which> known_;  // of the table that is carried over
  YearDecision decision_;
  bool changed_ = false;
};

}  // namespace

YearDecision decide(const YearFigures& year, const Rules& rules, const YearDecision& before) {
  return Decider(year, rules, before).decide();
}

}  // namespace qd::reading::disclosure
