#include "core/returns/content/rows.hpp"

#include <algorithm>

#include "core/returns/content/words.hpp"

namespace qd::returns::content {
namespace {

bool shown(const ReturnContents& contents, const Fact& fact) {
  const auto is_period = [&](const Period& period) { return period.id() == fact.period; };
  if (std::any_of(contents.periods.begin(), contents.periods.end(), is_period)) return true;
  return fact.reading == Reading::kYear && fact.period == contents.full_year.id();
}

using Subjects = std::map<std::pair<std::string, std::string>, Definition>;

// Rented homes before shared ownership, both before what combines them; then by the alphabet.
int rank(const std::string& breakdown) {
  if (breakdown == "tenure=LCRA") return 0;
  return breakdown == "tenure=LCHO" ? 1 : 2;
}

bool comes_before(const RowSubject& a, const RowSubject& b) {
  return std::tuple(a.definition.code, !a.breakdown.empty(), rank(a.breakdown), a.breakdown) <
         std::tuple(b.definition.code, !b.breakdown.empty(), rank(b.breakdown), b.breakdown);
}

void add_subject(Subjects& subjects, const Definition& definition, const std::string& breakdown) {
  const auto [known, added] = subjects.try_emplace({definition.code, breakdown}, definition);
  if (!added && known->second.version < definition.version) known->second = definition;
}

bool has_code(const Subjects& subjects, const std::string& code) {
  const auto first = subjects.lower_bound({code, ""});
  return first != subjects.end() && first->first.first == code;
}

}  // namespace

std::vector<RowSubject> subjects_of(const ReturnContents& contents, const std::string& family,
                                    const std::string& area) {
  Subjects subjects;
  for (const Figure& figure : contents.figures) {
    if (figure.definition.family != family || figure.fact.area != area) continue;
    if (shown(contents, figure.fact)) {
      add_subject(subjects, figure.definition, figure.fact.breakdown);
    }
  }
  for (const Definition& definition : contents.definitions) {
    if (definition.family != family || has_code(subjects, definition.code)) continue;
    if (definition.area.empty() || definition.area == area) add_subject(subjects, definition, "");
  }
  std::vector<RowSubject> rows;
  for (auto& [key, definition] : subjects) rows.push_back({std::move(definition), key.second});
  std::sort(rows.begin(), rows.end(), comes_before);
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

std::optional<Number> outstanding(const Figure& figure) {
  const auto& [fact, definition] = figure;
  if (definition.aggregation != Aggregation::kSnapshotRatio || !value(fact, definition)) return {};
  if (definition.polarity == Polarity::kLow) return fact.numerator;
  if (definition.polarity != Polarity::kHigh || !fact.denominator) return {};
  return Number{fact.denominator->millionths - fact.numerator.millionths};
}

std::optional<std::string> not_computed(const ReturnContents& contents, const std::string& family) {
  const auto& missing = contents.not_computed;
  const auto found = std::find_if(missing.begin(), missing.end(),
                                  [&](const NotComputed& one) { return one.family == family; });
  if (found == missing.end()) return std::nullopt;
  return found->reason;
}

const Figure* level_figure(const ReturnContents& contents, const std::string& indicator, int level,
                           const Period& period, Reading reading) {
  const std::string step = level == 0 ? "T" : std::to_string(level);
  const auto look = [&](const std::string& code, const std::string& breakdown) {
    return contents.find({code, contents.landlord(), period.id(), reading, breakdown});
  };
  if (const Figure* by_code = look(indicator + "." + step, "")) return by_code;
  return look(indicator, level == 0 ? "" : "level=" + step);
}

}  // namespace qd::returns::content
