#pragma once

#include "core/ports/secret_store.hpp"
#include "orm/mapping/gateway.hpp"

namespace qd::orm {

class SqlSecretStore final : public SecretStore {
 public:
  explicit SqlSecretStore(Gateway& gateway) : gateway_(gateway) {}

  Result<std::string> secret(const std::string& name, const std::string& candidate) override;

 private:
  Gateway& gateway_;
};

}  // namespace qd::orm
