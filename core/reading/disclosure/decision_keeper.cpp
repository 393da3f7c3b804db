#include "core/reading/disclosure/decision_keeper.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace qd::reading::disclosure {
namespace {

bool completed_before(const Run& a, const Run& b) {
  return std::pair(*a.finished_at, a.id) < std::pair(*b.finished_at, b.id);
}

bool is_among(const std::vector<Run>& runs, const Run& run) {
  return std::any_of(runs.begin(), runs.end(), [&](const Run& one) { return one.id == run.id; });
}

}  // namespace

int DecisionKeeper::year_of(const Run& run) {
  const auto period = Period::parse(run.period);
  return period ? Period::quarter_of(period->from()).start_year() : 0;
}

Why Decisions::why(std::int64_t run, std::uint32_t position) const {
  const auto found = by_run_.find(run);
  return found == by_run_.end() ? Why::kUndecided : why_of(*found->second, position);
}

std::map<Why, std::size_t> Decisions::totals() const {
  std::map<Why, std::size_t> totals;
  for (const auto& [run, reasons] : by_run_)
    for (const Why why : *reasons)
      if (why != Why::kShown) ++totals[why];
  return totals;
}

void Decisions::add(std::shared_ptr<const YearDecision> year, const std::vector<Run>& runs) {
  for (const Run& run : runs)
    if (const auto reasons = year->find(run.id); reasons != year->end())
      by_run_.emplace(run.id, &reasons->second);
  years_.push_back(std::move(year));
}

Result<std::shared_ptr<const Decisions>> DecisionKeeper::about(const FactQuery& query,
                                                               Audience audience) {
  if (auto kept = kept_for(query, audience)) return kept;
  const std::lock_guard turn(deciding_);
  if (auto kept = kept_for(query, audience)) return kept;
  const auto runs = runs_of(query);
  if (!runs) return fail(runs.error());
  auto made = decided(audience, *runs);
  if (made) keep(query, *runs, audience, *made);
  return made;
}

std::shared_ptr<const Decisions> DecisionKeeper::kept_for(const FactQuery& query,
                                                          Audience audience) const {
  const std::lock_guard lock(mutex_);
  const bool is_of_present = query.runs.empty() && query.data_version &&
                             *query.data_version == present_.data_version &&
                             (!query.as_of || *query.as_of >= present_.newest);
  const auto kept = present_.decisions.find(audience);
  return is_of_present && kept != present_.decisions.end() ? kept->second : nullptr;
}

Result<DecisionKeeper::Runs> DecisionKeeper::runs_of(const FactQuery& query) {
  CurrentRuns wanted;
  wanted.as_of = query.as_of;
  if (query.runs.empty()) return runs_.current_runs(wanted);
  Runs named;
  for (const auto id : query.runs) {
    const auto run = runs_.run(id);
    if (!run) return fail(run.error());
    if (*run) named.push_back(**run);
  }
  return named;
}

// Of the newest version that was asked about, unless it was asked about the past.
void DecisionKeeper::keep(const FactQuery& query, const Runs& runs, Audience audience,
                          const std::shared_ptr<const Decisions>& made) {
  if (!query.runs.empty() || !query.data_version) return;
  Instant newest{};
  for (const Run& run : runs) newest = std::max(newest, run.finished_at.value_or(Instant{}));
  const std::lock_guard lock(mutex_);
  if (*query.data_version > present_.data_version) present_ = {*query.data_version, newest, {}};
  const bool is_newest = *query.data_version == present_.data_version;
  if (is_newest && newest == present_.newest) present_.decisions[audience] = made;
}

Result<std::shared_ptr<const Decisions>> DecisionKeeper::decided(Audience audience,
                                                                 const Runs& current) {
  auto decisions = std::make_shared<Decisions>(rules_of(audience));
  if (!decisions->rules().fewest_people) {
    const auto any = has_special_categories();
    if (!any) return fail(any.error());
    if (!*any) {
      decisions->changes_nothing_ = true;
      return decisions;
    }
  }
  std::map<int, Runs> years;
  for (const Run& run : current) years[year_of(run)].push_back(run);
  for (const auto& [name, runs] : years) {
    auto made = year(audience, name, runs);
    if (!made) return fail(made.error());
    decisions->add(std::move(*made), runs);
  }
  return decisions;
}

