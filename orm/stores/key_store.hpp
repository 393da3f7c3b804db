#pragma once

#include "core/ports/key_store.hpp"
#include "orm/mapping/gateway.hpp"

namespace qd::orm {

class SqlKeyStore final : public KeyStore {
 public:
  explicit SqlKeyStore(Gateway& gateway) : gateway_(gateway) {}

  Result<void> add(const ApiKey& key) override;  // kStoreConflict: the prefix is taken
  Result<std::optional<ApiKey>> find(const std::string& prefix) override;
  Result<std::vector<ApiKey>> list() override;
  Result<bool> revoke(const std::string& prefix, Instant now) override;
  Result<void> note_use(const std::string& prefix, Instant now) override;

 private:
  Gateway& gateway_;
};

}  // namespace qd::orm
