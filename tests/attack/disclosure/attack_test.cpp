// Whoever is given everything that an audience is told learns no small number of people.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <numeric>
#include <span>
#include <sstream>
#include <tuple>

#include "tests/attack/disclosure/attacker.hpp"
#include "tests/attack/disclosure/findings.hpp"
#include "tests/attack/disclosure/population.hpp"
#include "tests/attack/disclosure/told.hpp"

namespace qd::test {
namespace {

// One figure, whoever is told of it: run, indicator, breakdown, area, reading.
using Name = std::tuple<std::int64_t, std::string, std::string, std::string, Reading>;

// The attack: an unknown for each figure, what is told of it, and what must hold.
class Attack {
 public:
  Attack(const Told& told, const Population& population)
      : told_(told), population_(population), runs_(told.of().told_runs()) {
    for (const PeopleRun& run : runs_)
      for (const PeopleFigure& figure : run.figures) add(run, figure);
    for (const auto& [name, unknown] : unknowns_) relate(name, unknown);
  }

  // Small counts that are pinned to fewer candidates than the threshold asks for. Of a quarter that
  // is computed again it is asked what the second tells of the first: a change is no figure.
  std::vector<std::string> pinned() {
    std::vector<std::string> found;
    const std::size_t n_runs = told_.of().is_revised() ? 1 : runs_.size();
    for (const PeopleRun& run : std::span(runs_).first(n_runs))
      for (const PeopleFigure& figure : run.figures) {
        const auto fewest = fewest_of(figure);
        const std::int64_t people = figure.value.numerator.millionths / Number::kScale;
        if (!fewest || figure.definition->counts != Counted::kPeople) continue;
        const Name name = name_of(run, figure);
        if (is_given(run, figure) && people > 0 && people < *fewest)
          check(name, {{unknowns_.at(name), 1}}, *fewest, found);
        check_difference(run, name, people, *fewest, found);
      }
    return found;
  }

  // Minutes of fewer people than the threshold that can be worked out to the minute.
  std::vector<std::string> pinned_minutes() {
    std::vector<std::string> found;
    for (const PeopleRun& run : runs_)
      for (const PeopleFigure& figure : run.figures) {
        const auto fewest = fewest_of(figure);
        if (!fewest || figure.definition->code.rfind("INV2", 0) != 0) continue;
        Name name = name_of(run, figure);
        const auto unknown = unknowns_.at(name);
        auto& code = std::get<1>(name);
        code = code == "INV2" ? "INV1a" : "INV1a.T";
        const std::int64_t people = people_.at(name);
        if (people == 0 || people >= *fewest) continue;
        const auto bounds = attacker_.bounds({{unknown, 1}});
        if (bounds.most - bounds.least < 1) found.push_back("minutes of " + text(name));
      }
    return found;
  }

 private:
  static bool is_special(const PeopleFigure& figure, const std::string& breakdown) {
    return !figure.definition->special_category.empty() &&
           breakdown.find("ethnicity") != std::string::npos;
  }
  std::optional<std::int64_t> fewest_of(const PeopleFigure& figure) const {
    const bool special = is_special(figure, told_.of().year().breakdowns[figure.breakdown]);
    return special ? std::optional(told_.rules().fewest_special) : told_.rules().fewest_people;
  }

  // By a special category only whole years are given to anybody: what they are of in a quarter is
  // not a figure.
  bool is_given(const PeopleRun& run, const PeopleFigure& figure) const {
    const auto& breakdown = told_.of().year().breakdowns[figure.breakdown];
    return !is_special(figure, breakdown) || run.period.kind() == Period::Kind::kYear;
  }

  Name name_of(const PeopleRun& run, const PeopleFigure& figure) const {
    const auto& year = told_.of().year();
    return {run.run, figure.definition->code, year.breakdowns[figure.breakdown],
            year.areas[figure.area], figure.reading};
  }