Result<bool> DecisionKeeper::has_special_categories() {
  const auto definitions = catalogue_.definitions();
  if (!definitions) return fail(definitions.error());
  return std::any_of(definitions->begin(), definitions->end(), [](const Definition& definition) {
    return !definition.special_category.empty();
  });
}

Result<std::shared_ptr<const YearDecision>> DecisionKeeper::year(Audience audience, int year,
                                                                 const Runs& runs) {
  auto& kept = years_[{audience, year}];
  if (!kept) kept = std::make_shared<const YearDecision>();
  const auto is_decided = [&](const Run& run) { return kept->count(run.id) != 0; };
  if (std::all_of(runs.begin(), runs.end(), is_decided)) return kept;
  const auto open = in_turn(year, runs, *kept);
  if (!open) return fail(open.error());
  ReadRuns read;
  for (const Run& run : *open) {
    auto made = next(audience, run, kept, read);
    if (!made) return fail(made.error());
    kept = std::move(*made);
  }
  return kept;
}

// Complete runs of the year that are not decided upon, up to the last of `until`.
Result<DecisionKeeper::Runs> DecisionKeeper::in_turn(int year, const Runs& until,
                                                     const YearDecision& before) {
  Instant last{};
  for (const Run& run : until) last = std::max(last, run.finished_at.value_or(Instant{}));
  auto runs = runs_.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  std::erase_if(*runs, [&](const Run& run) {
    return run.state != RunState::kComplete || !run.finished_at || *run.finished_at > last ||
           year_of(run) != year || before.count(run.id) != 0;
  });
  std::sort(runs->begin(), runs->end(), completed_before);
  return runs;
}

// What is decided upon a run is decided from what was current when it completed. Of a run that was
// not, because another knew more, nothing was ever given.
Result<std::shared_ptr<const YearDecision>> DecisionKeeper::next(
    Audience audience, const Run& run, const std::shared_ptr<const YearDecision>& before,
    ReadRuns& read) {
  const auto current = current_then(run);
  if (!current) return fail(current.error());
  if (!is_among(*current, run)) return before;
  Instant known{};
  for (const Run& one : *current) known = std::max(known, one.as_of);
  auto areas = catalogue_.areas(known);
  if (!areas) return fail(areas.error());
  YearIntake intake(std::move(*areas));
  for (const Run& one : *current) {
    if (one.id != run.id && before->count(one.id) == 0) continue;
    const auto figures = read_once(one, read);
    if (!figures) return fail(figures.error());
    if (auto added = intake.add(**figures); !added) return fail(added.error());
  }
  const auto all = runs_.runs(run.family, run.period);
  if (!all) return fail(all.error());
  for (const Run& one : *all) {
    if (one.id == run.id || before->count(one.id) == 0) continue;
    const auto figures = read_once(one, read);
    if (!figures) return fail(figures.error());
    if (auto added = intake.add_replaced(**figures); !added) return fail(added.error());
  }
  return std::make_shared<const YearDecision>(decide(intake.take(), rules_of(audience), *before));
}

Result<DecisionKeeper::Runs> DecisionKeeper::current_then(const Run& run) {
  auto families = families_of_the_same_people(run.family);
  if (!families) return fail(families.error());
  CurrentRuns wanted;
  wanted.families = std::move(*families);
  wanted.as_of = run.finished_at;
  auto current = runs_.current_runs(wanted);
  if (!current) return fail(current.error());
  std::erase_if(*current, [&](const Run& one) { return year_of(one) != year_of(run); });
  return current;
}

// The family, and those that have a word for subjects with it: what they say is of the same people.
Result<std::vector<std::string>> DecisionKeeper::families_of_the_same_people(
    const std::string& family) {
  const auto definitions = catalogue_.definitions();
  if (!definitions) return fail(definitions.error());
  std::set<std::string> subjects, families = {family};
  for (const Definition& definition : *definitions)
    if (definition.family == family && !definition.subjects.empty())
      subjects.insert(definition.subjects);
  for (const Definition& definition : *definitions)
    if (subjects.count(definition.subjects) != 0) families.insert(definition.family);
  return std::vector<std::string>(families.begin(), families.end());
}

Result<const ReadRun*> DecisionKeeper::read_once(const Run& run, ReadRuns& read) {
  auto& kept = read[run.id];
  if (!kept) {
    auto figures = read_run(run, figures_);
    if (!figures) return fail(figures.error());
    kept = std::move(*figures);
  }
  return kept.get();
}

}  // namespace qd::reading::disclosure
