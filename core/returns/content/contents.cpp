#include "core/returns/content/contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/reading/access/figure_door.hpp"
#include "core/returns/content/sections.hpp"
#include "core/text/lower.hpp"

namespace qd::returns::content {
namespace {

constexpr int kPreviousPeriods = 4;

bool known_at(const std::optional<Instant>& instant, Instant as_of) {
  return instant && (as_of == Instant{} || *instant <= as_of);
}

// Newest first.
std::vector<Period> full_years(const Period& period) {
  const int year = period.start_year();
  if (period.year_it_ends())
    return {Period::year(year), Period::year(year - 1), Period::year(year - 2)};
  return {Period::year(year - 1), Period::year(year - 2)};
}

std::vector<Period> shown_periods(const Period& period) {
  std::vector<Period> periods = {period};
  for (int i = 0; i < kPreviousPeriods; ++i) periods.push_back(periods.back().previous());
  return periods;
}

// Places of a period, the landlord first, then from the largest kind to the smallest, by name.
class Places {
 public:
  Places(const std::vector<Area>& areas, const Period& period) : areas_(areas), period_(period) {}

  std::vector<Area> below(const std::string& root) const {
    std::vector<Area> found;
    for (const Area& area : areas_) {
      if (area.code == root || (is_there(area) && lies_in(area, root))) found.push_back(area);
    }
    std::sort(found.begin(), found.end(), [](const Area& a, const Area& b) {
      return std::tuple(depth(a), a.name, a.code) < std::tuple(depth(b), b.name, b.code);
    });
    const auto first = std::find_if(found.begin(), found.end(),
                                    [&](const Area& area) { return area.code == root; });
    if (first != found.end()) std::rotate(found.begin(), first, first + 1);
    return found;
  }

 private:
  static int depth(const Area& area) {
    constexpr std::string_view kKinds[] = {"landlord", "region", "neighbourhood", "estate"};
    const auto* kind = std::find(std::begin(kKinds), std::end(kKinds), area.kind);
    return static_cast<int>(kind - std::begin(kKinds));
  }
  bool is_there(const Area& area) const {
    return overlap({area.valid_from, area.valid_until}, {period_.from(), period_.until()});
  }
  // A tree has no more steps than places: a circle in the data ends the search as well.
  bool lies_in(const Area& area, const std::string& root) const {
    const Area* place = &area;
    for (std::size_t step = 0; place && step <= areas_.size(); ++step) {
      if (place->parent == root) return true;
      const auto parent = std::find_if(areas_.begin(), areas_.end(),
                                       [&](const Area& one) { return one.code == place->parent; });
      place = parent == areas_.end() ? nullptr : &*parent;
    }
    return false;
  }

