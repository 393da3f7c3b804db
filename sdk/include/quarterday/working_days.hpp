// quarterday/working_days.hpp: working days of England and Wales, as the host
// knows them.
//
// Days from 1978 to 2199; for others std::out_of_range is thrown. Safe on any
// thread.
#pragma once

#include <quarterday/plugin.h>

#include <cstdint>
#include <stdexcept>

namespace quarterday {

class WorkingDays {
 public:
  explicit WorkingDays(const qd_working_days& host) : host_(&host) {}

  // Neither Saturday, Sunday nor bank holiday.
  bool is_working_day(qd_date day) const { return answered(host_->is_working_day(day)) == 1; }
  // The n-th working day after that day; n = 1: the next one.
  qd_date nth_after(qd_date day, std::int32_t n) const {
    const qd_date found = host_->nth_after(day, n);
    if (found == QD_NO_DATE) throw std::out_of_range("a working day beyond the calendar");
    return found;
  }
  // How many working days lie in [from, until).
  std::int32_t between(qd_date from, qd_date until) const {
    return answered(host_->between(from, until));
  }

 private:
  static std::int32_t answered(std::int32_t answer) {
    if (answer < 0) throw std::out_of_range("a working day beyond the calendar");
    return answer;
  }
  const qd_working_days* host_;
};

}  // namespace quarterday
