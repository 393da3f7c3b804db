#pragma once

#include "core/ports/delivery_store.hpp"
#include "orm/mapping/gateway.hpp"
#include "orm/sql/pool.hpp"

namespace qd::orm {

// As SqlReturnStore: every write names the fence in its own condition.
class SqlDeliveryStore final : public DeliveryStore {
 public:
  SqlDeliveryStore(Gateway& gateway, Pool& pool) : gateway_(gateway), pool_(pool) {}

  Result<Delivery> plan(const ReturnRun& run, const Delivery& wanted) override;
  Result<void> store_delivered(const ReturnRun& run, const Delivery& delivery) override;
  Result<std::vector<Delivery>> deliveries() override;

 private:
  Gateway& gateway_;
  Pool& pool_;
};

}  // namespace qd::orm