  const std::vector<Area>& areas_;
  const Period& period_;
};

Result<std::vector<Run>> frozen_runs(RunStore& store, const ReturnRequest& request) {
  std::vector<Run> runs;
  for (const std::int64_t id : request.fact_runs) {
    auto run = store.run(id);
    if (!run) return fail(run.error());
    if (*run) runs.push_back(std::move(**run));
  }
  return runs;
}

Result<std::vector<Run>> choose_runs(RunStore& store, const ReturnRequest& request) {
  if (!request.fact_runs.empty()) return frozen_runs(store, request);
  CurrentRuns wanted;
  for (const Period& period : shown_periods(request.period)) wanted.periods.push_back(period.id());
  for (const Period& year : full_years(request.period)) wanted.periods.push_back(year.id());
  if (request.as_of != Instant{}) wanted.as_of = request.as_of;
  return store.current_runs(wanted);
}

// Why a family has no complete run among those chosen; what came later than as_of is not known.
std::string reason_of(const std::vector<Run>& newest_first, const std::string& family,
                      Instant as_of) {
  for (const Run& run : newest_first) {
    if (run.family != family || !known_at(run.started_at, as_of)) continue;
    if (!known_at(run.finished_at, as_of)) {
      return fmt::format("run {} was still computing", run.id);
    }
    if (run.state == RunState::kFailed)
      return fmt::format("run {} failed: {}", run.id, failure_text(run));
  }
  return "no run for this period";
}

std::vector<NotComputed> missing_families(const std::vector<Run>& newest_first,
                                          const ReturnContents& contents,
                                          const std::vector<Definition>& definitions) {
  const std::string period = contents.period().id();
  std::set<std::string> families;
  for (const Definition& definition : definitions) families.insert(definition.family);
  for (const Run& run : newest_first) {
    if (known_at(run.started_at, contents.request.as_of)) families.insert(run.family);
  }
  std::map<std::string, std::string> not_prepared;
  for (const NotPrepared& failed : contents.request.not_prepared) {
    if (failed.family.empty()) continue;
    families.insert(failed.family);
    not_prepared.emplace(failed.family, failed.reason);
  }
  for (const Run& run : contents.runs) {
    if (run.period == period) families.erase(run.family);
  }
  std::vector<NotComputed> missing;
  missing.reserve(families.size());
  for (const std::string& family : families) {
    const auto told = not_prepared.find(family);
    missing.push_back({family, told != not_prepared.end()
                                   ? told->second
                                   : reason_of(newest_first, family, contents.request.as_of)});
  }
  return missing;
}

// Why the shown run is not what computing again would give; nullopt: nothing says so.
std::optional<std::string> reason_of_age(const std::vector<Run>& newest_first, const Run& shown,
                                         const ReturnRequest& request) {
  for (const NotPrepared& failed : request.not_prepared)
    if (failed.family.empty() || failed.family == shown.family) return failed.reason;
  const auto failed = std::find_if(newest_first.begin(), newest_first.end(), [&](const Run& run) {
    return run.family == shown.family && run.state == RunState::kFailed &&
           run.as_of >= shown.as_of && known_at(run.finished_at, request.as_of);
  });
  if (failed == newest_first.end() || failed->id < shown.id) return std::nullopt;
  return fmt::format("run {} failed: {}", failed->id, failure_text(*failed));
}

// The return is made all the same, and says so on its first page.
std::vector<OutOfDate> families_out_of_date(const std::vector<Run>& newest_first,
                                            const ReturnContents& contents) {
  std::vector<OutOfDate> families;
  for (const Run& shown : contents.runs) {
    if (shown.period != contents.period().id()) continue;
    if (const auto reason = reason_of_age(newest_first, shown, contents.request))
      families.push_back({shown.family, shown.id, *reason});
  }
  std::sort(families.begin(), families.end(),
            [](const OutOfDate& a, const OutOfDate& b) { return a.family < b.family; });
  return families;
}

// By code; of each code the newest version that holds on some day of the period.
std::vector<Definition> in_force(const std::vector<Definition>& definitions, const Period& period) {
  std::map<std::string, Definition> newest;
  for (const Definition& definition : definitions) {
    if (!overlap({definition.effective_from, definition.effective_until},
                 {period.from(), period.until()}))
      continue;
    const auto [known, added] = newest.try_emplace(definition.code, definition);
    if (!added && known->second.version < definition.version) known->second = definition;
  }
  std::vector<Definition> held;
  held.reserve(newest.size());
  for (auto& [code, definition] : newest) held.push_back(std::move(definition));
  return held;
}

FigureKey key_of(const Fact& fact) {
  return {fact.indicator, fact.area, fact.period, fact.reading, fact.breakdown};
}

// As the return's audience sees figures; one that is not known sees what everybody does.
Viewer viewer_of(const ReturnRequest& request) {
  const auto audience = audience_named(text::lower(request.audience));
  return {audience.value_or(Audience::kPublic)};
}

Result<void> add_figures(const ReturnSources& sources, ReturnContents& contents) {
  FactQuery query;
  for (const Run& run : contents.runs) query.runs.push_back(run.id);
  for (const Area& area : contents.areas) query.areas.push_back(area.code);
  reading::access::StoreDoor store(sources.figures, sources.runs, sources.catalogue);
  auto reading = store.door().open(query, viewer_of(contents.request));
  if (!reading) return fail(reading.error());
  auto figures = reading::all_of(**reading);
  if (!figures) return fail(figures.error());
  contents.figures = std::move(*figures);
  for (std::size_t i = 0; i < contents.figures.size(); ++i) {
    const Fact& fact = contents.figures[i].fact;
    const auto [known, added] = contents.index.try_emplace(key_of(fact), i);
    if (!added && contents.figures[known->second].fact.version < fact.version) known->second = i;
  }
  return {};
}

// Whether some figure of the landlord is one of that full year.
bool has_full_year(const ReturnContents& contents, const Period& year) {
  const std::string id = year.id();
  return std::any_of(contents.figures.begin(), contents.figures.end(), [&](const Figure& figure) {
    const Fact& fact = figure.fact;
    return fact.reading == Reading::kYear && fact.area == contents.landlord() && fact.period == id;
  });
}

Period choose_full_year(const ReturnContents& contents) {
  const auto years = full_years(contents.period());
  const auto found = std::find_if(years.begin(), years.end(), [&](const Period& year) {
    return has_full_year(contents, year);
  });
  return found == years.end() ? years.front() : *found;
}

// What the figures knew, areas and definitions are shown by: one state, whatever is loaded
// meanwhile.
std::optional<Instant> known_to(const std::vector<Run>& runs, const ReturnRequest& request) {
  std::optional<Instant> newest;
  for (const Run& run : runs)
    if (run.period == request.period.id()) newest = std::max(newest.value_or(run.as_of), run.as_of);
  if (!newest && request.as_of != Instant{}) return request.as_of;
  return newest;
}

bool has_own_figures(const ReturnContents& contents) {
  const std::string period = contents.period().id();
  return std::any_of(contents.figures.begin(), contents.figures.end(),
                     [&](const Figure& figure) { return figure.fact.period == period; });
}

tl::unexpected<Error> no_facts(const ReturnRequest& request) {
  return fail(ErrorCode::kReturnHasNoFacts,
              fmt::format("there is no figure of {} for {}",
                          request.area.empty() ? "any landlord" : "'" + request.area + "'",
                          request.period.id()),
              fmt::format("quarterday compute --period {}", request.period.id()));
}

std::shared_ptr<const plan::Plan> plan_of(const ReturnRequest& request) {
  return request.plan ? request.plan : std::make_shared<const plan::Plan>(plan::executive());
}

}  // namespace

Reading own_reading(const Period& period) {
  return period.kind() == Period::Kind::kYear ? Reading::kYear : Reading::kQuarter;
}

const Figure* ReturnContents::find(const FigureKey& key) const {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : &figures[found->second];
}

// Of each run the entry of the audit that holds its seal.
Result<std::map<std::int64_t, AuditAnchor>> verified(RunVerifier* verifier,
                                                     const std::vector<Run>& runs) {
  std::map<std::int64_t, AuditAnchor> entries;
  if (verifier == nullptr) return entries;
  for (const Run& run : runs) {
    const auto entry = verifier->verify(run);
    if (!entry) return fail(entry.error());
    if (*entry) entries.emplace(run.id, **entry);
  }
  return entries;
}

Result<ReturnContents> gather(const ReturnSources& sources, const ReturnRequest& request) {
  auto runs = choose_runs(sources.runs, request);
  if (!runs) return fail(runs.error());
  std::sort(runs->begin(), runs->end(), [](const Run& a, const Run& b) { return a.id < b.id; });
  auto entries = verified(sources.verifier, *runs);
  if (!entries) return fail(entries.error());
  const auto known = known_to(*runs, request);
  const auto areas = sources.catalogue.areas(known);
  if (!areas) return fail(areas.error());
  const auto definitions = sources.catalogue.definitions(known);
  if (!definitions) return fail(definitions.error());
  auto links = sources.catalogue.links(known);
  if (!links) return fail(links.error());

  ReturnContents contents{.request = request,
                          .periods = shown_periods(request.period),
                          .full_year = Period::year(request.period.start_year() - 1),
                          .areas = Places(*areas, request.period).below(request.area),
                          .figures = {},
                          .index = {},
                          .runs = std::move(*runs),
                          .entries = std::move(*entries),
                          .definitions = in_force(*definitions, request.period),
                          .links = std::move(*links),
                          .not_computed = {},
                          .out_of_date = {},
                          .plan = plan_of(request),
                          .sections = {}};
  if (contents.runs.empty() || contents.areas.empty()) return no_facts(request);
  if (const auto added = add_figures(sources, contents); !added) return fail(added.error());
  if (!has_own_figures(contents)) return no_facts(request);
  contents.full_year = choose_full_year(contents);
  const auto of_period = sources.runs.runs(std::nullopt, request.period.id());
  if (!of_period) return fail(of_period.error());
  contents.not_computed = missing_families(*of_period, contents, *definitions);
  contents.out_of_date = families_out_of_date(*of_period, contents);
  contents.sections = sections_of(contents);
  return contents;
}

}  // namespace qd::returns::content
