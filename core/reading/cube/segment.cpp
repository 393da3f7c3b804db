#include "core/reading/cube/segment.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace qd::reading::cube {
namespace {

// By old place the new one, when the places are put in this order.
std::vector<std::uint32_t> places_after(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> places(order.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) places[order[at]] = at;
  return places;
}

template <class Less>
std::vector<std::uint32_t> sorted_order(std::size_t n, Less less) {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), less);
  return order;
}

// One column of what is still in rows.
template <class Number, class Rows, class Part>
std::vector<Number> column(const Rows& rows, Part part) {
  std::vector<Number> numbers;
  numbers.reserve(rows.size());
  for (const auto& row : rows) numbers.push_back(part(row));
  return numbers;
}

}  // namespace

std::vector<std::uint32_t> SortedTexts::put_in_order(std::vector<std::string> texts) {
  const auto order = sorted_order(
      texts.size(), [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
  texts_.clear();
  texts_.reserve(texts.size());
  for (const std::uint32_t old : order) texts_.push_back(std::move(texts[old]));
  return places_after(order);
}

std::size_t SortedTexts::bytes() const {
  std::size_t total = texts_.size() * sizeof(std::string);
  for (const auto& text : texts_) total += text.size();
  return total;
}

FigureView Segment::view(std::uint32_t place, std::uint32_t definition) const {
  FigureView view;
  view.id = run_ * kFactsPerRun + position_[place];
  view.run = run_;
  view.definition = definitions_[definition].get();
  view.indicator = view.definition->code;
  view.version = view.definition->version;
  view.area = areas_[area_at(place)];
  view.period = period_;
  view.breakdown = breakdowns_[breakdown_at(place)];
  view.reading = reading_at(place);
  view.value.numerator = Number{numerator_[place]};
  if (const auto denominator = denominator_[place]) view.value.denominator = Number{*denominator};
  view.value.n = n_[place];
  view.value.population = population_[place];
  view.value.null_reason = static_cast<NullReason>(null_reason_[place]);
  view.value.flags = static_cast<std::uint32_t>(flags_[place]);
  return view;
}

void Segment::prefetch(std::uint32_t place) const {
  for (const auto* column : {&breakdown_, &position_, &numerator_, &null_reason_, &flags_})
    column->prefetch(place);
  for (const auto* column : {&denominator_, &n_, &population_}) column->prefetch(place);
}

void Segment::copy(std::uint32_t begin, FigureColumns& into) const {
  const auto copied = [&](const PackedColumn& from, auto& column) {
    from.copy(begin, into.size, column.data());
  };
  copied(area_, into.area);
  copied(breakdown_, into.breakdown);
  copied(reading_, into.reading);
  copied(null_reason_, into.null_reason);
  copied(flags_, into.flags);
  copied(numerator_, into.numerator);
  denominator_.copy(begin, into.size, into.denominator.data(), into.has_denominator.data());
  n_.copy(begin, into.size, into.n.data(), into.has_n.data());
}

std::size_t Segment::bytes() const {
  return sizeof *this + definitions_.size() * sizeof definitions_[0] +
         starts_.size() * sizeof starts_[0] + areas_.bytes() + breakdowns_.bytes() + area_.bytes() +
         reading_.bytes() + breakdown_.bytes() + position_.bytes() + numerator_.bytes() +
         null_reason_.bytes() + flags_.bytes() + denominator_.bytes() + n_.bytes() +
         population_.bytes();
}

std::shared_ptr<const Definition> DefinitionPool::shared(const Definition& definition) {
  auto& known = by_code_[definition.code];
  for (const auto& one : known)
    if (*one == definition) return one;
  return known.emplace_back(std::make_shared<const Definition>(definition));
}

SegmentBuilder::SegmentBuilder(const Run& run, DefinitionPool& pool)
    : pool_(pool), segment_(std::make_shared<Segment>()) {
  segment_->run_ = run.id;
  segment_->family_ = run.family;
  segment_->period_ = run.period;
  rows_.reserve(static_cast<std::size_t>(std::clamp<std::int64_t>(run.n_facts, 0, kFactsPerRun)));
}

std::uint32_t SegmentBuilder::Numbers::of(std::string_view text) {
  if (!texts.empty() && text == last_text_) return last_;
  last_text_ = text;
  const auto [found, is_new] =
      numbers_.emplace(last_text_, static_cast<std::uint32_t>(texts.size()));
  if (is_new) texts.emplace_back(text);
  return last_ = found->second;
}

std::uint32_t SegmentBuilder::number_of(const Definition& definition) {
  if (&definition == last_definition_) return last_definition_number_;
  const auto next = static_cast<std::uint32_t>(segment_->definitions_.size());
  const auto [found, is_new] = definition_numbers_.emplace(&definition, next);
  if (is_new) segment_->definitions_.push_back(pool_.shared(definition));
  last_definition_ = &definition;
  return last_definition_number_ = found->second;
}

void SegmentBuilder::take(const FigureView& figure) {
  rows_.push_back({number_of(*figure.definition), areas_.of(figure.area),
                   breakdowns_.of(figure.breakdown), figure.reading,
                   figure.id - figure.run * kFactsPerRun, figure.value});
}

void SegmentBuilder::put_definitions_in_order() {
  auto& definitions = segment_->definitions_;
  const auto order = sorted_order(definitions.size(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(definitions[a]->code, definitions[a]->version) <
           std::tie(definitions[b]->code, definitions[b]->version);
  });
  std::vector<std::shared_ptr<const Definition>> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t old : order) sorted.push_back(std::move(definitions[old]));
  definitions = std::move(sorted);
  const auto places = places_after(order);
  for (Row& row : rows_) row.definition = places[row.definition];
}

void SegmentBuilder::put_texts_in_order() {
  const auto areas = segment_->areas_.put_in_order(std::move(areas_.texts));
  const auto breakdowns = segment_->breakdowns_.put_in_order(std::move(breakdowns_.texts));
  for (Row& row : rows_) {
    row.area = areas[row.area];
    row.breakdown = breakdowns[row.breakdown];
  }
}

void SegmentBuilder::sort_rows() {
  const auto key = [](const Row& row) {
    return std::tie(row.definition, row.area, row.reading, row.breakdown, row.position);
  };
  const auto less = [&](const Row& a, const Row& b) { return key(a) < key(b); };
  if (!std::is_sorted(rows_.begin(), rows_.end(), less))
    std::sort(rows_.begin(), rows_.end(), less);
  auto& starts = segment_->starts_;
  starts.assign(segment_->definitions_.size() + 1, 0);
  for (const Row& row : rows_) ++starts[row.definition + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
}

void SegmentBuilder::pack(Segment& segment) const {
  using Whole = std::int64_t;
  using Maybe = std::optional<std::int64_t>;
  const auto whole = [&](auto part) { return PackedColumn(column<Whole>(rows_, part)); };
  const auto maybe = [&](auto part) { return PackedMaybeColumn(column<Maybe>(rows_, part)); };
  segment.area_ = whole([](const Row& row) { return Whole{row.area}; });
  segment.reading_ = whole([](const Row& row) { return static_cast<Whole>(row.reading); });
  segment.breakdown_ = whole([](const Row& row) { return Whole{row.breakdown}; });
  segment.position_ = whole([](const Row& row) { return row.position; });
  segment.numerator_ = whole([](const Row& row) { return row.value.numerator.millionths; });
  segment.null_reason_ =
      whole([](const Row& row) { return static_cast<Whole>(row.value.null_reason); });
  segment.flags_ = whole([](const Row& row) { return Whole{row.value.flags}; });
  segment.denominator_ = maybe([](const Row& row) {
    return row.value.denominator ? Maybe(row.value.denominator->millionths) : std::nullopt;
  });
  segment.n_ = maybe([](const Row& row) { return row.value.n; });
  segment.population_ = maybe([](const Row& row) { return row.value.population; });
}

std::shared_ptr<const Segment> SegmentBuilder::build() {
  put_definitions_in_order();
  put_texts_in_order();
  sort_rows();
  pack(*segment_);
  rows_ = {};
  return std::move(segment_);
}

}  // namespace qd::reading::cube
