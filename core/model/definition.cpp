#include "core/model/definition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/enum_text.hpp"
#include "core/model/list_text.hpp"

namespace qd {
namespace {

constexpr EnumTexts<Aggregation, 9> kAggregations = {{
    {Aggregation::kSnapshotRatio, "snapshot_ratio"},
    {Aggregation::kFlowRatio, "flow_ratio"},
    {Aggregation::kRatePerStock, "rate_per_stock"},
    {Aggregation::kSurveyProportion, "survey_proportion"},
    {Aggregation::kMeanDuration, "mean_duration"},
    {Aggregation::kDistinctCount, "distinct_count"},
    {Aggregation::kAdditiveCount, "additive_count"},
    {Aggregation::kSnapshotCount, "snapshot_count"},
    {Aggregation::kQuantile, "quantile"},
}};

constexpr EnumTexts<Polarity, 5> kPolarities = {{
    {Polarity::kContext, "context"},
    {Polarity::kHigh, "high"},
    {Polarity::kLow, "low"},
    {Polarity::kRange, "range"},
    {Polarity::kNearest, "nearest"},
}};

constexpr EnumTexts<Interval, 2> kIntervals = {{
    {Interval::kNone, "none"},
    {Interval::kSampleMargin, "sample_margin"},
}};

constexpr EnumTexts<Counted, 3> kCounted = {{
    {Counted::kPeople, "people"},
    {Counted::kHomes, "homes"},
    {Counted::kThings, "things"},
}};

std::vector<std::string> texts_of(const Definition& definition) {
  std::vector<std::string> texts;
  for_each_field(definition, [&](const DefinitionField&, const auto& value) {
    texts.push_back(field_text(value));
  });
  return texts;
}

}  // namespace

std::string_view to_text(Aggregation aggregation) { return text_of(kAggregations, aggregation); }
std::string_view to_text(Polarity polarity) { return text_of(kPolarities, polarity); }
std::string_view to_text(Interval interval) { return text_of(kIntervals, interval); }
std::string_view to_text(Counted counted) { return text_of(kCounted, counted); }
std::optional<Aggregation> parse_aggregation(std::string_view text) {
  return value_of(kAggregations, text);
}
std::optional<Polarity> parse_polarity(std::string_view text) {
  return value_of(kPolarities, text);
}
std::optional<Interval> parse_interval(std::string_view text) { return value_of(kIntervals, text); }
std::optional<Counted> parse_counted(std::string_view text) { return value_of(kCounted, text); }
std::vector<std::string> aggregation_texts() { return all_texts(kAggregations); }
std::vector<std::string> polarity_texts() { return all_texts(kPolarities); }
std::vector<std::string> interval_texts() { return all_texts(kIntervals); }
std::vector<std::string> counted_texts() { return all_texts(kCounted); }

bool is_count(Aggregation aggregation) {
  return aggregation == Aggregation::kDistinctCount || aggregation == Aggregation::kAdditiveCount ||
         aggregation == Aggregation::kSnapshotCount;
}

const std::vector<DefinitionField>& definition_fields() {
  static const auto fields = [] {
    std::vector<DefinitionField> all;
    for_each_field(Definition{},
                   [&](const DefinitionField& field, const auto&) { all.push_back(field); });
    return all;
  }();
  return fields;
}

std::string field_text(const std::vector<std::string>& list) { return list_text(list); }

std::vector<std::string> pairs_of(const std::vector<Parameter>& parameters) {
  std::vector<std::string> pairs;
  pairs.reserve(parameters.size());
  for (const auto& [key, value] : parameters) pairs.push_back(fmt::format("{}={}", key, value));
  return pairs;
}

std::string field_text(const std::vector<Parameter>& parameters) {
  return field_text(pairs_of(parameters));
}

std::vector<std::string> parse_list(std::string_view text) { return list_of(text); }

std::vector<Parameter> parse_parameters(std::string_view text) {
  std::vector<Parameter> parameters;
  for (const auto& pair : list_of(text)) {
    const auto equals = std::min(pair.find('='), pair.size());
    parameters.push_back(
        {pair.substr(0, equals), equals < pair.size() ? pair.substr(equals + 1) : std::string()});
  }
  return parameters;
}

bool is_share(const Definition& definition) {
  const bool in_percent =
      definition.unit == "%" && definition.multiplier == 100 && definition.divisor == 1;
  const bool of_whole = definition.aggregation == Aggregation::kSnapshotRatio ||
                        definition.aggregation == Aggregation::kFlowRatio ||
                        definition.aggregation == Aggregation::kSurveyProportion;
  return in_percent && of_whole && !definition.is_count();
}

std::string to_text(const FieldDifference& difference) {
  return fmt::format("{} was '{}' and would be '{}'", difference.field, difference.before,
                     difference.after);
}

std::optional<FieldDifference> first_difference(const Definition& before, const Definition& after,
                                                std::initializer_list<FieldWeight> weights) {
  const auto was = texts_of(before), is = texts_of(after);
  const auto& fields = definition_fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool matters =
        std::find(weights.begin(), weights.end(), fields[i].weight) != weights.end();
    if (matters && was[i] != is[i]) return FieldDifference{fields[i].name, was[i], is[i]};
  }
  return std::nullopt;
}

std::optional<FieldDifference> change_of_meaning(const Definition& before, const Definition& after,
                                                 Date today) {
  if (today < before.effective_from) return std::nullopt;  // nothing was made with it yet
  using enum FieldWeight;
  const bool has_ended = before.effective_until && *before.effective_until <= today;
  if (has_ended && after.effective_until != before.effective_until)
    return first_difference(before, after, {kEnd});
  return first_difference(before, after, {kIdentity, kMaterial});
}

int revision_after(const Definition& before, const Definition& after) {
  return before.revision + (first_difference(before, after, {FieldWeight::kEditorial}) ? 1 : 0);
}

}  // namespace qd
