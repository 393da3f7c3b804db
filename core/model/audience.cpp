#include "core/model/audience.hpp"

#include <algorithm>
#include <iterator>

namespace qd {
namespace {

constexpr AudienceWords kAudiences[] = {
    {Audience::kPublic, "public",
     "tenants and everybody: small numbers of people withheld, others "
     "to the nearest 5"},
    {Audience::kBoard, "board", "the Board: small numbers of people withheld"},
    {Audience::kExecutive, "executive",
     "the Executive: all but small numbers by ethnicity, health, "
     "belief and the like"},
};

}  // namespace

std::span<const AudienceWords> audiences() { return kAudiences; }

std::string_view name_of(Audience audience) {
  return std::find_if(std::begin(kAudiences), std::end(kAudiences),
                      [&](const AudienceWords& words) { return words.audience == audience; })
      ->name;
}

std::optional<Audience> audience_named(std::string_view name) {
  for (const auto& words : kAudiences)
    if (words.name == name) return words.audience;
  return std::nullopt;
}

}  // namespace qd
