// Of shares, rates, means and counts that add up over places, tenures and quarters nobody learns a
// small number of people either, however exact the percentages are.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <tuple>

#include "core/reading/disclosure/people_tables.hpp"
#include "tests/attack/disclosure/answers.hpp"
#include "tests/attack/disclosure/attacker.hpp"
#include "tests/attack/disclosure/findings.hpp"
#include "tests/attack/disclosure/told.hpp"

namespace qd::test {
namespace {

// A figure: run, indicator, tenure, area, reading.
using Name = std::tuple<std::int64_t, std::string, std::string, std::string, Reading>;

// What is not known of a figure: who said so, who did not, and all of them.
struct People {
  int part = 0, rest = 0, all = 0;
};

class ShareAttack {
 public:
  ShareAttack(const Told& told, const Population& population)
      : told_(told), population_(population), runs_(told.of().told_runs()) {
    for (const PeopleRun& run : runs_)
      for (const PeopleFigure& figure : run.figures) add(name_of(run, figure), run, figure);
    for (const auto& [name, truth] : std::map(truths_)) add_unpublished(name, truth);
    for (const auto& [name, people] : unknowns_) relate(name);
  }

  std::vector<std::string> pinned() {
    std::vector<std::string> found;
    if (!told_.rules().fewest_people) return found;
    for (const auto& [name, people] : unknowns_) {
      // Of what is computed again it is asked what the second tells of the first.
      if (told_.of().is_revised() && std::get<0>(name) == 2) continue;
      const Truth& truth = truths_.at(name);
      check(name, "all", people.all, truth.all, found);
      if (!truth.is_share) continue;
      check(name, "who said so", people.part, truth.part, found);
      check(name, "who did not", people.rest, truth.all - truth.part, found);
    }
    return found;
  }

 private:
  struct Truth {
    std::int64_t part = 0, all = 0;
    bool is_share = false;
  };
  // Quarters that nothing was published of, but of the year that holds them.
  static constexpr std::int64_t kUnpublished = 0;

  Name name_of(const PeopleRun& run, const PeopleFigure& figure) const {
    const auto& year = told_.of().year();
    return {run.run, figure.definition->code, year.breakdowns[figure.breakdown],
            year.areas[figure.area], figure.reading};
  }
  static double units(Number number) {
    return static_cast<double>(number.millionths) / static_cast<double>(Number::kScale);
  }
  static std::int64_t whole(Number number) { return number.millionths / Number::kScale; }
  static bool counts_numerator(const Definition& definition) {
    return definition.is_count() || definition.aggregation == Aggregation::kRatePerStock;
  }

  void add(const Name& name, const PeopleRun& run, const PeopleFigure& figure) {
    const Definition& definition = *figure.definition;
    const bool by_numerator = counts_numerator(definition);
    truths_[name] = {definition.part_of_whole ? whole(figure.value.numerator) : 0,
                     whole(by_numerator ? figure.value.numerator : *figure.value.denominator),
                     definition.part_of_whole};
    hear(add_unknown(name), told_.value(run, figure), definition);
  }

  const People& add_unknown(const Name& name) {
    People& people = unknowns_[name];
    people = {attacker_.unknown(), attacker_.unknown(), attacker_.unknown()};
    attacker_.equal({{people.part, 1}, {people.rest, 1}, {people.all, -1}}, 0);
    return people;
  }
  // What the first figure of more than a quarter holds beside it.
  void add_unpublished(const Name& name, const Truth& truth) {
    const auto& [run, code, tenure, area, reading] = name;
    const Reported reported = told_.of().reported();
    const bool is_year = reported == Reported::kQuarterAndYear && reading == Reading::kYear;
    const bool is_late =
        reported == Reported::kLateStart && run == 1 && reading == Reading::kYearToDate;
    if (code == "STAND" || (!is_year && !is_late)) return;
    const Truth& quarter = truths_.at({1, code, tenure, area, Reading::kQuarter});
    const Name unpublished{kUnpublished, code, tenure, area, Reading::kQuarter};
    truths_[unpublished] = {truth.part - quarter.part, truth.all - quarter.all, truth.is_share};
    add_unknown(unpublished);
  }

