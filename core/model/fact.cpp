#include "core/model/fact.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/model/enum_text.hpp"

namespace qd {
namespace {

constexpr EnumTexts<NullReason, 7> kNullReasons = {{
    {NullReason::kHasValue, ""},
    {NullReason::kNotAvailable, "not_available"},
    {NullReason::kNotApplicable, "not_applicable"},
    {NullReason::kZeroDenominator, "zero_denominator"},
    {NullReason::kSuppressed, "suppressed"},
    {NullReason::kLowReliability, "low_reliability"},
    {NullReason::kExcluded, "excluded"},
}};

// The government's shorthand in lower case; [u] stands for too little to work with, be it no case
// at all or too few answers.
constexpr EnumTexts<NullReason, 7> kMarks = {{
    {NullReason::kHasValue, ""},
    {NullReason::kNotAvailable, "[x]"},
    {NullReason::kNotApplicable, "[z]"},
    {NullReason::kZeroDenominator, "[u]"},
    {NullReason::kSuppressed, "[c]"},
    {NullReason::kLowReliability, "[u]"},
    {NullReason::kExcluded, "[x]"},
}};

constexpr EnumTexts<Change, 4> kChanges = {{
    {Change::kNone, ""},
    {Change::kNew, "new"},
    {Change::kChanged, "changed"},
    {Change::kWithdrawn, "withdrawn"},
}};

// By population of the tenure: 5, 4, 3 and 2 %. Cut points: domain A.1.1, confirmed on 353 of 353
// landlords of 2024/25 but for the exact ends.
double required_margin(std::int64_t population) {
  if (population < 2'500) return 5;
  if (population < 10'000) return 4;
  return population < 25'000 ? 3 : 2;
}

}  // namespace

std::string_view to_text(NullReason reason) { return text_of(kNullReasons, reason); }
std::string_view to_text(Change change) { return text_of(kChanges, change); }
std::string_view mark(NullReason reason) { return text_of(kMarks, reason); }

std::vector<std::string> flag_texts(std::uint32_t flags) {
  constexpr std::array<std::pair<std::uint32_t, const char*>, 5> kTexts = {
      {{kProvisional, "provisional"},
       {kIndicative, "indicative"},
       {kPartial, "partial"},
       {kWeighted, "weighted"},
       {kImplausible, "implausible"}}};
  std::vector<std::string> texts;
  for (const auto& [flag, text] : kTexts)
    if ((flags & flag) != 0) texts.emplace_back(text);
  return texts;
}

std::optional<Ratio> value(const FactValue& fact, const Definition& definition) {
  if (fact.null_reason != NullReason::kHasValue) return std::nullopt;
  if (fact.stated) return Ratio(fact.stated->millionths, Number::kScale);
  const Number denominator = fact.denominator.value_or(Number::of(1));
  if (denominator.millionths == 0) return std::nullopt;
  // Whole numbers stay small, and what is small is divided fast.
  const bool are_whole = fact.numerator.millionths % Number::kScale == 0 &&
                         denominator.millionths % Number::kScale == 0;
  const std::int64_t unit = are_whole ? Number::kScale : 1;
  return Ratio(static_cast<Wide>(fact.numerator.millionths / unit) * definition.multiplier,
               static_cast<Wide>(denominator.millionths / unit) * definition.divisor);
}

std::string display(const FactValue& fact, const Definition& definition) {
  if (const auto ratio = value(fact, definition)) return ratio->rounded(definition.decimals);
  const auto reason =
      fact.null_reason == NullReason::kHasValue ? NullReason::kZeroDenominator : fact.null_reason;
  return std::string(mark(reason));
}

std::string exact_text(const FactValue& fact, const Definition& definition) {
  const auto ratio = value(fact, definition);
  if (!ratio) return {};
  std::string text = ratio->rounded(10);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::optional<SampleAccuracy> sample_accuracy(const FactValue& fact, const Definition& definition) {
  if (definition.interval != Interval::kSampleMargin || !fact.n || !fact.population)
    return std::nullopt;
  if (*fact.n <= 0 || *fact.n > *fact.population) return std::nullopt;

  constexpr double kZ = 1.96;  // 95 %
  const auto n = static_cast<double>(*fact.n);
  const auto population = static_cast<double>(*fact.population);
  const double margin = required_margin(*fact.population);
  const double n0 = kZ * kZ * 0.25 / (margin / 100 * margin / 100);
  const double correction = population > 1 ? (population - n) / (population - 1) : 0;
  return SampleAccuracy{100 * kZ * std::sqrt(0.25 / n * correction),
                        n0 * population / (population + n0), margin};
}

FigureView view_of(const Fact& fact, const Definition& definition) {
  FigureView view;
  view.id = fact.id;
  view.run = fact.run;
  view.indicator = fact.indicator;
  view.version = fact.version;
  view.area = fact.area;
  view.period = fact.period;
  view.breakdown = fact.breakdown;
  view.reading = fact.reading;
  view.value = fact;
  view.definition = &definition;
  return view;
}

Fact fact_of(const FigureView& figure) {
  Fact fact;
  static_cast<FactValue&>(fact) = figure.value;
  fact.id = figure.id;
  fact.run = figure.run;
  fact.indicator = figure.indicator;
  fact.version = figure.version;
  fact.area = figure.area;
  fact.period = figure.period;
  fact.reading = figure.reading;
  fact.breakdown = figure.breakdown;
  return fact;
}

}  // namespace qd
