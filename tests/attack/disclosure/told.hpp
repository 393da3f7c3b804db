// What one audience is told of a year, as it was decided run by run.
#pragma once

#include "core/reading/disclosure/decide.hpp"
#include "core/reading/disclosure/given.hpp"
#include "tests/attack/disclosure/told_year.hpp"

namespace qd::test {

using reading::disclosure::PeopleFigure;
using reading::disclosure::PeopleRun;
using reading::disclosure::Rules;
using reading::disclosure::Why;
using reading::disclosure::YearDecision;

// What one audience is told of a population, but for a rule that is switched off.
class Told {
 public:
  // Of the same, nothing by a special category.
  static Told without_special(const Told& told) {
    Told less = told;
    less.tells_special_ = false;
    return less;
  }
  Told(const ToldYear& year, Audience audience, Why rule_off = Why::kShown)
      : year_(year),
        rules_(reading::disclosure::rules_of(audience)),
        decision_(decided_in_turn(year, rules_)),
        rule_off_(rule_off) {}

  Why why(const PeopleRun& run, const PeopleFigure& figure) const {
    const auto& reasons = decision_.at(run.run);
    const Why why = figure.position < reasons.size() ? reasons[figure.position] : Why::kShown;
    if (!tells_special_ && !figure.definition->special_category.empty()) return Why::kSmall;
    return why == rule_off_ ? Why::kShown : why;
  }
  FactValue value(const PeopleRun& run, const PeopleFigure& figure) const {
    return reading::disclosure::given(figure.value, *figure.definition, why(run, figure), rules_);
  }
  const ToldYear& of() const { return year_; }
  const Rules& rules() const { return rules_; }

 private:
  // Each run is decided upon when it completes: what was given then is given.
  static YearDecision decided_in_turn(const ToldYear& year, const Rules& rules) {
    YearDecision decision;
    for (const auto& state : year.states())
      decision = reading::disclosure::decide(state, rules, decision);
    return decision;
  }

  const ToldYear& year_;
  Rules rules_;
  YearDecision decision_;
  Why rule_off_;
  bool tells_special_ = true;
};

}  // namespace qd::test
