// The figures of one segment that a question asks for, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "core/reading/cube/cube.hpp"

namespace qd::reading::cube {

// Where a figure stands among those of all segments.
struct Place {
  std::uint32_t definition = 0, area = 0, period = 0, reading = 0, breakdown = 0;  // ranks
  std::int64_t run = 0;

  auto key() const { return std::tie(definition, area, period, reading, breakdown, run); }
  friend bool operator<(const Place& a, const Place& b) { return a.key() < b.key(); }
};

class Walk {
 public:
  // At the first figure that is asked for, and after query.after. What is wanted must stay.
  Walk(const PlacedSegment& placed, const FactQuery& query, const Wanted& wanted);

  bool ended() const { return ended_; }
  const Place& place() const { return place_; }  // of the figure it stands at
  const PlacedSegment& placed() const { return *placed_; }
  const Definition& of() const { return segment_->definition(definition_); }
  FigureView figure() const { return segment_->view(row_, definition_); }
  void step();
  // Wanted figures of one definition that stand side by side, from this one on: [begin, end), at
  // most so many. It then stands at the next that is wanted.
  std::pair<std::uint32_t, std::uint32_t> step_over(std::uint32_t at_most);

 private:
  std::uint32_t end_of_definition() const { return segment_->end_of(definition_); }
  std::uint32_t area_rank(std::uint32_t row) const {
    return placed_->areas[segment_->area_at(row)];
  }
  void find_definition(std::uint32_t first);
  void go_after(const Fact& after);
  void settle();
  bool settle_in_area();
  bool settle_among_areas();
  bool is_wanted(std::uint32_t row) const;

  const PlacedSegment* placed_;
  const Segment* segment_;
  const Wanted* wanted_;
  bool takes_all_ = false;                                 // of its definitions
  std::uint32_t first_breakdown_ = 0, end_breakdown_ = 0;  // [first, end), in the segment's numbers

  std::size_t at_definition_ = 0, at_area_ = 0;  // among those wanted
  std::uint32_t definition_ = 0, row_ = 0;
  bool ended_ = false;
  Place place_;
};

}  // namespace qd::reading::cube
