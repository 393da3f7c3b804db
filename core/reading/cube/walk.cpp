#include "core/reading/cube/walk.hpp"

#include <algorithm>
#include <limits>

namespace qd::reading::cube {
namespace {

template <class T>
bool is_among(const std::vector<T>& wanted, const T& one) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), one) != wanted.end();
}

// The first row of [begin, end) for which `is_past` holds; it holds for all that follow.
template <class IsPast>
std::uint32_t first_row(std::uint32_t begin, std::uint32_t end, IsPast is_past) {
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (is_past(middle))
      end = middle;
    else
      begin = middle + 1;
  }
  return begin;
}

// The first of a segment's own numbers whose rank is not before this one.
std::uint32_t number_from(const Ranks& ranks, std::uint32_t rank) {
  return static_cast<std::uint32_t>(std::lower_bound(ranks.begin(), ranks.end(), rank) -
                                    ranks.begin());
}

}  // namespace

Walk::Walk(const PlacedSegment& placed, const FactQuery& query, const Wanted& wanted)
    : placed_(&placed),
      segment_(placed.segment.get()),
      wanted_(&wanted),
      first_breakdown_(number_from(placed.breakdowns, wanted.first_breakdown)),
      end_breakdown_(number_from(placed.breakdowns, wanted.end_breakdown)) {
  ended_ = !is_among(query.families, segment_->family()) ||
           !is_among(query.periods, segment_->period()) || first_breakdown_ >= end_breakdown_;
  if (ended_) return;
  takes_all_ = wanted.all_areas && query.readings.empty() && first_breakdown_ == 0 &&
               end_breakdown_ == segment_->breakdowns().size();
  find_definition(0);
  if (query.after) go_after(*query.after);
  settle();
  if (!ended_) segment_->prefetch(row_);
}

// To the begin of the first wanted definition from this one on.
void Walk::find_definition(std::uint32_t first) {
  definition_ = first;
  at_area_ = 0;
  const auto& ranks = placed_->definitions;
  if (!wanted_->all_definitions) {
    const auto& all = wanted_->definitions;
    for (definition_ = segment_->n_definitions(); at_definition_ < all.size(); ++at_definition_) {
      const auto number = number_from(ranks, all[at_definition_]);
      if (number < first || number == ranks.size() || ranks[number] != all[at_definition_])
        continue;
      definition_ = number;
      break;
    }
  }
  ended_ = definition_ == segment_->n_definitions();
  if (!ended_) row_ = segment_->begin_of(definition_);
}

// To the first figure that stands after this one, whether it is here or in another segment.
void Walk::go_after(const Fact& after) {
  const std::pair<std::string_view, int> last(after.indicator, after.version);
  const auto version = [&] { return std::pair<std::string_view, int>(of().code, of().version); };
  while (!ended_ && version() < last) find_definition(definition_ + 1);
  if (ended_ || version() != last) return;
  // A fact that is not of the store stands after all like it.
  const std::int64_t run = after.run > 0 ? after.run : std::numeric_limits<std::int64_t>::max();
  const int period = segment_->period().compare(after.period);
  row_ = first_row(row_, end_of_definition(), [&](std::uint32_t row) {
    if (const int area = segment_->areas()[segment_->area_at(row)].compare(after.area); area != 0)
      return area > 0;
    if (period != 0) return period > 0;
    const Reading reading = segment_->reading_at(row);
    if (reading != after.reading) return reading > after.reading;
    const int breakdown =
        segment_->breakdowns()[segment_->breakdown_at(row)].compare(after.breakdown);
    return breakdown != 0 ? breakdown > 0 : segment_->run() > run;
  });
}

void Walk::step() {
  ++row_;
  settle();
}

std::pair<std::uint32_t, std::uint32_t> Walk::step_over(std::uint32_t at_most) {
  const std::uint32_t begin = row_;
  const std::uint32_t last = begin + std::min(at_most, end_of_definition() - begin);
  const std::uint32_t area = segment_->area_at(begin);
  const bool all_areas = wanted_->all_areas;
  row_ = takes_all_ ? last : begin + 1;
  while (row_ < last && (all_areas || segment_->area_at(row_) == area) && is_wanted(row_)) ++row_;
  const std::pair rows(begin, row_);
  settle();
  return rows;
}

bool Walk::is_wanted(std::uint32_t row) const {
  const auto bit = 1U << static_cast<unsigned>(segment_->reading_at(row));
  const auto breakdown = segment_->breakdown_at(row);
  return (wanted_->readings & bit) != 0 && first_breakdown_ <= breakdown &&
         breakdown < end_breakdown_;
}

// To the next figure of a wanted area; false: there is none before the definition's end.
bool Walk::settle_among_areas() {
  if (row_ == end_of_definition()) return false;
  if (wanted_->all_areas) return true;
  const auto& areas = wanted_->areas;
  const std::uint32_t rank = area_rank(row_);
  while (at_area_ < areas.size() && areas[at_area_] < rank) ++at_area_;
  if (at_area_ == areas.size()) return false;
  const std::uint32_t wanted = areas[at_area_];
  if (wanted != rank)
    row_ = first_row(row_, end_of_definition(),
                     [&](std::uint32_t row) { return area_rank(row) >= wanted; });
  return true;
}

bool Walk::settle_in_area() {
  while (settle_among_areas()) {
    // The search ends at the next area there is, wanted or not.
    const bool here = row_ < end_of_definition() &&
                      (wanted_->all_areas || area_rank(row_) == wanted_->areas[at_area_]);
    if (here && is_wanted(row_)) return true;
    if (here) ++row_;
  }
  return false;
}

// To the next figure that is asked for, from row_ on.
void Walk::settle() {
  while (!ended_) {
    if (settle_in_area()) {
      place_ = {placed_->definitions[definition_],
                placed_->areas[segment_->area_at(row_)],
                placed_->period,
                static_cast<std::uint32_t>(segment_->reading_at(row_)),
                placed_->breakdowns[segment_->breakdown_at(row_)],
                segment_->run()};
      return;
    }
    find_definition(definition_ + 1);
  }
}

}  // namespace qd::reading::cube
