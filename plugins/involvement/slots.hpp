// Readings overlap: a quarter lies in its year. Days are sorted once into disjoint slots, and
// readings are put together from slots at the end.
#pragma once

#include <quarterday/plugin.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace involvement {

using Mask = std::uint32_t;

class Slots {
 public:
  static constexpr int kMost = 5;  // three readings have at most six bounds

  Slots() = default;
  Slots(const qd_reading* readings, std::size_t n_readings) {
    for (std::size_t i = 0; i < n_readings; ++i) {
      bounds_.push_back(readings[i].from);
      bounds_.push_back(readings[i].until);
    }
    std::sort(bounds_.begin(), bounds_.end());
    bounds_.erase(std::unique(bounds_.begin(), bounds_.end()), bounds_.end());
    for (std::size_t i = 0; i < n_readings; ++i) {
      of_reading_.push_back(touching(readings[i].from, readings[i].until));
      in_some_reading_ |= of_reading_.back();
    }
  }

  int size() const { return bounds_.empty() ? 0 : static_cast<int>(bounds_.size()) - 1; }
  Mask of_reading(std::size_t reading) const { return of_reading_[reading]; }

  // Slots of readings that share a day with [from, until).
  Mask sharing(qd_date from, qd_date until) const {
    return touching(from, until) & in_some_reading_;
  }
  // The slot of a day; -1 when it lies in no reading.
  int of(qd_date day) const {
    const Mask mask = sharing(day, day + 1);
    for (int slot = 0; slot < size(); ++slot)
      if ((mask >> slot & 1) != 0) return slot;
    return -1;
  }

 private:
  Mask touching(qd_date from, qd_date until) const {
    Mask mask = 0;
    for (int slot = 0; slot < size(); ++slot)
      if (from < bounds_[slot + 1] && bounds_[slot] < until) mask |= Mask{1} << slot;
    return mask;
  }

  std::vector<qd_date> bounds_;
  std::vector<Mask> of_reading_;
  Mask in_some_reading_ = 0;
};

}  // namespace involvement
