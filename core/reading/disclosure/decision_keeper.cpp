#include "core/reading/disclosure/decision_keeper.hpp"

#include <algorithm>
#include <utility>

namespace qd::reading::disclosure {
namespace {

constexpr std::size_t kMostYears = 500;  // kept decisions, of present and past states

// What is decided upon together: a family and the year that a period lies in.
using YearOf = std::pair<std::string, int>;

YearOf year_of(const Run& run) {
  const auto period = Period::parse(run.period);
  if (!period) return {run.family, 0};
  return {run.family, Period::quarter_of(period->from()).start_year()};
}

}  // namespace

Why Decisions::why(std::int64_t run, std::uint32_t position) const {
  const auto found = by_run_.find(run);
  if (found == by_run_.end()) return Why::kUndecided;
  return position < found->second->size() ? (*found->second)[position] : Why::kShown;
}

std::map<Why, std::size_t> Decisions::totals() const {
  std::map<Why, std::size_t> totals;
  for (const auto& [run, reasons] : by_run_)
    for (const Why why : *reasons)
      if (why != Why::kShown) ++totals[why];
  return totals;
}

void Decisions::add(std::shared_ptr<const YearDecision> year) {
  for (const auto& [run, reasons] : *year) by_run_.emplace(run, &reasons);
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
  std::map<YearOf, Runs> years;
  for (const Run& run : current) years[year_of(run)].push_back(run);
  for (const auto& [name, runs] : years) {
    auto made = year(audience, runs);
    if (!made) return fail(made.error());
    decisions->add(std::move(*made));
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

Result<std::shared_ptr<const YearDecision>> DecisionKeeper::year(Audience audience,
                                                                 const Runs& runs) {
  YearKey key{audience, {}};
  Instant known{};
  for (const Run& run : runs) {
    key.second.push_back(run.id);
    known = std::max(known, run.as_of);
  }
  if (const auto found = years_.find(key); found != years_.end()) return found->second;
  auto areas = catalogue_.areas(known);
  if (!areas) return fail(areas.error());
  YearIntake intake(std::move(*areas));
  for (const Run& run : runs)
    if (auto added = intake.add(run, figures_); !added) return fail(added.error());
  auto made = std::make_shared<const YearDecision>(decide(intake.take(), rules_of(audience)));
  if (years_.size() >= kMostYears) years_.clear();
  years_[key] = made;
  return made;
}

}  // namespace qd::reading::disclosure
