// How many members a level has room for, and what is said when there are more.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace involvement {

class Caps {
 public:
  using Members = std::array<std::int64_t, 3>;  // of levels 2, 3 and 4

  Caps(std::int64_t level_2, std::int64_t level_3, std::int64_t level_4)
      : caps_{level_2, level_3, level_4} {}

  struct Said {
    std::string text;  // empty: nothing to say
    bool is_finding = false;
  };

  // level: 0 to 2. The cap of level 2 is a plan, so reaching it is a note; those of levels 3 and 4
  // are not to be passed, so passing one is a finding.
  Said said_of(int level, std::int64_t members) const {
    const std::int64_t cap = caps_[static_cast<std::size_t>(level)];
    const std::string are =
        std::to_string(members) + " members of level " + std::to_string(level + 2) + ", ";
    if (level == 0)
      return members >= cap ? Said{are + std::to_string(cap) + " are planned for,", false} : Said{};
    return members > cap ? Said{are + "which has room for " + std::to_string(cap) + ",", true}
                         : Said{};
  }

 private:
  Members caps_;
};

}  // namespace involvement
