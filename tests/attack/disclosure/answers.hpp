// Places with answers, cases and homes in them, drawn by a seed, and the shares, rates and means
// that a landlord would give of them.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/attack/disclosure/population.hpp"

namespace qd::test {

// Of one indicator, quarter, place and tenure: so many, of them so many who said so, and the days
// they waited in all.
struct Tally {
  std::int64_t all = 0, part = 0, days = 0;
  Tally& operator+=(const Tally& other) {
    all += other.all;
    part += other.part;
    days += other.days;
    return *this;
  }
};

// The indicators: two questions that the same people answered, a share of cases, a share of those
// who are there at a quarter's end, a rate by homes, a mean, a count.
class AnswerDefinitions {
 public:
  static constexpr std::array<const char*, 7> kCodes = {"ASKED1", "ASKED2", "SHARE", "STAND",
                                                        "RATE",   "MEAN",   "COUNT"};
  AnswerDefinitions() {
    for (const char* code : {"ASKED1", "ASKED2"}) {
      Definition asked = share(code, Aggregation::kSurveyProportion);
      asked.subjects = "answers";
      add(asked);
    }
    Definition by_tenure = share("SHARE", Aggregation::kFlowRatio);
    by_tenure.breakdowns = {"tenure"};
    add(by_tenure);
    add(share("STAND", Aggregation::kSnapshotRatio));
    Definition rate = definition("RATE", Aggregation::kRatePerStock);
    rate.denominator = "homes";
    rate.multiplier = 1000;
    add(rate);
    Definition mean = definition("MEAN", Aggregation::kMeanDuration);
    mean.denominator = "people who waited";
    add(mean);
    add(definition("COUNT", Aggregation::kAdditiveCount));
  }
  std::shared_ptr<const Definition> of(const std::string& code) const { return all_.at(code); }

 private:
  static Definition definition(const char* code, Aggregation aggregation) {
    Definition made;
    made.code = code;
    made.family = "answers";
    made.aggregation = aggregation;
    made.decimals = 1;
    return made;
  }
  static Definition share(const char* code, Aggregation aggregation) {
    Definition made = definition(code, aggregation);
    made.denominator = "all who answered";
    made.multiplier = 100;
    made.part_of_whole = true;
    return made;
  }
  void add(const Definition& made) { all_[made.code] = std::make_shared<const Definition>(made); }

  std::map<std::string, std::shared_ptr<const Definition>> all_;
};

// The figures of a year that the answers give: everything adds up over places, tenures and
// quarters.
class AnswerBook final : public ToldYear {
 public:
  AnswerBook(const Population& population, Reported reported, unsigned seed)
      : ToldYear(population.areas, reported), population_(population), dice_(seed * 31 + 5) {
    for (const Area& area : population.areas) draw(area);
    n_known_ = reported == Reported::kMoreLater ? 4 : 5;
    const bool begins_late = reported == Reported::kLateStart || reported == Reported::kBackwards;
    add_quarter(begins_late ? 1 : 0);
    n_known_ = reported == Reported::kFewerLater ? 4 : 5;
    if (is_revised()) {
      replace_all();
      add_quarter(0);
    } else if (reported == Reported::kBackwards) {
      add_quarter(0);
    } else if (reported == Reported::kTwoQuarters || reported == Reported::kLateStart) {
      add_quarter(reported == Reported::kLateStart ? 2 : 1);
    } else {
      for (int i = 1; reported == Reported::kFourQuarters && i < 4; ++i) add_quarter(i);
      add_year({0, 1, 2, 3});
    }
  }
  static std::vector<std::string> tenures_of(const std::string& code) {
    return code == "SHARE" ? std::vector<std::string>{"", "tenure=LCRA", "tenure=LCHO"}
                           : std::vector<std::string>{""};
  }

 private:
  using Key = std::pair<std::string, std::string>;  // indicator and tenure
  static constexpr int kParts = 5;                  // of which the last is known late

  // Those of a place itself: of neighbourhoods some, of the landlord none.
  void draw(const Area& area) {
    if (area.kind == "landlord") return;
    const int most = area.kind == "estate" ? dice_.between(1, 40) : dice_.between(0, 3);
    const double content = 0.4 + 0.6 * dice_.chance();
    for (int quarter = 0; quarter < 4; ++quarter) {
      const std::int64_t n_answers = dice_.between(0, most);
      for (const char* code : AnswerDefinitions::kCodes) {
        const bool is_asked = std::string(code).rfind("ASKED", 0) == 0;
        for (const auto& tenure : tenures_of(code)) {
          if (std::string(code) == "SHARE" && tenure.empty()) continue;
          const std::int64_t all = is_asked ? n_answers : dice_.between(0, most);
          for (std::int64_t i = 0; i < all; ++i)
            add_one(area.code, quarter, {code, tenure}, content, i);
        }
      }
    }
    homes_[area.code] = most * std::int64_t{5} + 3;
  }
  void add_one(const std::string& place, int quarter, const Key& key, double content,
               std::int64_t number) {
    Tally one;
    one.all = 1;
    one.part = dice_.chance() < content ? 1 : 0;
    one.days = dice_.between(1, 60);
    const auto part = static_cast<std::size_t>(number % kParts);
    for (const auto& above : all_above(place)) {
      tallies_[above][key][quarter][part] += one;
      if (!key.second.empty()) tallies_[above][{key.first, ""}][quarter][part] += one;
    }
  }

  void add_reading(reading::disclosure::PeopleRun& run, Reading reading,
                   const Quarters& quarters) override {
    for (const auto& area : year_.areas)
      for (const char* code : AnswerDefinitions::kCodes)
        for (const auto& tenure : tenures_of(code)) {
          Tally sum;
          auto& parts = tallies_[area][{code, tenure}];
          for (const int quarter :
               std::string(code) == "STAND" ? Quarters{quarters.back()} : quarters)
            for (std::size_t i = 0; i < static_cast<std::size_t>(n_known_); ++i)
              sum += parts[quarter][i];
          add_figure(run, definitions_.of(code), tenure, area, reading, value(code, sum, area));
        }
  }
  FactValue value(const std::string& code, const Tally& sum, const std::string& area) const {
    FactValue value;
    value.numerator = Number::of(code == "MEAN"                      ? sum.days
                                 : code == "COUNT" || code == "RATE" ? sum.all
                                                                     : sum.part);
    if (code == "COUNT") return value;
    value.denominator = Number::of(code == "RATE" ? homes_of(area) : sum.all);
    if (code.rfind("ASKED", 0) == 0) value.n = sum.all;
    if (*value.denominator == Number::of(0)) value.null_reason = NullReason::kZeroDenominator;
    return value;
  }
  std::int64_t homes_of(const std::string& area) const {
    std::int64_t homes = 0;
    for (const auto& [place, n] : homes_) {
      const auto above = all_above(place);
      homes += std::find(above.begin(), above.end(), area) != above.end() ? n : 0;
    }
    return homes;
  }

  const Population& population_;
  PopulationDice dice_;
  AnswerDefinitions definitions_;
  int n_known_ = kParts;
  std::map<std::string, std::int64_t> homes_;
  std::map<std::string, std::map<Key, std::map<int, std::array<Tally, kParts>>>> tallies_;
};

}  // namespace qd::test
