// The register while it is read: who and what each dictionary code stands for. Codes are used as
// array indices, so a row of the biggest table costs a few loads and no hashing.
#pragma once

#include <cstdint>
#include <quarterday/row.hpp>
#include <vector>

#include "slots.hpp"

namespace involvement {

using quarterday::Code;

constexpr std::uint32_t kNowhere = UINT32_MAX;

struct Area {
  Code code;
  std::optional<Code> parent;  // none: a landlord
  qd_date from, until;
};

enum class Standing : std::uint8_t { kUnknown, kNotCounted, kCounted };

// Bits of engaged and active: level * Slots::size() + slot. Bits of at_end: level * 3 + reading.
struct Person {
  std::uint32_t home = kNowhere;  // place in the list of areas
  std::uint16_t engaged = 0, active = 0, at_end = 0;
  Standing standing = Standing::kUnknown;
  std::uint8_t levels = 0;  // bit per level at which this person may be involved
};

// What an event's code stands for: one of these, or kFirstBit + level * Slots::size() + slot.
enum EventPlace : std::uint8_t { kNoEvent, kElsewhere, kCancelledEvent, kFirstBit };

struct Policy {
  std::uint32_t area = kNowhere;
  Mask consulted = 0;  // slots
};

enum class TookPart : std::uint8_t { kNotLooked, kYes, kNo };

// Members of an area, area after area.
class ByArea {
 public:
  template <class HomeOf>  // HomeOf(code): place of its area, or kNowhere
  ByArea(std::size_t n_codes, std::size_t n_areas, const HomeOf& home_of) : starts_(n_areas + 1) {
    for (Code code = 0; code < n_codes; ++code)
      if (home_of(code) != kNowhere) ++starts_[home_of(code) + 1];
    for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    codes_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (Code code = 0; code < n_codes; ++code)
      if (home_of(code) != kNowhere) codes_[next[home_of(code)]++] = code;
  }

  const Code* begin(std::size_t area) const { return codes_.data() + starts_[area]; }
  const Code* end(std::size_t area) const { return codes_.data() + starts_[area + 1]; }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<Code> codes_;
};

}  // namespace involvement