  // What is said of it.
  void hear(const People& people, const FactValue& said, const Definition& definition) {
    if (said.null_reason == NullReason::kLowReliability)
      attacker_.at_least({{people.all, -1}}, 1 - Rules::kLeastBase);
    if (said.null_reason == NullReason::kZeroDenominator) attacker_.equal({{people.all, 1}}, 0);
    if (said.null_reason != NullReason::kHasValue) return;
    if (counts_numerator(definition)) return near(people.all, said.numerator);
    near(people.all, *said.denominator);
    if (said.n) near(people.all, Number::of(*said.n));
    if (!definition.part_of_whole) return;
    near(people.part, said.numerator);
    hear_percentage(people, said, definition);
  }
  void near(int unknown, Number said) {
    const double width = told_.rules().rounded ? 2 : 0;
    attacker_.at_least({{unknown, 1}}, units(said) - width);
    attacker_.at_least({{unknown, -1}}, -units(said) - width);
  }
  // As exact as it is printed.
  void hear_percentage(const People& people, const FactValue& said, const Definition& definition) {
    if (!said.stated) return;
    const double share = units(*said.stated) / static_cast<double>(definition.multiplier);
    const double half =
        0.5 * std::pow(10, -definition.decimals) / static_cast<double>(definition.multiplier);
    attacker_.at_least({{people.part, 1}, {people.all, half - share}}, 0);
    attacker_.at_least({{people.part, -1}, {people.all, share + half}}, 0);
  }

  void relate(const Name& name) {
    const auto& [run, code, tenure, area, reading] = name;
    add_places(name);
    if (code == "SHARE" && tenure.empty()) add_tenures(name);
    if (code == "ASKED1") equal(name, &People::all, {with_code(name, "ASKED2")});
    if (told_.of().is_revised())
      add_revision(name);
    else
      add_time(name);
  }
  static Name with_code(Name name, const char* code) {
    std::get<1>(name) = code;
    return name;
  }

  // The one is the others together, and `more` that are known.
  void equal(const Name& one, int People::*which, const std::vector<Name>& others,
             std::int64_t more = 0) {
    Attacker::Terms terms = {{unknowns_.at(one).*which, 1}};
    for (const Name& other : others) terms.emplace_back(unknowns_.at(other).*which, -1);
    attacker_.equal(terms, static_cast<double>(more));
  }
  void all_equal(const Name& one, const std::vector<Name>& others) {
    for (const auto which : {&People::part, &People::rest, &People::all}) equal(one, which, others);
  }
  // Those at the place itself are known.
  void add_places(const Name& name) {
    std::vector<Name> parts;
    Truth at_place = truths_.at(name);
    for (const Area& area : population_.areas) {
      if (area.parent != std::get<3>(name)) continue;
      parts.push_back(name);
      std::get<3>(parts.back()) = area.code;
      at_place.part -= truths_.at(parts.back()).part;
      at_place.all -= truths_.at(parts.back()).all;
    }
    if (parts.empty()) return;
    equal(name, &People::part, parts, at_place.part);
    equal(name, &People::all, parts, at_place.all);
  }
  void add_tenures(const Name& name) {
    std::vector<Name> parts(2, name);
    std::get<2>(parts[0]) = "tenure=LCRA";
    std::get<2>(parts[1]) = "tenure=LCHO";
    all_equal(name, parts);
  }
  // A year to date is the quarters so far; the year is all four, or the one that was told and
  // others.
  void add_time(const Name& name) {
    const auto& [run, code, tenure, area, reading] = name;
    const auto of = [&](std::int64_t other, Reading then) {
      return Name{other, code, tenure, area, then};
    };
    if (told_.of().reported() == Reported::kBackwards && reading == Reading::kYearToDate &&
        run == 1 && code != "STAND")
      return all_equal(name, {of(1, Reading::kQuarter), of(2, Reading::kQuarter)});
    if (told_.of().reported() == Reported::kBackwards && reading == Reading::kYearToDate)
      return all_equal(name, {of(run, Reading::kQuarter)});
    if (reading == Reading::kYearToDate) {
      std::vector<Name> quarters;
      const std::int64_t first = told_.of().reported() == Reported::kLateStart ? kUnpublished : 1;
      for (std::int64_t i = code == "STAND" ? run : first; i <= run; ++i)
        quarters.push_back(of(i, Reading::kQuarter));
      all_equal(name, quarters);
    }
    if (reading != Reading::kYear) return;
    if (told_.of().reported() == Reported::kFourQuarters)
      return all_equal(name, {of(4, Reading::kYearToDate)});
    if (code != "STAND")
      all_equal(name, {of(1, Reading::kQuarter), of(kUnpublished, Reading::kQuarter)});
  }
  void at_least(const Name& more, const Name& less) {
    for (const auto which : {&People::part, &People::rest, &People::all})
      attacker_.at_least({{unknowns_.at(more).*which, 1}, {unknowns_.at(less).*which, -1}}, 0);
  }
  void add_revision(const Name& name) {
    const auto& [run, code, tenure, area, reading] = name;
    if (reading == Reading::kYearToDate)
      all_equal(name, {Name{run, code, tenure, area, Reading::kQuarter}});
    if (run != 2) return;
    const Name before{1, code, tenure, area, reading};
    if (told_.of().reported() == Reported::kMoreLater)
      at_least(name, before);
    else
      at_least(before, name);
  }

