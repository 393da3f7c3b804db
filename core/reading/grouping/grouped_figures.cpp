#include "core/reading/grouping/grouped_figures.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "core/reading/grouping/grouper.hpp"

namespace qd::reading::grouping {
namespace {

struct Word {
  const char* name;
  bool Grouping::*part;
};
constexpr Word kWords[] = {{"indicator", nullptr},
                           {"area", &Grouping::area},
                           {"period", &Grouping::period},
                           {"reading", &Grouping::reading},
                           {"breakdown", &Grouping::breakdown}};

constexpr std::size_t kDeepest = 1000;  // areas within areas; more is a circle

// The keys of a breakdown: "age;level" of "age=16;level=3".
std::string keys_of(std::string_view breakdown) {
  std::string keys;
  while (!breakdown.empty()) {
    const auto pair = breakdown.substr(0, breakdown.find(';'));
    keys += (keys.empty() ? "" : ";") + std::string(pair.substr(0, pair.find('=')));
    breakdown.remove_prefix(std::min(pair.size() + 1, breakdown.size()));
  }
  return keys;
}

// Why figures may not be put together: a sentence, and what to do.
struct Refused {
  std::string why, hint;
};

// The nearest of the areas that holds this one; "": none does. In a circle each holds itself.
std::string_view holder_of(std::string_view area, const Names& areas, const ParentOf& parent_of) {
  std::string_view above = parent_of(area);
  for (std::size_t depth = 0; depth < kDeepest; ++depth) {
    if (above.empty() || areas.find(above) != areas.end()) return above;
    above = parent_of(above);
  }
  return area;
}

std::optional<Refused> overlap_of_areas(const Measured& measured, const ParentOf& parent_of) {
  std::string_view first, holder;  // by code
  for (const std::string_view area : measured.areas) {
    if (!first.empty() && area > first) continue;
    if (const auto above = holder_of(area, measured.areas, parent_of); !above.empty())
      std::tie(first, holder) = std::tie(area, above);
  }
  if (first.empty()) return std::nullopt;
  return Refused{"'" + std::string(holder) + "' holds '" + std::string(first) + "'",
                 "ask for one kind of area, as area_kind=estate, or group by area"};
}

std::optional<Refused> overlap_of_days(const Measured& measured) {
  for (const auto& [reading, all] : measured.days) {
    const Days* last = nullptr;
    for (const Days& days : all) {
      if (last && days.from < last->until)
        return Refused{"some of the periods hold others",
                       "ask for one reading and one kind of period, or group by period"};
      last = &days;
    }
  }
  return std::nullopt;
}

std::optional<Refused> overlap_of_parts(const Measured& measured) {
  if (measured.breakdowns.size() < 2) return std::nullopt;
  const auto keys = keys_of(*measured.breakdowns.begin());
  for (const auto& breakdown : measured.breakdowns)
    if (keys_of(breakdown) != keys)
      return Refused{"a total and its parts, or parts by different keys, hold the same",
                     "ask for totals (breakdown=) or one key (breakdown=level=*), or group by "
                     "breakdown"};
  for (const auto& key : measured.definition->overlapping)
    if ((";" + keys + ";").find(";" + key + ";") != std::string::npos)
      return Refused{"one may be counted at several values of '" + key + "'",
                     "ask for totals (breakdown=), or group by breakdown"};
  return std::nullopt;
}

bool adds_up_over_time(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::kFlowRatio:
    case Aggregation::kSurveyProportion:
    case Aggregation::kMeanDuration:
    case Aggregation::kAdditiveCount:
      return true;
    default:
      return false;
  }
}

// Small numbers of people by such a characteristic are withheld from everybody, and what several
// figures come to together is in no table that is protected.
std::optional<Refused> refusal_of_people(const Measured& measured, bool is_told) {
  if (!is_told)
    return Refused{"each is counted once in it, and may be in several of these figures",
                   "ask for the figure of the area, or of the year, above them"};
  const auto& special = measured.definition->special_category;
  for (const auto& breakdown : measured.breakdowns)
    for (const auto& key : special)
      if ((";" + keys_of(breakdown) + ";").find(";" + key + ";") != std::string::npos)
        return Refused{"people by '" + key + "' are not counted together",
                       "ask for totals (breakdown=), or group by breakdown, area and period"};
  return std::nullopt;
}

std::optional<Refused> refusal(const Measured& measured, const Grouping& by,
                               const ParentOf& parent_of, bool counts_people) {
  const Definition& definition = *measured.definition;
  const bool over_areas = !by.area && measured.areas.size() > 1;
  const bool over_time =
      !by.period && std::any_of(measured.periods.begin(), measured.periods.end(),
                                [](const auto& one) { return one.second.size() > 1; });
  const bool over_parts = !by.breakdown && measured.breakdowns.size() > 1;
  if (!over_areas && !over_time && !over_parts) return std::nullopt;
  if (definition.aggregation == Aggregation::kDistinctCount)
    return refusal_of_people(measured, counts_people);
  if (definition.aggregation == Aggregation::kQuantile)
    return Refused{"a quantile of all is not told by those of the parts",
                   "ask for the figure of the area, or of the year, above them"};
  if (over_time && !adds_up_over_time(definition.aggregation))
    return Refused{
        "it is of a day, or of the homes there are on one, and does not add up over time",
        "group by period, or ask for the newest (latest=1)"};
  if (over_areas)
    if (auto overlap = overlap_of_areas(measured, parent_of)) return overlap;
  if (over_time)
    if (auto overlap = overlap_of_days(measured)) return overlap;
  return over_parts ? overlap_of_parts(measured) : std::nullopt;
}

std::optional<Refused> too_large(const Measured& measured) {
  for (const auto& [key, group] : measured.groups)
    if (group.sum.is_too_large())
      return Refused{"their sum is too large a number", "group by more, or ask for less"};
  return std::nullopt;
}

std::optional<Refused> mixed_readings(const Measured& measured, const Grouping& by) {
  if (by.reading || measured.periods.size() < 2) return std::nullopt;
  return Refused{"a quarter, the year to date and the year hold the same",
                 "ask for one of them (reading=quarter), or group by reading"};
}

Error not_together(const Definition& definition, const Refused& refused) {
  return {ErrorCode::kCannotBeGrouped,
          "the figures of " + definition.code + " cannot be put together: " + refused.why,
          refused.hint};
}

// A distinct count of one figure is that figure's; of several, each of theirs is counted once.
Result<FactValue> value_of(const Group& group, const Definition& definition,
                           const CountTogether& count_together) {
  FactValue value = group.sum.total();
  if (value.null_reason != NullReason::kHasValue || group.counted.size() < 2) return value;
  const auto together = count_together(group.counted);
  if (!together) return fail(together.error());
  if (!*together)
    return fail(not_together(definition, {"who is counted in some of them was not kept then",
                                          "compute their periods again"}));
  value.numerator = Number::of(**together);
  value.n = value.population = std::nullopt;
  return value;
}

Figure figure_of(const Definition& definition, const GroupKey& key, const FactValue& value) {
  Figure figure;
  figure.definition = definition;
  static_cast<FactValue&>(figure.fact) = value;
  figure.fact.indicator = definition.code;
  figure.fact.version = definition.version;
  std::tie(figure.fact.area, figure.fact.period, figure.fact.reading, figure.fact.breakdown) = key;
  return figure;
}

}  // namespace

