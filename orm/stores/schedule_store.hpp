#pragma once

#include "core/ports/schedule_store.hpp"
#include "orm/mapping/gateway.hpp"

namespace qd::orm {

class SqlScheduleStore final : public ScheduleStore {
 public:
  explicit SqlScheduleStore(Gateway& gateway) : gateway_(gateway) {}

  Result<Schedule> add(const Schedule& schedule) override;
  Result<void> save(const Schedule& schedule) override;
  Result<std::vector<Schedule>> schedules() override;

 private:
  Gateway& gateway_;
};

}  // namespace qd::orm
