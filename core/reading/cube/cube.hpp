// All current figures in memory: segments of the current runs, read as one. Immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/model/date.hpp"
#include "core/reading/cube/segment.hpp"
#include "core/reading/figure_reading.hpp"

namespace qd::reading::cube {

using Ranks = std::vector<std::uint32_t>;
using DefinitionVersion = std::tuple<std::string_view, int>;  // code and version: the order of all

// A segment among the others: where its own numbers stand in the order of all.
struct PlacedSegment {
  std::shared_ptr<const Segment> segment;
  Ranks definitions, areas, breakdowns;
  std::uint32_t period = 0;
};

// What a question asks for, by ranks: worked out once, and walked to in each segment.
struct Wanted {
  bool all_definitions = true, all_areas = true;
  Ranks definitions, areas;                                // those asked for that there are
  unsigned readings = ~0U;                                 // a bit each
  std::uint32_t first_breakdown = 0, end_breakdown = ~0U;  // [first, end)
};

class Cube : public std::enable_shared_from_this<Cube> {
 public:
  // Of what was current when the data had this version, with everything finished at `newest` or
  // before.
  Cube(std::vector<std::shared_ptr<const Segment>> segments, std::int64_t data_version,
       Instant newest);

  std::int64_t data_version() const { return data_version_; }
  Instant newest() const { return newest_; }
  std::size_t n_figures() const;
  std::size_t bytes() const;  // in memory, without definitions
  const std::vector<PlacedSegment>& segments() const { return segments_; }
  const Texts& areas() const { return areas_; }  // of all segments, by rank
  const Texts& breakdowns() const { return breakdowns_; }
  std::shared_ptr<const Segment> of_run(std::int64_t run) const;  // null: not one of the current

  // Whether it holds what the question is about: no exactly named runs, and no other instant than
  // that of the run that ended last. As of a later one there may be more than it knows of.
  bool answers(const FactQuery& query) const;
  Wanted wanted(const FactQuery& query) const;
  // Of a question that it answers. The reading keeps the cube.
  std::unique_ptr<FigureReading> open(const FactQuery& query) const;

 private:
  void place(std::vector<std::shared_ptr<const Segment>> segments);
  void want_breakdowns(const FactQuery& query, Wanted& wanted) const;

  std::vector<DefinitionVersion> definitions_;  // of the segments, as all that follow
  Texts areas_, breakdowns_;
  std::vector<PlacedSegment> segments_;  // by run
  std::int64_t data_version_;
  Instant newest_;
};

}  // namespace qd::reading::cube
