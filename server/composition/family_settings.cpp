#include "server/composition/family_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/declarations/option_value.hpp"
#include "core/text/nearest.hpp"

namespace qd::composition {
namespace {

std::string name_of(const FamilyListing& listing) { return listing.library.stem().string(); }

tl::unexpected<Error> no_such_family(const FamilySetting& setting,
                                     const std::vector<FamilyListing>& families) {
  std::vector<std::string> known;
  known.reserve(families.size());
  for (const auto& listing : families) known.push_back(name_of(listing));
  return fail(ErrorCode::kConfigurationUnknownKey,
              fmt::format("{}: there is no family '{}'", setting.place, setting.family),
              text::nearest_hint(setting.family, known));
}

tl::unexpected<Error> no_such_option(const FamilySetting& setting, const Family& family) {
  std::vector<std::string> known;
  known.reserve(family.options.size());
  for (const auto& option : family.options) known.push_back(option.key);
  return fail(
      ErrorCode::kConfigurationUnknownKey,
      fmt::format("{}: the family {} has no option '{}'", setting.place, family.id, setting.key),
      known.empty() ? "it has none" : text::nearest_hint(setting.key, known));
}

Result<void> check(const FamilySetting& setting, const Family& family) {
  const auto& options = family.options;
  const auto option = std::find_if(options.begin(), options.end(),
                                   [&](const FamilyOption& one) { return one.key == setting.key; });
  if (option == options.end()) return no_such_option(setting, family);
  const auto wrong = declarations::wrong_value(*option, setting.value);
  if (wrong.empty()) return {};
  return fail(
      ErrorCode::kConfigurationMalformed,
      fmt::format("{}: 'family.{}.{}': {}", setting.place, setting.family, setting.key, wrong),
      option->meaning);
}

}  // namespace

Result<void> check_family_settings(const std::vector<FamilySetting>& settings,
                                   const std::vector<FamilyListing>& families) {
  for (const auto& setting : settings) {
    const auto found = std::find_if(
        families.begin(), families.end(),
        [&](const FamilyListing& listing) { return name_of(listing) == setting.family; });
    if (found == families.end()) return no_such_family(setting, families);
    if (!found->family) continue;
    if (auto checked = check(setting, *found->family); !checked) return checked;
  }
  return {};
}

}  // namespace qd::composition
