#include "server/faces/known_names.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/text/nearest.hpp"

namespace qd::faces {
namespace {

struct Asked {
  ErrorCode code;
  const char* sentence;  // with a place for the name
  const std::vector<std::string>& names;
  const std::set<std::string>& known;
};

std::optional<Error> first_unknown(const Asked& asked) {
  for (const auto& name : asked.names)
    if (asked.known.count(name) == 0)
      return Error{asked.code, fmt::format(fmt::runtime(asked.sentence), name),
                   text::nearest_hint(name, {asked.known.begin(), asked.known.end()})};
  return std::nullopt;
}

template <class Names>
std::optional<Error> unknown_name(const FactQuery& filter, const Names& known) {
  for (const Asked& asked :
       {Asked{ErrorCode::kFamilyUnknown, "there is no family '{}'", filter.families,
              known.families},
        Asked{ErrorCode::kIndicatorUnknown, "there is no indicator '{}'", filter.indicators,
              known.indicators},
        Asked{ErrorCode::kAreaUnknown, "there is no area '{}'", filter.areas, known.areas},
        Asked{ErrorCode::kPeriodUnknown, "nothing was ever computed for {}", filter.periods,
              known.periods}})
    if (auto unknown = first_unknown(asked)) return unknown;
  return std::nullopt;
}

}  // namespace

Result<void> KnownNames::check(const FactQuery& filter, std::int64_t data_version) {
  const auto known = stored(data_version);
  if (!known) return fail(known.error());
  if (!unknown_name(filter, **known)) return {};
  Names all = **known;
  add_installed(all);
  if (auto unknown = unknown_name(filter, all)) return fail(std::move(*unknown));
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
    names.indicators.insert(definition.code);
    names.families.insert(definition.family);
  }
  for (const auto& area : *areas) names.areas.insert(area.code);
  for (const auto& run : *runs) {
    names.periods.insert(run.period);
    names.families.insert(run.family);
  }
  return names;
}

// A folder that cannot be read makes no name known.
void KnownNames::add_installed(Names& names) {
  const auto listings = sources_.engine.families();
  if (!listings) return;
  for (const auto& listing : *listings) {
    if (!listing.family) continue;
    names.families.insert(listing.family->id);
    for (const auto& definition : listing.family->indicators)
      names.indicators.insert(definition.code);
  }
}

}  // namespace qd::faces
