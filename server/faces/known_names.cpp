#include "server/faces/known_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "core/model/period.hpp"
#include "core/text/nearest.hpp"

namespace qd::faces {

struct KnownNames::Asked {
  ErrorCode code;
  const char* sentence;  // with a place for the name
  const std::vector<std::string>& names;
  const Owned& known;
};

bool KnownNames::is_known(const Owned& names, const std::string& name,
                          const reading::access::Portion& portion) {
  const auto found = names.find(name);
  return found != names.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Owner& owner) {
           return (owner.family.empty() || portion.has_family(owner.family)) &&
                  (owner.area.empty() || portion.has_area(owner.area));
         });
}

std::optional<Error> KnownNames::first_unknown(const Asked& asked,
                                               const reading::access::Portion& portion) {
  for (const auto& name : asked.names) {
    if (is_known(asked.known, name, portion)) continue;
    std::vector<std::string> near;
    for (const auto& [known, owners] : asked.known)
      if (is_known(asked.known, known, portion)) near.push_back(known);
    return Error{asked.code, fmt::format(fmt::runtime(asked.sentence), name),
                 text::nearest_hint(name, near)};
  }
  return std::nullopt;
}

std::optional<Error> KnownNames::unknown_name(const FactQuery& filter, const Names& known,
                                              const reading::access::Portion& portion) {
  for (const Asked& asked :
       {Asked{ErrorCode::kFamilyUnknown, "there is no family '{}'", filter.families,
              known.families},
        Asked{ErrorCode::kIndicatorUnknown, "there is no indicator '{}'", filter.indicators,
              known.indicators},
        Asked{ErrorCode::kAreaUnknown, "there is no area '{}'", filter.areas, known.areas},
        Asked{ErrorCode::kPeriodUnknown, "nothing was ever computed for {}", filter.periods,
              known.periods}})
    if (auto unknown = first_unknown(asked, portion)) return unknown;
  return std::nullopt;
}

Result<void> KnownNames::check(const FactQuery& filter, std::int64_t data_version,
                               const reading::access::Portion& portion) {
  const auto known = stored(data_version);
  if (!known) return fail(known.error());
  if (!unknown_name(filter, **known, portion)) return {};
  Names all = **known;
  add_installed(all);
  if (auto unknown = unknown_name(filter, all, portion)) return fail(std::move(*unknown));
  return {};
}

// Patterns as the names they fit; one that fits none stays, and is then not known.
std::vector<std::string> KnownNames::expanded(const std::vector<std::string>& asked,
                                              const Owned& names,
                                              const reading::access::Portion& portion) {
  std::vector<std::string> found;
  for (const auto& name : asked) {
    const auto n_before = found.size();
    const bool is_pattern = name.ends_with('*');
    const auto beginning = name.substr(0, name.size() - (is_pattern ? 1 : 0));
    for (auto at = names.lower_bound(beginning); is_pattern && at != names.end(); ++at) {
      if (!at->first.starts_with(beginning)) break;
      if (is_known(names, at->first, portion)) found.push_back(at->first);
    }
    if (found.size() == n_before) found.push_back(name);
  }
  return found;
}

// Of all that is asked for, what lies under one of the areas and is of one of the kinds.
void KnownNames::find_areas(const Question& question, const Names& names, FactQuery& query) {
  if (question.under.empty() && question.kinds.empty()) return;
  const reading::access::Portion under({.areas = question.under}, names.tree);
  const auto is_among = [](const std::vector<std::string>& list, const std::string& one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  };
  std::vector<std::string> found;
  for (const Area& area : names.tree)
    if (under.has_area(area.code) && is_among(question.kinds, area.kind) &&
        is_among(query.areas, area.code))
      found.push_back(area.code);
  query.areas = found.empty() ? std::vector<std::string>{""} : std::move(found);
}

