// Places with people in them, drawn by a seed, and the figures that a register would give of them.
#pragma once

#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/attack/disclosure/told_year.hpp"

namespace qd::test {

// Who is involved, where and when. Levels 2 to 4; quarters 0 and 1.
struct Person {
  std::string home, ethnicity;
  std::set<int> engaged[2], active[2], at_end[2];
  std::map<int, int> minutes[2];  // by level
  bool is_late = false;           // their cards are missing when it is computed first
};

struct Population {
  std::vector<Area> areas;
  std::vector<Person> persons;
};

class PopulationDice {
 public:
  explicit PopulationDice(unsigned seed) : generator_(seed) {}

  // The large landlord of the field's sizes (domain E.2): 833 estates, 5,430 people involved.
  Population large() {
    Population population;
    population.areas.push_back(area("L", "landlord", ""));
    std::vector<std::string> estates;
    for (int i = 0; i < 833; ++i) {
      const std::string neighbourhood = "N" + std::to_string(i / 14);
      if (i % 14 == 0) population.areas.push_back(area(neighbourhood, "neighbourhood", "L"));
      estates.push_back("E" + std::to_string(i));
      population.areas.push_back(area(estates.back(), "estate", neighbourhood));
    }
    for (int i = 0; i < 5430; ++i)
      population.persons.push_back(person(estates[static_cast<std::size_t>(between(0, 832))]));
    return population;
  }

  // A landlord with neighbourhoods and estates of 3 to 400 homes.
  Population draw() {
    Population population;
    population.areas.push_back(area("L", "landlord", ""));
    const double involved = 0.004 + 0.05 * chance();
    const int n_neighbourhoods = between(1, 4);
    for (int i = 0; i < n_neighbourhoods; ++i) {
      const std::string neighbourhood = "N" + std::to_string(i);
      population.areas.push_back(area(neighbourhood, "neighbourhood", "L"));
      const int n_estates = between(1, 6);
      for (int j = 0; j < n_estates; ++j) {
        const std::string estate = neighbourhood + "E" + std::to_string(j);
        population.areas.push_back(area(estate, "estate", neighbourhood));
        const int n_homes = between(3, 400);
        for (int home = 0; home < n_homes; ++home)
          if (chance() < involved)
            population.persons.push_back(person(chance() < 0.03 ? neighbourhood : estate));
      }
    }
    return population;
  }

  int between(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(generator_);
  }
  double chance() { return std::uniform_real_distribution<double>(0, 1)(generator_); }

 private:
  static Area area(const std::string& code, const std::string& kind, const std::string& parent) {
    return {code, code, kind, parent, make_date(2020, 4, 1), std::nullopt};
  }
  int level() {
    const double roll = chance();
    return roll < 0.75 ? 2 : roll < 0.9 ? 3 : 4;
  }
  // Some come, some go, some change their level, some are at two.
  Person person(const std::string& home) {
    Person one;
    one.home = home;
    one.ethnicity = std::string(1, static_cast<char>('A' + (chance() < 0.7 ? 0 : between(1, 3))));
    int held = level();
    const double roll = chance();
    for (int quarter = 0; quarter < 2; ++quarter) {
      if ((quarter == 0 && roll < 0.1) || (quarter == 1 && roll > 0.92)) continue;
      one.engaged[quarter].insert(held);
      if (chance() < 0.08) one.engaged[quarter].insert(level());
      if (chance() < 0.06) one.engaged[quarter].insert(held = level());
      for (const int l : one.engaged[quarter]) {
        if (chance() < 0.9) one.at_end[quarter].insert(l);
        if (chance() < 0.6) {
          one.active[quarter].insert(l);
          one.minutes[quarter][l] = 10 * between(1, 40);
        }
      }
    }
    one.is_late = std::uniform_int_distribution<int>(0, 4)(late_) == 0;
    return one;
  }