std::optional<Grouping> grouping_of(const std::vector<std::string>& words) {
  Grouping grouping;
  for (const auto& word : words) {
    const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                     [&](const Word& known) { return known.name == word; });
    if (found == std::end(kWords)) return std::nullopt;
    if (found->part) grouping.*found->part = true;
  }
  return grouping;
}

std::vector<std::string> grouping_words() {
  std::vector<std::string> words;
  for (const Word& word : kWords) words.emplace_back(word.name);
  return words;
}

Result<std::vector<Figure>> grouped_figures(FigureReading& figures, const Grouping& by,
                                            const ParentOf& parent_of,
                                            const CountTogether& count_together) {
  Grouper grouper(by);
  if (auto read = figures.read_in_any_order(grouper); !read) return fail(read.error());
  std::vector<Figure> all;
  for (const auto& [version, measured] : grouper.all()) {
    auto refused = mixed_readings(measured, by);
    if (!refused) refused = refusal(measured, by, parent_of, count_together != nullptr);
    if (!refused) refused = too_large(measured);
    if (refused) return fail(not_together(*measured.definition, *refused));
    for (const auto& [key, group] : measured.groups) {
      const auto value = value_of(group, *measured.definition, count_together);
      if (!value) return fail(value.error());
      all.push_back(figure_of(*measured.definition, key, *value));
    }
  }
  return all;
}

}  // namespace qd::reading::grouping
