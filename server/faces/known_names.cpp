#include "server/faces/known_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

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
  const auto areas = sources_.catalogue.areas();
  if (!areas) return fail(areas.error());
  const auto runs = sources_.runs.runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  Names names;
  for (const auto& definition : *definitions) {
    names.indicators[definition.code].insert({definition.family, definition.area});
    names.families[definition.family].insert({definition.family, {}});
  }
  for (const auto& area : *areas) names.areas[area.code].insert({{}, area.code});
  for (const auto& run : *runs) {
    names.periods[run.period].insert({run.family, {}});
    names.families[run.family].insert({run.family, {}});
  }
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