  std::mt19937 generator_;
  std::mt19937 late_{7};  // of its own: the populations stay what they were
};

// The definitions of the register: its measures as the family involvement declares them, and one by
// a special category.
class RegisterDefinitions {
 public:
  RegisterDefinitions() {
    for (const char* code : {"INV1", "INV1a", "INV1e"}) {
      Definition by_level = definition(code, Counted::kPeople);
      by_level.breakdowns = by_level.overlapping = {"level"};
      add(by_level);
    }
    for (const char* code : {"INV1.T", "INV1a.T"}) add(definition(code, Counted::kPeople));
    for (const char* code : {"INV2", "INV2.T"}) {
      Definition minutes = definition(code, Counted::kThings);
      minutes.aggregation = Aggregation::kAdditiveCount;
      minutes.breakdowns = minutes.overlapping = {"level"};
      add(minutes);
    }
    Definition special = definition("INVS", Counted::kPeople);
    special.breakdowns = {"ethnicity", "level"};
    special.special_category = {"ethnicity"};
    special.overlapping = {"level"};
    add(special);
  }
  std::shared_ptr<const Definition> of(const std::string& code) const { return all_.at(code); }

 private:
  static Definition definition(const std::string& code, Counted counts) {
    Definition made;
    made.code = code;
    made.family = "involvement";
    made.counts = counts;
    made.subjects = "involved";
    made.aggregation = Aggregation::kDistinctCount;
    return made;
  }
  void add(const Definition& made) { all_[made.code] = std::make_shared<const Definition>(made); }

  std::map<std::string, std::shared_ptr<const Definition>> all_;
};

// The figures of a year that a register gives.
class Register final : public ToldYear {
 public:
  Register(const Population& population, Reported reported) : ToldYear(population.areas, reported) {
    for (const Person& person : population.persons)
      for (const auto& place : all_above(person.home)) people_[place].push_back(&person);
    without_late_ = reported == Reported::kMoreLater;
    add_quarter(0);
    without_late_ = reported == Reported::kFewerLater;
    if (is_revised()) {
      replace_all();
      add_quarter(0);
    } else if (reported == Reported::kTwoQuarters)
      add_quarter(1);
    else
      add_year({0, 1});
  }

 private:
  void add_reading(reading::disclosure::PeopleRun& run, Reading reading,
                   const Quarters& quarters) override {
    const Quarters last = {quarters.back()};
    for (const auto& area : year_.areas) {
      auto people = people_[area];
      if (without_late_) std::erase_if(people, [](const Person* one) { return one->is_late; });
      const auto add = [&](const char* code, const std::string& breakdown, std::int64_t number) {
        FactValue value;
        value.numerator = Number::of(number);
        add_figure(run, definitions_.of(code), breakdown, area, reading, value);
      };
      add("INV1.T", "", count(people, &Person::engaged, quarters, 0));
      add("INV1a.T", "", count(people, &Person::active, quarters, 0));
      add("INV2.T", "", minutes(people, quarters, 0));
      for (int level = 2; level <= 4; ++level) {
        const std::string part = "level=" + std::to_string(level);
        add("INV1", part, count(people, &Person::engaged, quarters, level));
        add("INV1a", part, count(people, &Person::active, quarters, level));
        add("INV1e", part, count(people, &Person::at_end, last, level));
        add("INV2", part, minutes(people, quarters, level));
      }
      for (const char* ethnicity : {"A", "B", "C", "D"}) {
        std::vector<const Person*> some;
        for (const Person* person : people)
          if (person->ethnicity == ethnicity) some.push_back(person);
        const std::string part = std::string("ethnicity=") + ethnicity;
        add("INVS", part, count(some, &Person::engaged, quarters, 0));
        for (int level = 2; level <= 4; ++level)
          add("INVS", part + ";level=" + std::to_string(level),
              count(some, &Person::engaged, quarters, level));
      }
    }
  }

  static std::int64_t count(const std::vector<const Person*>& people,
                            std::set<int> (Person::*levels)[2], const Quarters& quarters,
                            int level) {
    std::int64_t n = 0;
    for (const Person* person : people) {
      bool any = false;
      for (const int quarter : quarters) {
        const auto& held = (person->*levels)[quarter];
        any = any || (level == 0 ? !held.empty() : held.count(level) != 0);
      }
      n += any ? 1 : 0;
    }
    return n;
  }
  static std::int64_t minutes(const std::vector<const Person*>& people, const Quarters& quarters,
                              int level) {
    std::int64_t sum = 0;
    for (const Person* person : people)
      for (const int quarter : quarters)
        for (const auto& [at, given] : person->minutes[quarter])
          if (level == 0 || at == level) sum += given;
    return sum;
  }

  bool without_late_ = false;
  RegisterDefinitions definitions_;
  std::map<std::string, std::vector<const Person*>> people_;
};

}  // namespace qd::test