  void check(const Name& name, const char* who, int unknown, std::int64_t people,
             std::vector<std::string>& found) {
    const auto fewest = *told_.rules().fewest_people;
    if (people == 0 || people >= fewest) return;
    const auto enough = static_cast<double>(fewest);
    if (attacker_.seen(unknown).n_candidates() >= enough) return;
    const auto bounds = attacker_.bounds({{unknown, 1}});
    if (bounds.n_candidates() >= enough) return;
    const auto& [run, code, tenure, area, reading] = name;
    found.push_back(code + " " + tenure + " at " + area + " in run " + std::to_string(run) + " " +
                    std::string(to_text(reading)) + ": " + who + " are " + std::to_string(people) +
                    ", from " + std::to_string(bounds.least) + " to " +
                    std::to_string(bounds.most));
  }

  const Told told_;
  const Population& population_;
  std::vector<PeopleRun> runs_;
  Attacker attacker_;
  std::map<Name, People> unknowns_;
  std::map<Name, Truth> truths_;
};

Reported share_in_time(int seed) {
  constexpr std::array kWays = {Reported::kTwoQuarters, Reported::kQuarterAndYear,
                                Reported::kFourQuarters, Reported::kLateStart,
                                Reported::kBackwards};
  return kWays[static_cast<std::size_t>(seed) % kWays.size()];
}

Findings attacked(Audience audience, Why rule_off, const Seeds& seeds, Ways ways,
                  Until until = Until::kAll) {
  return attacked(seeds, until, [&](int seed) {
    const auto drawn = static_cast<unsigned>(seed);
    const Population population = PopulationDice(drawn).draw();
    const AnswerBook book(population, ways(seed), drawn);
    return ShareAttack(Told(book, audience, rule_off), population).pinned();
  });
}

Seeds tried() { return populations(15, {20, 78, 154, 232, 371, 502, 605, 623, 679}); }

class Shares : public testing::TestWithParam<Audience> {};

TEST_P(Shares, TellOfNoSmallNumberOfPeople) {
  const auto findings = attacked(GetParam(), Why::kShown, tried(), share_in_time);
  EXPECT_TRUE(findings.found.empty()) << findings.text();
}

TEST_P(Shares, TellOfNoneWhenTheyAreComputedAgain) {
  const auto findings = attacked(GetParam(), Why::kShown, tried(), again);
  EXPECT_TRUE(findings.found.empty()) << findings.text();
}

INSTANTIATE_TEST_SUITE_P(Every, Shares, testing::Values(Audience::kPublic, Audience::kBoard),
                         [](const auto& tried) { return std::string(name_of(tried.param)); });

// Each rule is needed: without it the same attack succeeds.
class ShareRuleOff : public testing::TestWithParam<Why> {};

TEST_P(ShareRuleOff, IsFoundOut) {
  const auto findings = attacked(Audience::kBoard, GetParam(), first_seeds(300),
                                 GetParam() == Why::kStays ? again : share_in_time, Until::kFirst);
  EXPECT_EQ(findings.n_attacked, 1);
}

INSTANTIATE_TEST_SUITE_P(Each, ShareRuleOff,
                         testing::Values(Why::kSmall, Why::kProtects, Why::kOverTime,
                                         Why::kDifference, Why::kStays),
                         [](const auto& tried) {
                           return "Why" + std::to_string(static_cast<int>(tried.param));
                         });

// What protection costs: printed, for who weighs the rules.
TEST(SharesInformation, MoreIsWithheldThanIsSmallAndNotAll) {
  std::size_t n_figures = 0, n_small = 0, n_withheld = 0;
  for (int seed = 1; seed <= 40; ++seed) {
    const auto drawn = static_cast<unsigned>(seed);
    const Population population = PopulationDice(drawn).draw();
    const AnswerBook book(population, share_in_time(seed), drawn);
    const Told told(book, Audience::kBoard);
    for (const PeopleRun& run : book.year().runs)
      for (const PeopleFigure& figure : run.figures) {
        const auto counts = reading::disclosure::counts_of(figure);
        ++n_figures;
        n_small += std::any_of(counts.begin(), counts.end(), [](std::int64_t people) {
          return people > 0 && people < 5 * Number::kScale;
        });
        n_withheld += told.why(run, figure) != Why::kShown ? 1 : 0;
      }
  }
  std::cout << "of " << n_figures << " shares, rates, means and counts " << n_small
            << " hold a small number, " << n_withheld << " are withheld from the Board\n";
  EXPECT_GT(n_withheld, n_small);
  EXPECT_LT(n_withheld, n_figures);
}

}  // namespace
}  // namespace qd::test
