// Figures of several families and periods, and questions about them, drawn by a seed.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "core/ports/figures/figure_store.hpp"

namespace qd::test {

class FigureDice {
 public:
  explicit FigureDice(unsigned seed) : generator_(seed) {}

  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(generator_); }
  bool one_in(int n) { return below(n) == 0; }
  template <class T>
  const T& of(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
  }

  // What a run of the family may have computed: each key once, in no order. Some values are absent,
  // some as wide as they can be.
  std::vector<Fact> facts(const std::vector<Definition>& definitions, const std::string& period,
                          int one_in_so_many) {
    std::vector<Fact> made;
    for (const Definition& definition : definitions)
      for (const auto& area : areas_)
        for (const Reading reading : {Reading::kQuarter, Reading::kYearToDate})
          for (const auto& breakdown : breakdowns_)
            if (one_in(one_in_so_many))
              made.push_back(fact(definition, area, period, reading, breakdown));
    std::shuffle(made.begin(), made.end(), generator_);
    return made;
  }

  // Any of the fields may restrict, also to what is not there; sometimes it goes on after a figure.
  FactQuery question(const std::vector<std::string>& codes, const std::vector<std::string>& periods,
                     const std::vector<std::string>& families, const std::vector<Figure>& known) {
    FactQuery query;
    query.indicators = some_of(codes);
    query.areas = some_of(areas_);
    query.periods = some_of(periods);
    if (one_in(4)) query.families = some_of(families);
    if (one_in(3)) query.readings = {one_in(2) ? Reading::kQuarter : Reading::kYearToDate};
    if (one_in(3)) query.breakdown = of(breakdowns_);
    if (one_in(20)) query.areas.emplace_back("nowhere");
    if (one_in(20)) query.breakdown = "tenure=NONE";
    if (one_in(6)) query.breakdown_prefix = of(beginnings_);
    if (one_in(2) && !known.empty()) {
      query.after = of(known).fact;
      if (one_in(3)) query.after->run = 0;
      if (one_in(5)) query.after->area += "!";
    }
    return query;
  }

 private:
  std::vector<std::string> some_of(const std::vector<std::string>& all) {
    std::vector<std::string> some;
    if (one_in(2)) return some;
    for (int n = 1 + below(3); n > 0; --n) some.push_back(of(all));
    return some;
  }
  std::int64_t number() {
    return one_in(50) ? std::uniform_int_distribution<std::int64_t>(
                            -999'999'999'999'999'999, 999'999'999'999'999'999)(generator_)
                      : below(2'000) * Number::kScale;
  }
  Fact fact(const Definition& definition, const std::string& area, const std::string& period,
            Reading reading, const std::string& breakdown) {
    Fact made;
    made.indicator = definition.code;
    made.version = definition.version;
    made.area = area;
    made.period = period;
    made.reading = reading;
    made.breakdown = breakdown;
    made.numerator = Number{number()};
    if (!one_in(4)) made.denominator = Number{number()};
    if (one_in(3)) made.n = below(100'000);
    if (one_in(5)) made.population = below(100'000);
    if (one_in(6)) made.null_reason = static_cast<NullReason>(1 + below(6));
    if (one_in(4)) made.flags = static_cast<std::uint32_t>(1 << below(6));
    return made;
  }

  std::mt19937 generator_;
  std::vector<std::string> areas_ = {"E1", "E10", "E2", "L1", "N1", "N2", "Ö1"};
  std::vector<std::string> beginnings_ = {"", "level=", "tenure=LC", "tenure=LCRA", "x", "t"};
  std::vector<std::string> breakdowns_ = {"", "level=2", "level=3", "tenure=LCHO", "tenure=LCRA"};
};

inline std::vector<Definition> definitions_of(const std::string& family,
                                              const std::vector<std::string>& codes) {
  std::vector<Definition> made;
  for (const auto& code : codes) {
    for (const int version : {1, 2, 10}) {
      Definition definition;
      definition.code = code;
      definition.version = version;
      definition.family = family;
      definition.title = code + " of version " + std::to_string(version);
      definition.effective_from = make_date(2020, 4, 1);
      made.push_back(definition);
    }
  }
  return made;
}

// Keeps what it is handed.
class KeptFigures final : public FigureSink {
 public:
  void take(const FigureView& figure) override {
    figures.push_back({fact_of(figure), *figure.definition});
  }
  std::vector<Figure> figures;
};

// Everything there is to a figure.
inline auto all_of(const Figure& figure) {
  const Fact& fact = figure.fact;
  return std::tuple(fact.id, fact.run, fact.indicator, fact.version, fact.area, fact.period,
                    fact.reading, fact.breakdown, static_cast<const FactValue&>(fact),
                    figure.definition.title);
}

inline bool are_the_same(const std::vector<Figure>& some, const std::vector<Figure>& others) {
  return std::equal(
      some.begin(), some.end(), others.begin(), others.end(),
      [](const Figure& one, const Figure& other) { return all_of(one) == all_of(other); });
}

}  // namespace qd::test
