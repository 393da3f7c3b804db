#include "core/reading/cube/cube.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/reading/cube/walk.hpp"

namespace qd::reading::cube {
namespace {

using Segments = std::vector<std::shared_ptr<const Segment>>;

// Every key that any of the segments has, once and in order.
template <class Key, class Each>
std::vector<Key> all_in_order(const Segments& segments, Each each) {
  std::vector<Key> keys;
  for (const auto& segment : segments) each(*segment, keys);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// Of the first key that is not before this one.
template <class Key>
std::uint32_t rank_of(const std::vector<Key>& keys, const Key& key) {
  return static_cast<std::uint32_t>(std::lower_bound(keys.begin(), keys.end(), key) - keys.begin());
}

void sort_unique(Ranks& ranks) {
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
}

using Text = std::string_view;

DefinitionVersion version_of(const Definition& definition) {
  return {definition.code, definition.version};
}

void add_texts(const SortedTexts& texts, std::vector<Text>& keys) {
  for (std::uint32_t i = 0; i < texts.size(); ++i) keys.push_back(texts[i]);
}

Ranks ranks_of(const SortedTexts& texts, const std::vector<Text>& keys) {
  Ranks ranks;
  for (std::uint32_t i = 0; i < texts.size(); ++i) ranks.push_back(rank_of(keys, texts[i]));
  return ranks;
}

class CubeReading final : public FigureReading {
 public:
  CubeReading(std::shared_ptr<const Cube> cube, const FactQuery& query)
      : cube_(std::move(cube)), wanted_(cube_->wanted(query)) {
    walks_.reserve(cube_->segments().size());
    for (const PlacedSegment& segment : cube_->segments()) {
      Walk walk(segment, query, wanted_);
      if (!walk.ended()) walks_.push_back(walk);
    }
    for (Walk& walk : walks_) open_.push_back(&walk);
    std::make_heap(open_.begin(), open_.end(), is_later);
  }

  Result<std::size_t> read(std::size_t at_most, FigureSink& sink) override {
    std::size_t n_read = 0;
    for (; n_read < at_most && !open_.empty(); ++n_read) {
      sink.take(open_.front()->figure());
      step();
    }
    return n_read;
  }

  // Segment by segment.
  Result<void> read_in_any_order(ColumnSink& sink) override {
    FigureColumns columns;
    for (Walk* walk : open_)
      while (!walk->ended())
        if (sink.takes_columns_of(walk->of()))
          take_columns(*walk, columns, sink);
        else
          take_one(*walk, sink);
    open_.clear();
    return {};
  }

 private:
  static void take_one(Walk& walk, FigureSink& sink) {
    sink.take(walk.figure());
    walk.step();
  }
  void take_columns(Walk& walk, FigureColumns& columns, ColumnSink& sink) {
    const PlacedSegment& placed = walk.placed();
    columns.definition = &walk.of();
    columns.period = placed.segment->period();
    columns.areas = &cube_->areas();
    columns.breakdowns = &cube_->breakdowns();
    const auto [begin, end] = walk.step_over(FigureColumns::kMost);
    columns.size = end - begin;
    placed.segment->copy(begin, columns);
    for (std::size_t i = 0; i < columns.size; ++i) {
      columns.area[i] = placed.areas[static_cast<std::size_t>(columns.area[i])];
      columns.breakdown[i] = placed.breakdowns[static_cast<std::size_t>(columns.breakdown[i])];
    }
    sink.take_columns(columns);
  }
  static bool is_later(const Walk* a, const Walk* b) { return b->place() < a->place(); }

  // What stands first in the heap is the earliest of all.
  void step() {
    if (open_.size() > 1) std::pop_heap(open_.begin(), open_.end(), is_later);
    Walk& walk = *open_.back();
    walk.step();
    if (walk.ended())
      open_.pop_back();
    else if (open_.size() > 1)
      std::push_heap(open_.begin(), open_.end(), is_later);
  }

  std::shared_ptr<const Cube> cube_;
  const Wanted wanted_;
  std::vector<Walk> walks_;
  std::vector<Walk*> open_;  // those that have not ended: a heap
};

}  // namespace

Cube::Cube(Segments segments, std::int64_t data_version, Instant newest)
    : data_version_(data_version), newest_(newest) {
  place(std::move(segments));
}

void Cube::place(Segments segments) {
  definitions_ = all_in_order<DefinitionVersion>(segments, [](const Segment& one, auto& keys) {
    for (std::uint32_t i = 0; i < one.n_definitions(); ++i)
      keys.push_back(version_of(one.definition(i)));
  });
  areas_ = all_in_order<Text>(segments,
                              [](const Segment& one, auto& keys) { add_texts(one.areas(), keys); });
  breakdowns_ = all_in_order<Text>(
      segments, [](const Segment& one, auto& keys) { add_texts(one.breakdowns(), keys); });
  const auto periods = all_in_order<Text>(
      segments, [](const Segment& one, auto& keys) { keys.push_back(one.period()); });
  for (auto& segment : segments) {
    Ranks versions;
    for (std::uint32_t i = 0; i < segment->n_definitions(); ++i)
      versions.push_back(rank_of(definitions_, version_of(segment->definition(i))));
    const auto period = rank_of(periods, Text(segment->period()));
    auto in_areas = ranks_of(segment->areas(), areas_);
    auto in_breakdowns = ranks_of(segment->breakdowns(), breakdowns_);
    segments_.push_back({std::move(segment), std::move(versions), std::move(in_areas),
                         std::move(in_breakdowns), period});
  }
}

std::size_t Cube::n_figures() const {
  std::size_t total = 0;
  for (const auto& placed : segments_) total += placed.segment->size();
  return total;
}

std::size_t Cube::bytes() const {
  std::size_t total = 0;
  for (const auto& placed : segments_) {
    const std::size_t n_ranks =
        placed.definitions.size() + placed.areas.size() + placed.breakdowns.size();
    total += placed.segment->bytes() + sizeof placed + n_ranks * sizeof placed.areas[0];
  }
  return total;
}

std::shared_ptr<const Segment> Cube::of_run(std::int64_t run) const {
  for (const auto& placed : segments_)
    if (placed.segment->run() == run) return placed.segment;
  return nullptr;
}

Wanted Cube::wanted(const FactQuery& query) const {
  Wanted wanted;
  wanted.all_definitions = query.indicators.empty();
  for (const Text code : query.indicators)
    for (auto rank = rank_of(definitions_, DefinitionVersion{code, 0});
         rank < definitions_.size() && std::get<Text>(definitions_[rank]) == code; ++rank)
      wanted.definitions.push_back(rank);
  sort_unique(wanted.definitions);
  wanted.all_areas = query.areas.empty();
  for (const Text code : query.areas)
    if (const auto rank = rank_of(areas_, code); rank < areas_.size() && areas_[rank] == code)
      wanted.areas.push_back(rank);
  sort_unique(wanted.areas);
  if (!query.readings.empty()) wanted.readings = 0;
  for (const Reading reading : query.readings)
    wanted.readings |= 1U << static_cast<unsigned>(reading);
  want_breakdowns(query, wanted);
  return wanted;
}

void Cube::want_breakdowns(const FactQuery& query, Wanted& wanted) const {
  const auto first_from = [&](Text text) { return rank_of(breakdowns_, text); };
  // No text has these bytes: the first stands behind the text itself, the second behind all that
  // begin so.
  if (query.breakdown) {
    wanted.first_breakdown = first_from(*query.breakdown);
    wanted.end_breakdown = first_from(*query.breakdown + '\0');
  }
  if (query.breakdown_prefix) {
    const auto& prefix = *query.breakdown_prefix;
    wanted.first_breakdown = std::max(wanted.first_breakdown, first_from(prefix));
    wanted.end_breakdown = std::min(wanted.end_breakdown, first_from(prefix + '\xFF'));
  }
}

bool Cube::answers(const FactQuery& query) const {
  return query.runs.empty() && (!query.as_of || *query.as_of == newest_);
}

std::unique_ptr<FigureReading> Cube::open(const FactQuery& query) const {
  return std::make_unique<CubeReading>(shared_from_this(), query);
}

}  // namespace qd::reading::cube
