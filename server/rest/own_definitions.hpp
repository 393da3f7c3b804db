// Definitions and the links between them, as far as they are a caller's.
#pragma once

#include <vector>

#include "server/rest/resource.hpp"

namespace qd::rest {

struct OwnDefinitions {
  std::vector<Definition> definitions;
  std::vector<DefinitionLink> links;  // of which both ends are its own
};
// Errors: kStoreUnavailable.
Result<OwnDefinitions> own_definitions(ApiState& state, const Call& call);

}  // namespace qd::rest