  void add(const PeopleRun& run, const PeopleFigure& figure) {
    const Name name = name_of(run, figure);
    people_[name] = figure.value.numerator.millionths / Number::kScale;
    const FactValue said = told_.value(run, figure);
    const auto number =
        static_cast<double>(said.numerator.millionths) / static_cast<double>(Number::kScale);
    if (said.null_reason != NullReason::kHasValue)
      unknowns_[name] = attacker_.unknown();
    else if (told_.rules().rounded && figure.definition->counts == Counted::kPeople)
      unknowns_[name] = attacker_.between(std::max(number - 2, 0.0), number + 2);
    else
      unknowns_[name] = attacker_.known(number);
  }

  static Name with(Name name, const std::string& code, const std::string& breakdown) {
    std::get<1>(name) = code;
    std::get<2>(name) = breakdown;
    return name;
  }
  // left >= right
  void at_least(const Name& left, const Name& right) {
    attacker_.at_least({{unknowns_.at(left), 1}, {unknowns_.at(right), -1}}, 0);
  }

  void relate(const Name& name, int unknown) {
    const auto& [run, code, breakdown, area, reading] = name;
    add_places(name, unknown);
    if (code == "INV1.T" || code == "INV1a.T")
      add_levels(name, code == "INV1.T" ? "INV1" : "INV1a");
    if (code == "INV2.T") add_minutes(name);
    if (code == "INVS") add_special(name);
    if (run == 2) add_revision(name);
    if (code == "INV1e") at_least(with(name, "INV1", breakdown), name);
    if (reading == Reading::kYearToDate) add_time(name);
    if (reading == Reading::kYear) add_year(name);
  }

  // Everybody has one home: a place is its parts and those who live at the place itself, and how
  // many those are is known.
  void add_places(const Name& name, int unknown) {
    Attacker::Terms terms = {{unknown, 1}};
    std::int64_t at_place = people_.at(name);
    for (const Area& area : population_.areas) {
      if (area.parent != std::get<3>(name)) continue;
      Name part = name;
      std::get<3>(part) = area.code;
      terms.emplace_back(unknowns_.at(part), -1);
      at_place -= people_.at(part);
    }
    if (terms.size() > 1) attacker_.equal(terms, static_cast<double>(at_place));
  }

  // Whoever is at two levels counts once in the total.
  void add_levels(const Name& name, const std::string& by_level) {
    Attacker::Terms sum = {{unknowns_.at(name), -1}};
    for (const char* level : {"level=2", "level=3", "level=4"}) {
      const Name part = with(name, by_level, level);
      at_least(name, part);
      sum.emplace_back(unknowns_.at(part), 1);
    }
    attacker_.at_least(sum, 0);
  }
  void add_minutes(const Name& name) {
    Attacker::Terms sum = {{unknowns_.at(name), -1}};
    for (const char* level : {"level=2", "level=3", "level=4"})
      sum.emplace_back(unknowns_.at(with(name, "INV2", level)), 1);
    attacker_.equal(sum, 0);
  }
  // Everybody has one ethnicity: the parts make the total, alone and at each level.
  void add_special(const Name& name) {
    const auto& breakdown = std::get<2>(name);
    if (breakdown.rfind("ethnicity=A", 0) != 0) return;
    const std::string rest = breakdown.substr(std::string("ethnicity=A").size());
    const Name whole = rest.empty() ? with(name, "INV1.T", "") : with(name, "INV1", rest.substr(1));
    Attacker::Terms sum = {{unknowns_.at(whole), -1}};
    for (const char* ethnicity : {"A", "B", "C", "D"})
      sum.emplace_back(
          unknowns_.at(with(name, "INVS", std::string("ethnicity=") + ethnicity + rest)), 1);
    attacker_.equal(sum, 0);
  }

