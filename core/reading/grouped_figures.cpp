#include "core/reading/grouped_figures.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace qd::reading {
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

struct Days {
  Date from, until;
  friend bool operator<(const Days& a, const Days& b) {
    return std::tie(a.from, a.until) < std::tie(b.from, b.until);
  }
};

Days days_of(std::string_view id, Reading reading) {
  const auto period = Period::parse(id);
  if (!period) return {};
  for (const ReadingWindow& window : period->readings())
    if (window.reading == reading) return {window.from, window.until};
  return {period->from(), period->until()};
}

// Adds up what is given of one group.
class Sum {
 public:
  void add(const FactValue& value) {
    total_.flags |= value.flags;
    if (value.null_reason == NullReason::kSuppressed ||
        value.null_reason == NullReason::kLowReliability)
      withheld_ = std::max(withheld_, value.null_reason == NullReason::kSuppressed ? 2 : 1);
    else if (value.null_reason == NullReason::kHasValue ||
             value.null_reason == NullReason::kZeroDenominator)
      add_counted(value);
    else
      is_partial_ = true;
  }
  bool is_too_large() const {
    return is_too_large(numerator_) || is_too_large(denominator_.value_or(0));
  }
  FactValue total() const {
    FactValue value = total_;
    value.numerator = Number{static_cast<std::int64_t>(numerator_)};
    if (denominator_) value.denominator = Number{static_cast<std::int64_t>(*denominator_)};
    if (is_partial_) value.flags |= kPartial;
    if (withheld_ > 0 || !any_) {
      value = FactValue{};
      value.flags = total_.flags;
      value.null_reason = withheld_ == 2   ? NullReason::kSuppressed
                          : withheld_ == 1 ? NullReason::kLowReliability
                                           : NullReason::kNotAvailable;
    } else if (value.denominator && value.denominator->millionths == 0) {
      value.null_reason = NullReason::kZeroDenominator;
    }
    return value;
  }

 private:
  void add_counted(const FactValue& value) {
    numerator_ += value.numerator.millionths;
    if (value.denominator) denominator_ = denominator_.value_or(0) + value.denominator->millionths;
    const bool keeps_n = !any_ || total_.n;
    total_.n = keeps_n && value.n ? std::optional(total_.n.value_or(0) + *value.n) : std::nullopt;
    any_ = true;
  }

  static bool is_too_large(Wide number) {
    return number > std::numeric_limits<std::int64_t>::max() ||
           number < std::numeric_limits<std::int64_t>::min();
  }

  FactValue total_;  // but for its parts
  Wide numerator_ = 0;
  std::optional<Wide> denominator_;
  int withheld_ = 0;  // 1: of too few answers; 2: withheld
  bool any_ = false, is_partial_ = false;
};

using Names = std::unordered_set<std::string, TextHash, std::equal_to<>>;
using GroupKey = std::tuple<std::string, std::string, Reading, std::string>;

// What one version of an indicator has: its groups, and what was put together.
struct Measured {
  std::shared_ptr<const Definition> definition;
  std::map<GroupKey, Sum> groups;
  Names areas, breakdowns;
  std::map<Reading, Names> periods;
  std::map<Reading, std::set<Days>> days;
};

class Grouper final : public FigureSink {
 public:
  explicit Grouper(const Grouping& by) : by_(by) {}

  void take(const FigureView& figure) override {
    Measured& measured = measured_of(figure);
    note(measured.areas, figure.area);
    Sum& sum = sum_of(measured, figure);
    if (!is_like_last(figure)) note_rest(measured, figure);
    sum.add(figure.value);
  }
  // By indicator and version.
  const std::map<std::pair<std::string, int>, Measured>& all() const { return all_; }

 private:
  // Figures come many of one definition, and of one group, at a time: the last ones are remembered.
  Measured& measured_of(const FigureView& figure) {
    const bool is_last = last_ && last_->definition->code == figure.indicator &&
                         last_->definition->version == figure.version;
    if (is_last) return *last_;
    last_sum_ = nullptr;
    last_ = &all_[{std::string(figure.indicator), figure.version}];
    if (!last_->definition)
      last_->definition = std::make_shared<const Definition>(*figure.definition);
    return *last_;
  }
  Sum& sum_of(Measured& measured, const FigureView& figure) {
    const std::string_view area = by_.area ? figure.area : "",
                           period = by_.period ? figure.period : "",
                           breakdown = by_.breakdown ? figure.breakdown : "";
    const auto& [last_area, last_period, last_reading, last_breakdown] = last_key_;
    const bool is_last = last_sum_ && last_reading == figure.reading && last_area == area &&
                         last_period == period && last_breakdown == breakdown;
    if (is_last) return *last_sum_;
    last_key_ = {std::string(area), std::string(period), figure.reading, std::string(breakdown)};
    last_sum_ = &measured.groups[last_key_];
    return *last_sum_;
  }
  // But for its area, which is seldom that of the one before.
  bool is_like_last(const FigureView& figure) const {
    return noted_ == last_ && noted_reading_ == figure.reading &&
           noted_breakdown_ == figure.breakdown && noted_period_ == figure.period;
  }
  void note_rest(Measured& measured, const FigureView& figure) {
    note(measured.breakdowns, figure.breakdown);
    if (note(measured.periods[figure.reading], figure.period))
      measured.days[figure.reading].insert(days_of(figure.period, figure.reading));
    noted_ = &measured;
    noted_breakdown_ = figure.breakdown;
    noted_period_ = figure.period;
    noted_reading_ = figure.reading;
  }
  static bool note(Names& names, std::string_view name) {  // whether it is new
    return names.find(name) == names.end() && names.emplace(name).second;
  }

