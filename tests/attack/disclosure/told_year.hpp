// The figures of a year as they would be read from the store, and what was there when each run
// completed.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/reading/disclosure/year_figures.hpp"

namespace qd::test {

// Two neighbouring quarters; a quarter and then the year; a quarter that is computed again, with
// people that were missing, or without people that should not have been there; all four quarters
// and then the year; the second and third quarter, whose years to date hold a first that nothing
// was computed of; the second quarter, and then the first.
enum class Reported {
  kTwoQuarters,
  kQuarterAndYear,
  kMoreLater,
  kFewerLater,
  kFourQuarters,
  kLateStart,
  kBackwards
};

using Quarters = std::vector<int>;  // of the year, from 0

class ToldYear {
 public:
  const reading::disclosure::YearFigures& year() const { return year_; }
  Reported reported() const { return reported_; }
  bool is_revised() const {
    return reported_ == Reported::kMoreLater || reported_ == Reported::kFewerLater;
  }
  // Everything that was ever told, in the order in which it was.
  std::vector<reading::disclosure::PeopleRun> told_runs() const {
    auto runs = year_.replaced;
    runs.insert(runs.end(), year_.runs.begin(), year_.runs.end());
    return runs;
  }
  // What was there when each run completed.
  std::vector<reading::disclosure::YearFigures> states() const {
    auto state = year_;
    state.runs.clear();
    state.replaced.clear();
    std::vector<reading::disclosure::YearFigures> states;
    for (const auto& run : told_runs()) {
      if (is_revised()) state.replaced = std::move(state.runs);
      if (is_revised()) state.runs.clear();
      state.runs.push_back(run);
      states.push_back(state);
    }
    return states;
  }

 protected:
  ToldYear(const std::vector<Area>& areas, Reported reported) : areas_(areas), reported_(reported) {
    for (const Area& area : areas) year_.areas.push_back(area.code);
    std::sort(year_.areas.begin(), year_.areas.end());
    for (std::uint32_t i = 0; i < year_.areas.size(); ++i) numbers_[year_.areas[i]] = i;
    for (const Area& area : areas) parents_[area.code] = area.parent;
  }

  // A place, and all it lies in.
  std::vector<std::string> all_above(std::string place) const {
    std::vector<std::string> all;
    for (; !place.empty(); place = parents_.at(place)) all.push_back(place);
    return all;
  }

  // Runs, numbered as they completed: 1, 2, …
  virtual void add_reading(reading::disclosure::PeopleRun& run, Reading reading,
                           const Quarters& quarters) = 0;
  void add_quarter(int quarter) {
    reading::disclosure::PeopleRun run = begin_run(Period::quarter(2026, quarter + 1));
    add_reading(run, Reading::kQuarter, {quarter});
    Quarters to_date;
    for (int i = 0; i <= quarter; ++i) to_date.push_back(i);
    add_reading(run, Reading::kYearToDate, to_date);
    year_.runs.push_back(std::move(run));
  }
  void add_year(const Quarters& quarters) {
    reading::disclosure::PeopleRun run = begin_run(Period::year(2026));
    add_reading(run, Reading::kYear, quarters);
    year_.runs.push_back(std::move(run));
  }
  // What was told so far is told anew by what comes next.
  void replace_all() {
    year_.replaced = std::move(year_.runs);
    year_.runs.clear();
  }

  void add_figure(reading::disclosure::PeopleRun& run, std::shared_ptr<const Definition> definition,
                  const std::string& breakdown, const std::string& area, Reading reading,
                  const FactValue& value) {
    reading::disclosure::PeopleFigure figure;
    figure.position = static_cast<std::uint32_t>(run.figures.size());
    figure.definition = std::move(definition);
    figure.area = numbers_.at(area);
    const auto known = std::find(year_.breakdowns.begin(), year_.breakdowns.end(), breakdown);
    figure.breakdown = static_cast<std::uint32_t>(known - year_.breakdowns.begin());
    if (known == year_.breakdowns.end()) year_.breakdowns.push_back(breakdown);
    figure.reading = reading;
    figure.value = value;
    run.figures.push_back(std::move(figure));
  }

  reading::disclosure::YearFigures year_;

 private:
  reading::disclosure::PeopleRun begin_run(const Period& period) {
    reading::disclosure::PeopleRun run;
    run.run = ++n_runs_;
    run.period = period;
    const auto tree = AreaTree::build(areas_, period.readings());
    for (std::size_t i = 0; i < tree->n_readings(); ++i) run.parents.push_back(tree->parents(i));
    return run;
  }

  const std::vector<Area>& areas_;
  Reported reported_;
  std::int64_t n_runs_ = 0;
  std::map<std::string, std::uint32_t> numbers_;
  std::map<std::string, std::string> parents_;
};

}  // namespace qd::test