  // quarter <= year to date; year to date before <= year to date <= that + quarter. What adds up
  // does; members on the last day are those of the quarter's last day.
  void add_time(const Name& name) {
    const auto& code = std::get<1>(name);
    Name quarter = name;
    std::get<4>(quarter) = Reading::kQuarter;
    if (std::get<0>(name) == 1 || code == "INV1e" || told_.of().is_revised())
      return attacker_.equal({{unknowns_.at(name), 1}, {unknowns_.at(quarter), -1}}, 0);
    Name before = name;
    std::get<0>(before) = 1;
    const Attacker::Terms sum = {
        {unknowns_.at(before), 1}, {unknowns_.at(quarter), 1}, {unknowns_.at(name), -1}};
    if (code.rfind("INV2", 0) == 0) return attacker_.equal(sum, 0);
    attacker_.at_least(sum, 0);
    at_least(name, quarter);
    at_least(name, before);
  }

  // Whoever knows why it was computed again knows that it became more, or less.
  void add_revision(const Name& name) {
    Name before = name;
    std::get<0>(before) = 1;
    if (told_.of().reported() == Reported::kMoreLater) at_least(name, before);
    if (told_.of().reported() == Reported::kFewerLater) at_least(before, name);
  }

  // Whoever was counted in a year to date is counted in the year.
  void add_year(const Name& name) {
    if (std::get<1>(name) == "INV1e") return;
    Name before = name;
    std::get<0>(before) = 1;
    std::get<4>(before) = Reading::kYearToDate;
    at_least(name, before);
  }

  void check(const Name& name, const Attacker::Terms& terms, std::int64_t fewest,
             std::vector<std::string>& found) {
    const auto enough = static_cast<double>(fewest);
    if (terms.size() == 1 && attacker_.seen(terms[0].first).n_candidates() >= enough) return;
    const auto bounds = attacker_.bounds(terms);
    if (bounds.n_candidates() >= std::min(enough, candidates_of_wholes(name, enough))) return;
    found.push_back(text(name) + ": " + std::to_string(people_.at(name)) + " is from " +
                    std::to_string(bounds.least) + " to " + std::to_string(bounds.most));
  }

  // Where three people are shown to be, no more than three can be of one ethnicity: of figures by a
  // special category no more must be learned than from those that are not.
  double candidates_of_wholes(const Name& name, double enough) {
    if (std::get<1>(name) != "INVS") return enough;
    if (!without_special_)
      without_special_ = std::make_unique<Attack>(Told::without_special(told_), population_);
    auto& other = *without_special_;
    return other.attacker_.bounds({{other.unknowns_.at(name), 1}}).n_candidates();
  }

  // Those of the year to date who are not of the quarter, or were not there before it.
  void check_difference(const PeopleRun& run, const Name& name, std::int64_t people,
                        std::int64_t fewest, std::vector<std::string>& found) {
    const auto& code = std::get<1>(name);
    if (std::get<4>(name) != Reading::kYearToDate || run.run != 2 || told_.of().is_revised() ||
        code == "INV1e" || code == "INVS")
      return;
    Name quarter = name, before = name;
    std::get<4>(quarter) = Reading::kQuarter;
    std::get<0>(before) = 1;
    for (const Name& other : {quarter, before}) {
      const std::int64_t difference = people - people_.at(other);
      if (difference > 0 && difference < fewest)
        check(name, {{unknowns_.at(name), 1}, {unknowns_.at(other), -1}}, fewest, found);
    }
  }

  static std::string text(const Name& name) {
    const auto& [run, code, breakdown, area, reading] = name;
    return code + " " + breakdown + " at " + area + " in Q" + std::to_string(run) + " " +
           std::string(to_text(reading));
  }

