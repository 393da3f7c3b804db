// Who reads, as far as it decides what there is to be read.
#pragma once

#include <string>
#include <vector>

#include "core/model/audience.hpp"

namespace qd {

struct Viewer {
  Audience audience = Audience::kPublic;
  std::vector<std::string> areas = {};     // these and all that lies in them; empty: every area
  std::vector<std::string> families = {};  // empty: every family

  bool reads_everything() const { return areas.empty() && families.empty(); }
  bool operator==(const Viewer&) const = default;
};

}  // namespace qd