  Grouping by_;
  std::map<std::pair<std::string, int>, Measured> all_;
  Measured* last_ = nullptr;
  Sum* last_sum_ = nullptr;
  GroupKey last_key_;
  const Measured* noted_ = nullptr;
  std::string noted_breakdown_, noted_period_;
  Reading noted_reading_ = Reading::kQuarter;
};

// Why figures may not be put together: a sentence, and what to do.
struct Refused {
  std::string why, hint;
};

using Parents = std::map<std::string_view, std::string_view>;  // by code

std::optional<Refused> overlap_of_areas(const Measured& measured, const Parents& parents) {
  for (const auto& code : std::set<std::string>(measured.areas.begin(), measured.areas.end())) {
    std::size_t depth = 0;
    for (auto above = parents.find(code); above != parents.end() && depth <= parents.size();
         above = parents.find(above->second), ++depth)
      if (measured.areas.find(above->second) != measured.areas.end())
        return Refused{"'" + std::string(above->second) + "' holds '" + code + "'",
                       "ask for one kind of area, as area_kind=estate, or group by area"};
  }
  return std::nullopt;
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

std::optional<Refused> refusal(const Measured& measured, const Grouping& by,
                               const Parents& parents) {
  const Definition& definition = *measured.definition;
  const bool over_areas = !by.area && measured.areas.size() > 1;
  const bool over_time =
      !by.period && std::any_of(measured.periods.begin(), measured.periods.end(),
                                [](const auto& one) { return one.second.size() > 1; });
  const bool over_parts = !by.breakdown && measured.breakdowns.size() > 1;
  if (!over_areas && !over_time && !over_parts) return std::nullopt;
  if (definition.aggregation == Aggregation::kDistinctCount)
    return Refused{"each is counted once in it, and may be in several of these figures",
                   "ask for the figure of the area, or of the year, above them"};
  if (definition.aggregation == Aggregation::kQuantile)
    return Refused{"a quantile of all is not told by those of the parts",
                   "ask for the figure of the area, or of the year, above them"};
  if (over_time && !adds_up_over_time(definition.aggregation))
    return Refused{
        "it is of a day, or of the homes there are on one, and does not add up over time",
        "group by period, or ask for the newest (latest=1)"};
  if (over_areas)
    if (auto overlap = overlap_of_areas(measured, parents)) return overlap;
  if (over_time)
    if (auto overlap = overlap_of_days(measured)) return overlap;
  return over_parts ? overlap_of_parts(measured) : std::nullopt;
}

std::optional<Refused> too_large(const Measured& measured) {
  for (const auto& [key, sum] : measured.groups)
    if (sum.is_too_large())
      return Refused{"their sum is too large a number", "group by more, or ask for less"};
  return std::nullopt;
}

std::optional<Refused> mixed_readings(const Measured& measured, const Grouping& by) {
  if (by.reading || measured.periods.size() < 2) return std::nullopt;
  return Refused{"a quarter, the year to date and the year hold the same",
                 "ask for one of them (reading=quarter), or group by reading"};
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
                                            const std::vector<Area>& areas) {
  Grouper grouper(by);
  if (auto read = figures.read_in_any_order(grouper); !read) return fail(read.error());
  Parents parents;
  for (const Area& area : areas) parents[area.code] = area.parent;
  std::vector<Figure> all;
  for (const auto& [version, measured] : grouper.all()) {
    auto refused = mixed_readings(measured, by);
    if (!refused) refused = refusal(measured, by, parents);
    if (!refused) refused = too_large(measured);
    if (refused)
      return fail(ErrorCode::kCannotBeGrouped,
                  "the figures of " + measured.definition->code +
                      " cannot be put together: " + refused->why,
                  refused->hint);
    for (const auto& [key, sum] : measured.groups) {
      Figure figure;
      figure.definition = *measured.definition;
      static_cast<FactValue&>(figure.fact) = sum.total();
      figure.fact.indicator = figure.definition.code;
      figure.fact.version = figure.definition.version;
      std::tie(figure.fact.area, figure.fact.period, figure.fact.reading, figure.fact.breakdown) =
          key;
      all.push_back(std::move(figure));
    }
  }
  return all;
}

}  // namespace qd::reading
