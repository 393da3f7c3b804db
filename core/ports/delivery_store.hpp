// Deliveries: where each return went, once per recipient.
#pragma once

#include <cstdint>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/return_run.hpp"

namespace qd {

class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;

  // Both only under the newest fence of a return that is built: kStoreConflict.
  //
  // Plans by inserting the unique row, before anything is placed anywhere; gives what is there when
  // an earlier attempt planned it.
  virtual Result<Delivery> plan(const ReturnRun& run, const Delivery& wanted) = 0;
  // Where it went and when. What is delivered stays as it is: kStoreConflict.
  virtual Result<void> store_delivered(const ReturnRun& run, const Delivery& delivery) = 0;

  // By return, recipient, channel.
  virtual Result<std::vector<Delivery>> deliveries() = 0;
};

}  // namespace qd
