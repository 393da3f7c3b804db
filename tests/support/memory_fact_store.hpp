// Runs, figures and catalogue in memory: what a test puts in, read by the rules of the real ones.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/model/member_set.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/family_register.hpp"
#include "core/ports/figures/figure_store.hpp"
#include "core/ports/member_register.hpp"
#include "core/ports/run_store.hpp"

namespace qd {

class MemoryFactStore final : public RunStore,
                              public FigureStore,
                              public Catalogue,
                              public FamilyRegister,
                              public MemberRegister {
 public:
  // What was known before an instant at which what is known now was captured.
  template <class T>
  struct Before {
    Instant instant{};
    std::vector<T> rows;
    const std::vector<T>& known_at(std::optional<Instant> as_of, const std::vector<T>& now) const {
      return as_of && *as_of < instant ? rows : now;
    }
  };

  std::vector<Area> areas_;
  std::vector<Definition> definitions_;
  Before<Area> areas_before_;
  Before<Definition> definitions_before_;
  std::vector<DefinitionLink> links_;
  std::vector<RegisteredFamily> registered_families_;
  std::optional<Date> taken_in_on_;
  std::vector<Run> runs_;    // numbered 1, 2, … in order
  std::vector<Fact> facts_;  // with run set
  std::function<Result<void>()> on_call = [] { return Result<void>{}; };

  Result<std::int64_t> begin_run(const Run& run, Instant) override {
    runs_.push_back(run);
    runs_.back().id = static_cast<std::int64_t>(runs_.size());
    return runs_.back().id;
  }
  Result<void> complete_run(const Run& run, const std::vector<Definition>& definitions,
                            std::vector<Fact>& facts) override {
    add_definitions(definitions);
    std::int64_t position = 0;
    for (Fact& fact : facts) {
      fact.run = run.id;
      fact.id = run.id * kFactsPerRun + position++;
      facts_.push_back(fact);
    }
    return end_run(run, RunState::kComplete);
  }
  Result<void> fail_run(const Run& run) override { return end_run(run, RunState::kFailed); }
  Result<int> sweep_runs(Instant) override { return 0; }

  Result<std::vector<Run>> runs(std::optional<std::string> family,
                                std::optional<std::string> period) override {
    if (const auto called = on_call(); !called) return fail(called.error());
    std::vector<Run> found;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
      if ((!family || run->family == *family) && (!period || run->period == *period)) {
        found.push_back(*run);
      }
    }
    return found;
  }
  Result<std::optional<Run>> run(std::int64_t id) override {
    for (const Run& run : runs_) {
      if (run.id == id) return std::optional(run);
    }
    return std::optional<Run>{};
  }

  Result<std::vector<Run>> current_runs(const CurrentRuns& wanted) override {
    if (const auto called = on_call(); !called) return fail(called.error());
    std::map<std::pair<std::string, std::string>, Run> current;
    for (const Run& run : runs_) {
      if (run.state != RunState::kComplete || !run.finished_at) continue;
      if (wanted.as_of && *run.finished_at > *wanted.as_of) continue;
      if (!any_of(wanted.families, run.family) || !any_of(wanted.periods, run.period)) continue;
      const auto [kept, added] = current.try_emplace({run.family, run.period}, run);
      if (!added && std::tie(kept->second.as_of, kept->second.id) < std::tie(run.as_of, run.id))
        kept->second = run;
    }
    std::vector<Run> found;
    for (const auto& [key, run] : current) found.push_back(run);
    std::sort(found.begin(), found.end(), [](const Run& a, const Run& b) { return a.id < b.id; });
    return found;
  }

