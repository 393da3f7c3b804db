// The landlord's own quarterly figures for the Tenant Satisfaction Measures, by neighbourhood.
#include <algorithm>

#include "demo/demo_parts.hpp"

namespace qd::demo {
namespace {

struct Place {
  std::string area;
  int homes;
  Period quarter;
};

Record place_of(const Place& place, std::string_view measure, std::string_view tenure) {
  return {{"measure", std::string(measure)},
          {"version", "1"},
          {"area", place.area},
          {"tenure", std::string(tenure)},
          {"period_from", to_text(place.quarter.from())},
          {"period_until", to_text(place.quarter.until())}};
}

class Measures {
 public:
  Measures(DemoFiles& files, unsigned seed) : files_(files), dice_(seed, "measures") {}

  void add_quarter(const Place& place, int quarters_on);

 private:
  void add(const Place& place, std::string_view measure, std::string_view tenure, int numerator,
           int denominator);
  void add_safety(const Place& place);
  void add_repairs(const Place& place, int quarters_on);
  void add_cases(const Place& place);
  void add_survey(const Place& place, int quarters_on);

  DemoFiles& files_;
  Dice dice_;
};

void Measures::add(const Place& place, std::string_view measure, std::string_view tenure,
                   int numerator, int denominator) {
  Record record = place_of(place, measure, tenure);
  record.emplace_back("numerator", std::to_string(numerator));
  record.emplace_back("denominator", std::to_string(denominator));
  files_.add("measure_observations", record);
}

// Shares of homes each check applies to, as in the sector at large.
void Measures::add_safety(const Place& place) {
  struct Check {
    const char* measure;
    int applies, most_missing;  // percent of homes; homes
  };
  constexpr Check kChecks[] = {
      {"BS01", 82, 2}, {"BS02", 34, 4}, {"BS03", 26, 3}, {"BS04", 21, 3}, {"BS05", 13, 2}};
  for (const auto& check : kChecks) {
    const int homes = place.homes * check.applies / 100;
    const int missing = std::max(0, dice_.between(-2, check.most_missing));
    add(place, check.measure, "LCRA+LCHO", homes - missing, homes);
  }
  add(place, "RP01", "LCRA", dice_.between(0, 4), place.homes);
}

void Measures::add_repairs(const Place& place, int quarters_on) {
  const int season = place.quarter.quarter_number() >= 3 ? 110 : 92;  // more in winter
  const int jobs = place.homes * 85 * season / 10'000;                // 0.85 a home and quarter
  const int emergencies = jobs / 4 + dice_.between(-3, 3);
  const int others = jobs - emergencies;
  add(place, "RP02_1", "LCRA", dice_.hits(others, 78 + quarters_on), others);
  add(place, "RP02_2", "LCRA", dice_.hits(emergencies, 95), emergencies);
}

void Measures::add_cases(const Place& place) {
  const int summer = place.quarter.quarter_number() <= 2 ? 3 : 0;
  const int cases = dice_.between(1, 3 + summer);
  add(place, "NM01_1", "LCRA+LCHO", cases, place.homes);
  add(place, "NM01_2", "LCRA+LCHO", dice_.hits(cases, 6), place.homes);
  const int first = dice_.between(2, 6);
  const int second = dice_.hits(first, 18);
  add(place, "CH01_1", "LCRA", first, place.homes);
  add(place, "CH02_1", "LCRA", dice_.hits(first, 88), first);
  add(place, "CH01_2", "LCRA", second, place.homes);
  add(place, "CH02_2", "LCRA", dice_.hits(second, 84), second);
}

struct Question {
  const char* measure;
  int satisfied;       // percent of those who answer
  int filter;          // percent who say yes to the question before; 100: there is none
  int not_applicable;  // percent; 0: not offered
};
constexpr Question kQuestions[] = {
    {"TP01", 72, 100, 0}, {"TP02", 74, 68, 0},  {"TP03", 69, 68, 0},   {"TP04", 72, 100, 0},
    {"TP05", 78, 100, 2}, {"TP06", 61, 100, 8}, {"TP07", 72, 100, 6},  {"TP08", 78, 100, 3},
    {"TP09", 35, 28, 0},  {"TP10", 67, 45, 0},  {"TP11", 64, 100, 24}, {"TP12", 59, 100, 34},
};

void Measures::add_survey(const Place& place, int quarters_on) {
  const int asked = place.homes * 8 / 100 + dice_.between(0, 4);
  add(place, "SURVEY", "LCRA", asked, place.homes);
  const int repairs = dice_.hits(asked, 68);  // the same people answer TP02 and TP03
  for (const auto& question : kQuestions) {
    const bool filtered = question.filter < 100;
    const int yes = question.filter == 68 ? repairs : dice_.hits(asked, question.filter);
    const int none = dice_.hits(filtered ? 0 : asked, question.not_applicable);
    const int answers = (filtered ? yes : asked) - none;
    const int good = dice_.hits(answers, question.satisfied + quarters_on / 2);
    const int very = dice_.hits(good, 52);
    const int neither = dice_.hits(answers - good, 35);
    const int bad = answers - good - neither;
    const int fairly_bad = dice_.hits(bad, 50);
    Record record = place_of(place, question.measure, "LCRA");
    const std::pair<std::string_view, int> counts[] = {{"very_positive", very},
                                                       {"fairly_positive", good - very},
                                                       {"neither", neither},
                                                       {"fairly_negative", fairly_bad},
                                                       {"very_negative", bad - fairly_bad}};
    for (const auto& [column, count] : counts) record.emplace_back(column, std::to_string(count));
    if (question.not_applicable > 0) record.emplace_back("not_applicable", std::to_string(none));
    if (filtered) record.emplace_back("filter_yes", std::to_string(yes));
    if (filtered) record.emplace_back("filter_no", std::to_string(asked - yes));
    record.emplace_back("weighted", "0");
    files_.add("survey_tallies", record);
  }
}

void Measures::add_quarter(const Place& place, int quarters_on) {
  add_safety(place);
  add_repairs(place, quarters_on);
  add_cases(place);
  add_survey(place, quarters_on);
}

}  // namespace

void add_measures(DemoFiles& files, unsigned seed) {
  Measures measures(files, seed);
  int quarters_on = 0;
  for (const auto& quarter : demo_quarters()) {
    for (const auto& place : neighbourhoods()) {
      measures.add_quarter({place.code, place.homes, quarter}, quarters_on);
    }
    ++quarters_on;
  }
}

}  // namespace qd::demo