  const Told told_;
  const Population& population_;
  std::vector<PeopleRun> runs_;
  std::unique_ptr<Attack> without_special_;
  Attacker attacker_;
  std::map<Name, int> unknowns_;
  std::map<Name, std::int64_t> people_;
};

Findings attacked(Audience audience, Why rule_off, const Seeds& seeds, Ways ways,
                  const std::function<std::vector<std::string>(Attack&)>& attack,
                  Until until = Until::kAll) {
  return attacked(seeds, until, [&](int seed) {
    const Population population = PopulationDice(static_cast<unsigned>(seed)).draw();
    const Register reg(population, ways(seed));
    Attack one(Told(reg, audience, rule_off), population);
    return attack(one);
  });
}

Seeds tried() {
  return populations(40, {47, 67, 88, 99, 157, 225, 235, 433, 461, 561, 605, 623, 655, 782, 821});
}

class Audiences : public testing::TestWithParam<Audience> {};

TEST_P(Audiences, LearnNoSmallNumberOfPeople) {
  const auto findings = attacked(GetParam(), Why::kShown, tried(), in_time,
                                 [](Attack& attack) { return attack.pinned(); });
  EXPECT_TRUE(findings.found.empty()) << findings.text();
}

TEST_P(Audiences, LearnNobodysMinutes) {
  const auto findings = attacked(GetParam(), Why::kShown, tried(), in_time,
                                 [](Attack& attack) { return attack.pinned_minutes(); });
  EXPECT_TRUE(findings.found.empty()) << findings.text();
}

TEST_P(Audiences, LearnNoSmallNumberOfPeopleFromWhatIsComputedAgain) {
  const auto findings = attacked(GetParam(), Why::kShown, tried(), again,
                                 [](Attack& attack) { return attack.pinned(); });
  EXPECT_TRUE(findings.found.empty()) << findings.text();
}

INSTANTIATE_TEST_SUITE_P(Every, Audiences,
                         testing::Values(Audience::kPublic, Audience::kBoard, Audience::kExecutive),
                         [](const auto& tried) { return std::string(name_of(tried.param)); });

// Each rule is needed: without it the same attack succeeds.
class RuleOff : public testing::TestWithParam<Why> {};

TEST_P(RuleOff, IsFoundOut) {
  const auto findings = attacked(
      Audience::kBoard, GetParam(), first_seeds(300), GetParam() == Why::kStays ? again : in_time,
      [](Attack& attack) {
        auto found = attack.pinned_minutes();
        return found.empty() ? attack.pinned() : found;
      },
      Until::kFirst);
  EXPECT_EQ(findings.n_attacked, 1);
}

INSTANTIATE_TEST_SUITE_P(Each, RuleOff,
                         testing::Values(Why::kSmall, Why::kProtects, Why::kWhole, Why::kDifference,
                                         Why::kStays),
                         [](const auto& tried) {
                           return "Why" + std::to_string(static_cast<int>(tried.param));
                         });

// Twelve people on each of two estates, all engaged in both quarters and active in the first; of
// the first estate three are active in the second, of the other seven.
Population few_active_later() {
  Population population;
  for (const auto& [code, parent] :
       {std::pair{"L", ""}, std::pair{"E1", "L"}, std::pair{"E2", "L"}})
    population.areas.push_back({code, code, "", parent, make_date(2020, 4, 1), std::nullopt});
  for (int i = 0; i < 24; ++i) {
    Person person;
    person.home = i < 12 ? "E1" : "E2";
    person.ethnicity = "A";
    for (int quarter = 0; quarter < 2; ++quarter) {
      person.engaged[quarter] = person.at_end[quarter] = {2};
      if (quarter == 1 && !(i < 3 || (i >= 12 && i < 19))) continue;
      person.active[quarter] = {2};
      person.minutes[quarter][2] = 30 + i;
    }
    population.persons.push_back(person);
  }
  return population;
}

TEST(OverTime, MinutesOfAQuarterAreNotTheYearsLessThoseBefore) {
  const Population population = few_active_later();
  const Register reg(population, Reported::kTwoQuarters);
  EXPECT_TRUE(Attack(Told(reg, Audience::kBoard), population).pinned_minutes().empty());
  EXPECT_FALSE(
      Attack(Told(reg, Audience::kBoard, Why::kOverTime), population).pinned_minutes().empty());
}

// So many counts anybody withholds at least who shows the others as they are: what is small, and
// beside it, among a place and its parts, one more, or it is their difference. A relaxation: parts
// of a count may be withheld in it.
class FewestWithheld {
 public:
  void add(const Name& name, bool is_small) {
    const int withheld = is_small ? programme_.known(1) : programme_.between(0, 1);
    withheld_[name] = {withheld, is_small};
    all_.emplace_back(withheld, 1);
  }
  double number(const std::vector<Area>& areas) {
    for (const auto& [name, whole] : withheld_) relate(name, areas);
    return all_.empty() ? 0 : std::ceil(programme_.bounds(all_).least - 1e-6);
  }

