#pragma once

#include "core/ports/key_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

class SqlKeyStore final : public KeyStore {
 public:
  SqlKeyStore(Gateway& gateway, Pool& pool, const AuditTrail& trail)
      : gateway_(gateway), pool_(pool), trail_(trail) {}

  Result<void> add(const ApiKey& key) override;  // kStoreConflict: the prefix is taken
  Result<std::optional<ApiKey>> find(const std::string& prefix) override;
  Result<std::vector<ApiKey>> list() override;
  Result<bool> revoke(const std::string& prefix, Instant now) override;
  Result<void> note_use(const std::string& prefix, Instant now) override;

 private:
  Gateway& gateway_;
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
