#include "core/reading/grouping/grouper.hpp"

namespace qd::reading::grouping {
namespace {

constexpr std::size_t kReadings = 8;  // there are fewer

bool note(Names& names, std::string_view name) {  // whether it is new
  return names.find(name) == names.end() && names.emplace(name).second;
}

Days days_of(std::string_view id, Reading reading) {
  const auto period = Period::parse(id);
  if (!period) return {};
  for (const ReadingWindow& window : period->readings())
    if (window.reading == reading) return {window.from, window.until};
  return {period->from(), period->until()};
}

Addend addend_of(const FactValue& value) {
  return {value.numerator.millionths,
          value.denominator ? value.denominator->millionths : 0,
          value.n.value_or(0),
          value.denominator.has_value(),
          value.n.has_value(),
          value.null_reason,
          value.flags};
}

Addend addend_of(const FigureColumns& figures, std::size_t row) {
  return {figures.numerator[row],
          figures.denominator[row],
          figures.n[row],
          figures.has_denominator[row],
          figures.has_n[row],
          static_cast<NullReason>(figures.null_reason[row]),
          static_cast<std::uint32_t>(figures.flags[row])};
}

}  // namespace

// Figures come many of one definition at a time: the last is remembered.
Measured& Grouper::measured_of(const Definition& definition) {
  const bool is_last = last_ && last_->definition->code == definition.code &&
                       last_->definition->version == definition.version;
  if (is_last) return *last_;
  last_group_ = nullptr;
  last_ = &all_[{definition.code, definition.version}];
  if (!last_->definition) last_->definition = std::make_shared<const Definition>(definition);
  return *last_;
}

// Many of one group, too.
void Grouper::take(const FigureView& figure) {
  Measured& measured = measured_of(*figure.definition);
  const bool is_like_last = last_group_ && last_reading_ == figure.reading &&
                            last_breakdown_ == figure.breakdown && last_period_ == figure.period &&
                            (!by_.area || last_area_ == figure.area);
  note(measured.areas, figure.area);
  if (!is_like_last) {
    last_group_ = &noted(measured, figure);
    last_area_ = figure.area;
    last_breakdown_ = figure.breakdown;
    last_period_ = figure.period;
    last_reading_ = figure.reading;
  }
  last_group_->sum.add(addend_of(figure.value));
  const bool counts_somebody =
      figure.value.null_reason == NullReason::kHasValue && figure.value.numerator.millionths != 0;
  if (counts_somebody && figure.definition->aggregation == Aggregation::kDistinctCount)
    last_group_->counted.push_back(figure.id);
}

// The group it goes to; that there are figures of its reading, breakdown and period is noted.
Group& Grouper::noted(Measured& measured, const FigureView& figure) {
  note(measured.breakdowns, figure.breakdown);
  if (note(measured.periods[figure.reading], figure.period))
    measured.days[figure.reading].insert(days_of(figure.period, figure.reading));
  const std::string_view area = by_.area ? figure.area : "",
                         period = by_.period ? figure.period : "",
                         breakdown = by_.breakdown ? figure.breakdown : "";
  return measured
      .groups[{std::string(area), std::string(period), figure.reading, std::string(breakdown)}];
}

void Grouper::note_area(Measured& measured, const FigureColumns& figures, std::size_t row) {
  const auto area = static_cast<std::size_t>(figures.area[row]);
  if (measured.known_areas.size() <= area) measured.known_areas.resize(figures.areas->size());
  if (measured.known_areas[area]) return;
  measured.known_areas[area] = true;
  note(measured.areas, (*figures.areas)[area]);
}

void Grouper::take_columns(const FigureColumns& figures) {
  Measured& measured = measured_of(*figures.definition);
  slots_.forget();
  for (std::size_t row = 0; row < figures.size; ++row) {
    const bool is_next_area = row == 0 || figures.area[row] != figures.area[row - 1];
    if (is_next_area) note_area(measured, figures, row);
    if (is_next_area && by_.area) slots_.forget();
    const auto breakdown = static_cast<std::size_t>(figures.breakdown[row]);
    Group*& group =
        slots_.of(breakdown * kReadings + static_cast<std::size_t>(figures.reading[row]));
    if (!group) {
      FigureView figure;
      figure.area = (*figures.areas)[static_cast<std::size_t>(figures.area[row])];
      figure.period = figures.period;
      figure.reading = static_cast<Reading>(figures.reading[row]);
      figure.breakdown = (*figures.breakdowns)[breakdown];
      group = &noted(measured, figure);
    }
    group->sum.add(addend_of(figures, row));
  }
}

}  // namespace qd::reading::grouping