 private:
  void relate(const Name& whole, const std::vector<Area>& areas) {
    std::vector<Name> together = {whole};
    for (const Area& area : areas) {
      if (area.parent != std::get<3>(whole)) continue;
      together.push_back(whole);
      std::get<3>(together.back()) = area.code;
    }
    if (together.size() == 1) return;
    for (const Name& one : together) {
      if (!withheld_.at(one).second) continue;
      Attacker::Terms others;
      for (const Name& other : together)
        if (other != one) others.emplace_back(withheld_.at(other).first, 1);
      programme_.at_least(others, 1);
    }
  }

  Attacker programme_;
  Attacker::Terms all_;
  std::map<Name, std::pair<int, bool>>
      withheld_;  // by figure: its unknown, and whether it is small
};

// What protection costs: printed, for who weighs the rules.
class Kept {
 public:
  // fewest: filled where it is wanted.
  void add(const Register& reg, FewestWithheld* fewest = nullptr) {
    const Told told(reg, Audience::kBoard);
    const auto& year = reg.year();
    for (const PeopleRun& run : year.runs)
      for (const PeopleFigure& figure : run.figures) {
        if (figure.definition->counts != Counted::kPeople || figure.definition->code == "INVS")
          continue;
        const auto people = figure.value.numerator.millionths / Number::kScale;
        const bool is_small = people > 0 && people < 5;
        ++n_counts;
        n_small += is_small ? 1 : 0;
        n_withheld += told.why(run, figure) != Why::kShown ? 1 : 0;
        if (fewest != nullptr)
          fewest->add({run.run, figure.definition->code, year.breakdowns[figure.breakdown],
                       year.areas[figure.area], figure.reading},
                      is_small);
      }
  }
  std::size_t n_counts = 0, n_small = 0, n_withheld = 0;
};

TEST(Information, MoreIsWithheldThanIsSmallAndNotAll) {
  Kept kept;
  double n_fewest = 0;
  for (unsigned seed = 1; seed <= 40; ++seed) {
    const Population population = PopulationDice(seed).draw();
    FewestWithheld fewest;
    kept.add(Register(population, in_time(static_cast<int>(seed))), &fewest);
    n_fewest += fewest.number(population.areas);
  }
  std::cout << "of " << kept.n_counts << " counts " << kept.n_small << " are small, "
            << kept.n_withheld << " are withheld from the Board; nobody who protects places and "
            << "their parts alone, and shows the rest as it is, could withhold fewer than "
            << n_fewest << "\n";
  EXPECT_GE(n_fewest, static_cast<double>(kept.n_small));
  EXPECT_GE(static_cast<double>(kept.n_withheld), n_fewest);
  EXPECT_LT(kept.n_withheld, kept.n_counts);
}

TEST(Information, OfALargeLandlordIsDecidedUponAtOnce) {
  const Population population = PopulationDice(1).large();
  const Register reg(population, Reported::kTwoQuarters);
  Kept kept;
  const auto begun = std::chrono::steady_clock::now();
  kept.add(reg);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
  std::cout << "two quarters of 833 estates: of " << kept.n_counts << " counts " << kept.n_small
            << " are small, " << kept.n_withheld << " are withheld from the Board, decided in "
            << taken.count() << " s\n";
  EXPECT_LT(kept.n_withheld, kept.n_counts);
}

}  // namespace
}  // namespace qd::test
