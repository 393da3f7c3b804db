// A family's library, loaded the way the host loads it.
#pragma once

#include <quarterday/plugin.h>

#include <string>
#include <vector>

namespace quarterday::runner {

// Loads a library and looks at its descriptor. It stays loaded for good, as in the host: what a
// library leaves behind at unloading is a trap. Errors: CaseError.
const qd_family& load_family(const std::string& path);

// What the host would refuse in a descriptor, one sentence each; empty when there is nothing.
std::vector<std::string> objections_to(const qd_family& family);

}  // namespace quarterday::runner
