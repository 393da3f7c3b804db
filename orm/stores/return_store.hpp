#pragma once

#include "core/ports/return_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"
#include "orm/stores/audit_trail.hpp"

namespace qd::orm {

// Every write after the claim names the fence it was claimed with, in the condition of the update
// itself: nothing is read first and trusted later. Many processes may share the database.
class SqlReturnStore final : public ReturnStore {
 public:
  SqlReturnStore(Gateway& gateway, Pool& pool, const AuditTrail& trail)
      : gateway_(gateway), pool_(pool), trail_(trail) {}

  Result<std::optional<ReturnRun>> claim(const std::string& schedule, const std::string& period,
                                         int revision, Instant now, Instant lease_until) override;
  Result<void> store_built(const ReturnRun& run) override;
  Result<void> store_delivered(const ReturnRun& run) override;
  Result<void> store_failed(const ReturnRun& run) override;

  Result<std::vector<ReturnRun>> list() override;
  Result<std::optional<ReturnRun>> find(const std::string& schedule, const std::string& period,
                                        int revision) override;

 private:
  Result<std::optional<ReturnRun>> take_over(const ReturnRun& wanted);

  Gateway& gateway_;
  Pool& pool_;
  const AuditTrail& trail_;
};

}  // namespace qd::orm