void KnownNames::find_periods(const Question& question, const Names& names,
                              const reading::access::Portion& portion, Instant known_at,
                              FactQuery& query) {
  if (!question.chooses_periods()) return;
  std::map<Period::Kind, std::set<std::pair<Date, std::string>, std::greater<>>> found;
  for (const Run& run : names.runs) {
    const auto period = Period::parse(run.period);
    if (!period || !portion.has_family(run.family) || *run.finished_at > known_at) continue;
    const bool is_asked =
        query.periods.empty() ||
        std::find(query.periods.begin(), query.periods.end(), run.period) != query.periods.end();
    if (is_asked && (!question.from || *question.from <= period->from()) &&
        (!question.until || period->until() <= *question.until) &&
        (!question.at || period->until() <= *question.at))
      found[period->kind()].emplace(period->from(), run.period);
  }
  query.periods.clear();
  for (const auto& [kind, newest_first] : found) {
    std::size_t left = question.latest.value_or(newest_first.size());
    for (auto at = newest_first.begin(); at != newest_first.end() && left > 0; ++at, --left)
      query.periods.push_back(at->second);
  }
  if (query.periods.empty()) query.periods = {""};
}

Result<FactQuery> KnownNames::resolve(const Question& question, std::int64_t data_version,
                                      const reading::access::Portion& portion, Instant known_at) {
  const auto known = stored(data_version);
  if (!known) return fail(known.error());
  const Names& names = **known;
  FactQuery query = question.filter;
  query.indicators = expanded(query.indicators, names.indicators, portion);
  query.areas = expanded(query.areas, names.areas, portion);
  FactQuery named = query;
  named.areas.insert(named.areas.end(), question.under.begin(), question.under.end());
  if (auto checked = check(named, data_version, portion); !checked) return fail(checked.error());
  find_areas(question, names, query);
  find_periods(question, names, portion, known_at, query);
  return query;
}

std::shared_ptr<const FigureFields> KnownNames::fields_of(const Names& names,
                                                          const reading::access::Portion& portion) {
  std::vector<std::string> keys;
  for (const auto& [key, owners] : names.breakdowns)
    if (is_known(names.breakdowns, key, portion)) keys.push_back(key);
  return std::make_shared<const FigureFields>(figure_fields(keys));
}

Result<std::shared_ptr<const FigureFields>> KnownNames::fields(
    std::int64_t data_version, const reading::access::Portion& portion) {
  const auto known = stored(data_version);
  if (!known) return fail(known.error());
  return portion.is_everything() ? (*known)->fields : fields_of(**known, portion);
}

Result<std::shared_ptr<const KnownNames::Names>> KnownNames::stored(std::int64_t data_version) {
  const std::lock_guard lock(mutex_);
  if (names_ && data_version == data_version_) return names_;
  auto read = read_stored();
  if (!read) return fail(read.error());
  names_ = std::make_shared<const Names>(std::move(*read));
  data_version_ = data_version;
  return names_;
}

Result<KnownNames::Names> KnownNames::read_stored() {
  const auto definitions = sources_.catalogue.definitions();
  if (!definitions) return fail(definitions.error());
  auto areas = sources_.catalogue.areas();
  if (!areas) return fail(areas.error());
  const auto runs = sources_.runs.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  Names names;
  for (const auto& definition : *definitions) {
    names.indicators[definition.code].insert({definition.family, definition.area});
    names.families[definition.family].insert({definition.family, {}});
    for (const auto& key : definition.breakdowns)
      names.breakdowns[key].insert({definition.family, definition.area});
  }
  for (const auto& area : *areas) names.areas[area.code].insert({{}, area.code});
  for (const auto& run : *runs) {
    names.periods[run.period].insert({run.family, {}});
    names.families[run.family].insert({run.family, {}});
    if (run.state == RunState::kComplete && run.finished_at && run.n_facts > 0)
      names.runs.push_back(run);
  }
  names.tree = std::move(*areas);
  names.fields = fields_of(names, {});
  return names;
}

// A folder that cannot be read makes no name known.
void KnownNames::add_installed(Names& names) {
  const auto listings = sources_.engine.families();
  if (!listings) return;
  for (const auto& listing : *listings) {
    if (!listing.family) continue;
    const auto& id = listing.family->id;
    names.families[id].insert({id, {}});
    for (const auto& definition : listing.family->indicators)
      names.indicators[definition.code].insert({id, definition.area});
  }
}

}  // namespace qd::faces
