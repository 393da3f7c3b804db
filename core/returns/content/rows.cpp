#include "core/returns/content/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/returns/content/words.hpp"

namespace qd::returns::content {
namespace {

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::size_t place_in(const std::vector<std::string>& all, const std::string& one) {
  return static_cast<std::size_t>(std::find(all.begin(), all.end(), one) - all.begin());
}

bool in_shown_period(const ReturnContents& contents, const Fact& fact) {
  const auto is_period = [&](const Period& period) { return period.id() == fact.period; };
  if (std::any_of(contents.periods.begin(), contents.periods.end(), is_period)) return true;
  return fact.reading == Reading::kYear && fact.period == contents.full_year.id();
}

// What a section shows, and in which order.
class Selection {
 public:
  Selection(const ReturnContents& contents, const plan::Section& section)
      : section_(section), families_(contents.request.families) {}

  bool has_indicator(const Definition& definition) const {
    return has(section_.families, definition.family) || has(section_.indicators, definition.code);
  }
  // "level=2;sex=F" is shown where both keys are.
  bool has_breakdown(std::string_view breakdown) const {
    if (!section_.breakdowns) return true;
    while (!breakdown.empty()) {
      const std::string_view part = breakdown.substr(0, breakdown.find(';'));
      if (!has(*section_.breakdowns, part.substr(0, part.find('=')))) return false;
      breakdown.remove_prefix(std::min(breakdown.size(), part.size() + 1));
    }
    return true;
  }
  bool comes_before(const RowSubject& a, const RowSubject& b) const { return key(a) < key(b); }

 private:
  // Rented homes before shared ownership, both before what combines them; then by the alphabet.
  static int rank(const std::string& breakdown) {
    if (breakdown == "tenure=LCRA") return 0;
    return breakdown == "tenure=LCHO" ? 1 : 2;
  }
  std::size_t declared_place(const Definition& definition) const {
    for (const FamilyWords& family : families_)
      if (family.id == definition.family) return place_in(family.indicators, definition.code);
    return 0;
  }
  std::pair<std::size_t, std::size_t> place(const Definition& definition) const {
    if (!section_.indicators.empty()) return {0, place_in(section_.indicators, definition.code)};
    if (section_.order == plan::Order::kCode) return {0, 0};
    return {place_in(section_.families, definition.family), declared_place(definition)};
  }
  std::tuple<std::pair<std::size_t, std::size_t>, std::string, bool, int, std::string> key(
      const RowSubject& subject) const {
    return {place(subject.definition), subject.definition.code, !subject.breakdown.empty(),
            rank(subject.breakdown), subject.breakdown};
  }

  const plan::Section& section_;
  const std::vector<FamilyWords>& families_;
};

using Subjects = std::map<std::pair<std::string, std::string>, Definition>;

void add_subject(Subjects& subjects, const Definition& definition, const std::string& breakdown) {
  const auto [known, added] = subjects.try_emplace({definition.code, breakdown}, definition);
  if (!added && known->second.version < definition.version) known->second = definition;
}

// Rows of the code are described by the definition in force; false: there is none.
bool describe(Subjects& subjects, const Definition& in_force) {
  auto row = subjects.lower_bound({in_force.code, ""});
  const bool any = row != subjects.end() && row->first.first == in_force.code;
  for (; row != subjects.end() && row->first.first == in_force.code; ++row) row->second = in_force;
  return any;
}

}  // namespace

std::vector<RowSubject> subjects_of(const ReturnContents& contents, const plan::Section& section,
                                    const std::string& area) {
  const Selection selection(contents, section);
  Subjects subjects;
  for (const Figure& figure : contents.figures) {
    const Fact& fact = figure.fact;
    if (fact.area == area && selection.has_indicator(figure.definition) &&
        selection.has_breakdown(fact.breakdown) && in_shown_period(contents, fact))
      add_subject(subjects, figure.definition, fact.breakdown);
  }
  for (const Definition& definition : contents.definitions) {
    if (!selection.has_indicator(definition) || describe(subjects, definition)) continue;
    if (definition.area.empty() || definition.area == area) add_subject(subjects, definition, "");
  }
  std::vector<RowSubject> rows;
  for (auto& [key, definition] : subjects) rows.push_back({std::move(definition), key.second});
  std::sort(rows.begin(), rows.end(),
            [&](const RowSubject& a, const RowSubject& b) { return selection.comes_before(a, b); });
  return rows;
}

const Figure* figure_of(const ReturnContents& contents, const RowSubject& subject,
                        const std::string& area, const Period& period, Reading reading) {
  return contents.find({subject.definition.code, area, period.id(), reading, subject.breakdown});
}

const Figure* full_year_figure(const ReturnContents& contents, const RowSubject& subject,
                               const std::string& area) {
  return figure_of(contents, subject, area, contents.full_year, Reading::kYear);
}

NewestFigure newest_figure(const ReturnContents& contents, const RowSubject& subject,
                           const std::string& area) {
  const Period& period = contents.period();
  if (const auto* own = figure_of(contents, subject, area, period, own_reading(period))) {
    return {own, words::short_period(period)};
  }
  if (const auto* so_far = figure_of(contents, subject, area, period, Reading::kYearToDate)) {
    return {so_far, words::year_to_date(period)};
  }
  if (const auto* year = full_year_figure(contents, subject, area)) {
    return {year, words::short_period(contents.full_year)};
  }
  return {nullptr, std::string(mark(NullReason::kNotAvailable))};
}

std::optional<Number> shortfall(const Figure& figure) {
  const auto& [fact, definition] = figure;
  if (definition.shortfall.empty() || !value(fact, definition)) return std::nullopt;
  if (definition.polarity == Polarity::kLow) return fact.numerator;
  if (!fact.denominator) return std::nullopt;
  return Number{fact.denominator->millionths - fact.numerator.millionths};
}

std::string shortfall_words(const Number& lacking, const Definition& definition) {
  const std::string number = words::grouped(lacking.text());
  if (number == "1") return fmt::format("{}: 1", definition.shortfall);  // no word for one of them
  return fmt::format("{} {}", number, definition.shortfall);
}

std::optional<Range> range_of(const Figure& figure) {
  const auto accuracy = sample_accuracy(figure.fact, figure.definition);
  if (!accuracy || figure.definition.is_count() || !value(figure.fact, figure.definition))
    return std::nullopt;
  const double percent = std::stod(exact_text(figure.fact, figure.definition));
  return Range{std::max(0.0, percent - accuracy->margin_percent),
               std::min(100.0, percent + accuracy->margin_percent)};
}

std::vector<std::string> not_computed(const ReturnContents& contents,
                                      const plan::Section& section) {
  std::vector<std::string> sentences;
  for (const NotComputed& missing : contents.not_computed) {
    if (!has(section.families, missing.family)) continue;
    const std::string whose =
        section.families.size() > 1 ? fmt::format(", family {}", missing.family) : "";
    sentences.push_back(fmt::format("Not computed for this period{}: {}.", whose, missing.reason));
  }
  return sentences;
}

}  // namespace qd::returns::content
