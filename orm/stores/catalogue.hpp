#pragma once

#include "core/ports/catalogue.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

class SqlCatalogue final : public Catalogue {
 public:
  SqlCatalogue(Gateway& gateway, Pool& pool) : gateway_(gateway), pool_(pool) {}

  Result<std::vector<Definition>> definitions(std::optional<Instant> as_of) override;
  Result<std::vector<DefinitionLink>> links(std::optional<Instant> as_of) override;
  Result<std::vector<Area>> areas(std::optional<Instant> as_of) override;

 private:
  Gateway& gateway_;
  Pool& pool_;
};

}  // namespace qd::orm
