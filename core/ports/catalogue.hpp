// What figures are about: definitions, their links, areas.
#pragma once

#include <optional>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/fact.hpp"

namespace qd {

// What people captured, in the versions that were known then; nullopt: now. What families declare
// is not captured and is there whatever the instant. Of several revisions the newest.
class Catalogue {
 public:
  virtual ~Catalogue() = default;

  virtual Result<std::vector<Definition>> definitions(  // by code, version
      std::optional<Instant> as_of = std::nullopt) = 0;
  virtual Result<std::vector<DefinitionLink>> links(  // by code, linked
      std::optional<Instant> as_of = std::nullopt) = 0;
  virtual Result<std::vector<Area>> areas(  // by code
      std::optional<Instant> as_of = std::nullopt) = 0;
};

}  // namespace qd
