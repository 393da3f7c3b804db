#include "core/reading/disclosure/people_tables.hpp"

#include <algorithm>
#include <tuple>

namespace qd::reading::disclosure {
namespace {

struct Pair {
  std::string_view key, text;  // "level", "level=3"
};

// "level=3;ethnicity=A"
std::vector<Pair> pairs_of(std::string_view breakdown) {
  std::vector<Pair> pairs;
  while (!breakdown.empty()) {
    const auto pair = breakdown.substr(0, breakdown.find(';'));
    pairs.push_back({pair.substr(0, pair.find('=')), pair});
    breakdown.remove_prefix(std::min(pair.size() + 1, breakdown.size()));
  }
  return pairs;
}

bool has(const std::vector<std::string>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

Part part_of(const Definition& definition, std::string_view breakdown) {
  Part part;
  for (const Pair& pair : pairs_of(breakdown)) {
    if (has(definition.special_category, pair.key))
      part.special.push_back(pair.key);
    else if (has(definition.overlapping, pair.key))
      part.overlapping.push_back(pair.key);
  }
  std::sort(part.special.begin(), part.special.end());
  std::sort(part.overlapping.begin(), part.overlapping.end());
  return part;
}

Days days_of(const PeopleRun& run, Reading reading) {
  for (const auto& window : run.period.readings())
    if (window.reading == reading) return {window.from, window.until};
  return {run.period.from(), run.period.until()};
}

std::string_view subjects_of(const Definition& definition) {
  return definition.subjects.empty() ? definition.code : definition.subjects;
}

}  // namespace

bool operator<(const TableKey& a, const TableKey& b) {
  const auto order = [](const TableKey& key) {
    return std::tuple(key.part.special.size(), key.part.overlapping.size(), key.subjects, key.part,
                      key.days.until, key.days.from);
  };
  return order(a) < order(b);
}

Which which_of(const PeopleCell& cell) {
  return {cell.figure->definition->code, cell.figure->breakdown, cell.figure->area};
}

std::string without_special(const Definition& definition, std::string_view breakdown) {
  std::string rest;
  for (const Pair& pair : pairs_of(breakdown))
    if (!has(definition.special_category, pair.key))
      rest += (rest.empty() ? "" : ";") + std::string(pair.text);
  return rest;
}

PeopleTables tables_of(const YearFigures& year, const std::vector<PeopleRun>& runs) {
  PeopleTables tables;
  for (const PeopleRun& run : runs)
    for (const PeopleFigure& figure : run.figures) {
      const Definition& definition = *figure.definition;
      const TableKey key{subjects_of(definition),
                         part_of(definition, year.breakdowns[figure.breakdown]),
                         days_of(run, figure.reading)};
      tables[key].push_back({&run, &figure});
    }
  return tables;
}

std::vector<std::int64_t> counts_of(const PeopleFigure& figure) {
  const Definition& definition = *figure.definition;
  if (definition.counts != Counted::kPeople) return {};
  const FactValue& value = figure.value;
  std::vector<std::int64_t> counts;
  const bool is_counted = value.null_reason == NullReason::kHasValue ||
                          value.null_reason == NullReason::kZeroDenominator;
  if (is_counted) {
    const std::int64_t part = value.numerator.millionths;
    const std::int64_t whole = value.denominator ? value.denominator->millionths : 0;
    if (definition.is_count() || definition.aggregation == Aggregation::kRatePerStock)
      counts = {part};
    else if (definition.part_of_whole)
      counts = {part, whole - part, whole};
    else
      counts = {whole};
  }
  if (value.n && !definition.is_count()) counts.push_back(*value.n * Number::kScale);
  return counts;
}

OverQuarters over_quarters(const Definition& definition) {
  switch (definition.aggregation) {
    case Aggregation::kDistinctCount:
      return OverQuarters::kOnce;
    case Aggregation::kSnapshotRatio:
    case Aggregation::kSnapshotCount:
      return OverQuarters::kOnTheDay;
    default:
      return OverQuarters::kAddsUp;
  }
}

}  // namespace qd::reading::disclosure
