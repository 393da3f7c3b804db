#pragma once

#include "core/ports/catalogue.hpp"
#include "orm/mapping/gateway.hpp"

namespace qd::orm {

class SqlCatalogue final : public Catalogue {
 public:
  explicit SqlCatalogue(Gateway& gateway) : gateway_(gateway) {}

  Result<std::vector<Definition>> definitions(std::optional<Instant> as_of) override;
  Result<std::vector<DefinitionLink>> links(std::optional<Instant> as_of) override;
  Result<std::vector<Area>> areas(std::optional<Instant> as_of) override;

 private:
  Gateway& gateway_;
};

}  // namespace qd::orm
