// Who figures are shown to: the wider the audience, the less of small numbers of people.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace qd {

enum class Audience { kPublic, kBoard, kExecutive };

struct AudienceWords {
  Audience audience;
  std::string_view name;     // as typed, stored and shown
  std::string_view meaning;  // what it sees, for help
};

// Every audience there is, from the widest.
std::span<const AudienceWords> audiences();
std::string_view name_of(Audience audience);
std::optional<Audience> audience_named(std::string_view name);

}  // namespace qd