  Result<std::vector<Figure>> facts(const FactQuery& query) override {
    if (const auto called = on_call(); !called) return fail(called.error());
    std::vector<Figure> found;
    const auto runs = runs_of(query);
    for (const Fact& fact : facts_) {
      if (wanted(query, runs, fact)) found.push_back({fact, definition_of(fact)});
    }
    std::sort(found.begin(), found.end(),
              [](const Figure& a, const Figure& b) { return order(a.fact) < order(b.fact); });
    if (query.limit != 0 && found.size() > query.limit) found.resize(query.limit);
    return found;
  }
  Result<std::optional<Figure>> fact(std::int64_t id) override {
    if (const auto called = on_call(); !called) return fail(called.error());
    for (const Fact& fact : facts_) {
      if (fact.id == id) return std::optional<Figure>({fact, definition_of(fact)});
    }
    return std::optional<Figure>{};
  }
  Result<void> scan(std::int64_t run, FigureSink& sink) override {
    if (const auto called = on_call(); !called) return fail(called.error());
    for (const Fact& fact : facts_) {
      if (fact.run != run) continue;
      const auto made_with =
          std::find_if(definitions_.begin(), definitions_.end(), [&](const Definition& definition) {
            return definition.code == fact.indicator && definition.version == fact.version;
          });
      sink.take(view_of(fact, *made_with));
    }
    return {};
  }
  Result<void> members(const std::vector<std::int64_t>& figures, const MembersSink& sink) override {
    for (const Fact& fact : facts_)
      if (std::find(figures.begin(), figures.end(), fact.id) != figures.end())
        hand_over_members(fact, sink);
    return {};
  }
  Result<void> scan_members(std::int64_t run, const MembersSink& sink) override {
    for (const Fact& fact : facts_)
      if (fact.run == run) hand_over_members(fact, sink);
    return {};
  }
  Result<std::vector<std::uint32_t>> numbers(std::span<const std::string_view> names) override {
    std::vector<std::uint32_t> all;
    for (const auto name : names)
      all.push_back(
          members_.emplace(name, static_cast<std::uint32_t>(members_.size())).first->second);
    return all;
  }
  Result<std::int64_t> data_version() override { return static_cast<std::int64_t>(runs_.size()); }
  Result<std::vector<Definition>> definitions(std::optional<Instant> as_of) override {
    return definitions_before_.known_at(as_of, definitions_);
  }
  Result<std::vector<DefinitionLink>> links(std::optional<Instant>) override { return links_; }
  Result<std::vector<Area>> areas(std::optional<Instant> as_of) override {
    return areas_before_.known_at(as_of, areas_);
  }
  Result<std::vector<std::string>> periods() override {
    std::vector<std::string> found;
    for (const Fact& fact : facts_) found.push_back(fact.period);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }
  Result<std::vector<RegisteredFamily>> registered_families() override {
    return registered_families_;
  }
  Result<std::vector<Definition>> take_in(const Family& family, Instant, Date today) override {
    taken_in_on_ = today;
    return family.indicators;
  }

 private:
  static void hand_over_members(const Fact& fact, const MembersSink& sink) {
    if (!fact.members.empty()) sink(fact.id, MemberSet(fact.members).bytes());
  }
  std::map<std::string, std::uint32_t, std::less<>> members_;

  static std::tuple<std::string, int, std::string, std::string, int, std::string> order(
      const Fact& fact) {
    return {fact.indicator, fact.version, fact.area, fact.period, static_cast<int>(fact.reading),
            fact.breakdown};
  }
  template <class Value>
  static bool any_of(const std::vector<Value>& values, const Value& value) {
    return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
  }
  // The runs whose figures are asked for.
  std::vector<std::int64_t> runs_of(const FactQuery& query) {
    if (!query.runs.empty()) return query.runs;
    CurrentRuns current;
    current.families = query.families;
    current.as_of = query.as_of;
    std::vector<std::int64_t> found;
    const auto runs = current_runs(current);
    for (const Run& run : *runs) found.push_back(run.id);
    return found;
  }
  static bool wanted(const FactQuery& query, const std::vector<std::int64_t>& runs,
                     const Fact& fact) {
    return std::find(runs.begin(), runs.end(), fact.run) != runs.end() &&
           any_of(query.areas, fact.area) && any_of(query.indicators, fact.indicator) &&
           any_of(query.periods, fact.period) && any_of(query.readings, fact.reading) &&
           (!query.breakdown || fact.breakdown == *query.breakdown) &&
           (!query.breakdown_prefix || fact.breakdown.starts_with(*query.breakdown_prefix)) &&
           (!query.after || order(*query.after) < order(fact));
  }
  Definition definition_of(const Fact& fact) const {
    for (const Definition& definition : definitions_) {
      if (definition.code == fact.indicator && definition.version == fact.version) {
        return definition;
      }
    }
    return {};
  }
  void add_definitions(const std::vector<Definition>& definitions) {
    for (const Definition& added : definitions) {
      const bool known =
          std::any_of(definitions_.begin(), definitions_.end(), [&](const Definition& one) {
            return one.code == added.code && one.version == added.version;
          });
      if (!known) definitions_.push_back(added);
    }
    std::sort(definitions_.begin(), definitions_.end(),
              [](const Definition& a, const Definition& b) {
                return std::tie(a.code, a.version) < std::tie(b.code, b.version);
              });
  }
  Result<void> end_run(const Run& run, RunState state) {
    for (Run& kept : runs_) {
      if (kept.id == run.id) kept = run;
      if (kept.id == run.id) kept.state = state;
    }
    return {};
  }
};

}  // namespace qd
