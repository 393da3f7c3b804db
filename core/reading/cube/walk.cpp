#include "core/reading/cube/walk.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace qd::reading::cube {
namespace {

void sort_unique(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

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

}  // namespace

Walk::Walk(const PlacedSegment& placed, const FactQuery& query)
    : placed_(&placed), segment_(placed.segment.get()) {
  ended_ =
      !is_among(query.families, segment_->family()) || !is_among(query.periods, segment_->period());
  if (ended_) return;
  choose_definitions(query);
  choose_areas(query);
  choose_readings(query);
  choose_breakdowns(query);
  if (ended_ || definitions_.empty()) {
    ended_ = true;
    return;
  }
  takes_all_ = all_areas_ && query.readings.empty() && first_breakdown_ == 0 &&
               end_breakdown_ == segment_->breakdowns().size();
  begin_definition();
  if (query.after) go_after(*query.after);
  settle();
}

void Walk::choose_definitions(const FactQuery& query) {
  const std::uint32_t n = segment_->n_definitions();
  if (query.indicators.empty()) {
    definitions_.resize(n);
    std::iota(definitions_.begin(), definitions_.end(), 0U);
    return;
  }
  for (const auto& code : query.indicators) {
    std::uint32_t number =
        first_row(0, n, [&](std::uint32_t one) { return segment_->definition(one).code >= code; });
    for (; number < n && segment_->definition(number).code == code; ++number)
      definitions_.push_back(number);
  }
  sort_unique(definitions_);
}

void Walk::choose_areas(const FactQuery& query) {
  all_areas_ = query.areas.empty();
  for (const auto& code : query.areas)
    if (const auto number = segment_->areas().find(code)) areas_.push_back(*number);
  sort_unique(areas_);
  ended_ = ended_ || (!all_areas_ && areas_.empty());
}

void Walk::choose_readings(const FactQuery& query) {
  if (query.readings.empty()) return;
  readings_ = 0;
  for (const Reading reading : query.readings) readings_ |= 1U << static_cast<unsigned>(reading);
}

void Walk::choose_breakdowns(const FactQuery& query) {
  const SortedTexts& all = segment_->breakdowns();
  end_breakdown_ = all.size();
  if (query.breakdown) {
    const auto wanted = all.find(*query.breakdown);
    first_breakdown_ = wanted.value_or(end_breakdown_);
    end_breakdown_ = wanted ? *wanted + 1 : first_breakdown_;
  }
  if (query.breakdown_prefix) {
    // No text has this byte: it stands behind all that begin so.
    first_breakdown_ = std::max(first_breakdown_, all.first_from(*query.breakdown_prefix));
    end_breakdown_ = std::min(end_breakdown_, all.first_from(*query.breakdown_prefix + '\xFF'));
  }
  ended_ = ended_ || first_breakdown_ >= end_breakdown_;
}

void Walk::begin_definition() {
  row_ = segment_->begin_of(definition());
  at_area_ = 0;
}

// To the first figure that stands after this one, whether it is here or in another segment.
void Walk::go_after(const Fact& after) {
  const auto version_of = [&](std::uint32_t number) {
    const Definition& one = segment_->definition(number);
    return std::pair<std::string_view, int>(one.code, one.version);
  };
  const std::pair<std::string_view, int> last(after.indicator, after.version);
  while (at_definition_ < definitions_.size() && version_of(definition()) < last) ++at_definition_;
  if (at_definition_ == definitions_.size()) return;
  begin_definition();
  if (version_of(definition()) != last) return;
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
  row_ = takes_all_ ? last : begin + 1;
  while (row_ < last && (all_areas_ || segment_->area_at(row_) == area) && is_wanted(row_)) ++row_;
  const std::pair rows(begin, row_);
  settle();
  return rows;
}

bool Walk::is_wanted(std::uint32_t row) const {
  const auto bit = 1U << static_cast<unsigned>(segment_->reading_at(row));
  const auto breakdown = segment_->breakdown_at(row);
  return (readings_ & bit) != 0 && first_breakdown_ <= breakdown && breakdown < end_breakdown_;
}

// To the next figure of a wanted area; false: there is none before the definition's end.
bool Walk::settle_among_areas() {
  if (row_ == end_of_definition()) return false;
  if (all_areas_) return true;
  const std::uint32_t area = segment_->area_at(row_);
  while (at_area_ < areas_.size() && areas_[at_area_] < area) ++at_area_;
  if (at_area_ == areas_.size()) return false;
  const std::uint32_t wanted = areas_[at_area_];
  if (wanted != area)
    row_ = first_row(row_, end_of_definition(),
                     [&](std::uint32_t row) { return segment_->area_at(row) >= wanted; });
  return true;
}

bool Walk::settle_in_area() {
  while (settle_among_areas()) {
    // The search ends at the next area there is, wanted or not.
    const bool here =
        row_ < end_of_definition() && (all_areas_ || segment_->area_at(row_) == areas_[at_area_]);
    if (here && is_wanted(row_)) return true;
    if (here) ++row_;
  }
  return false;
}

// To the next figure that is asked for, from row_ on.
void Walk::settle() {
  while (at_definition_ < definitions_.size()) {
    if (settle_in_area()) {
      place_ = {placed_->definitions[definition()],
                placed_->areas[segment_->area_at(row_)],
                placed_->period,
                static_cast<std::uint32_t>(segment_->reading_at(row_)),
                placed_->breakdowns[segment_->breakdown_at(row_)],
                segment_->run()};
      return;
    }
    if (++at_definition_ < definitions_.size()) begin_definition();
  }
  ended_ = true;
}

}  // namespace qd::reading::cube
