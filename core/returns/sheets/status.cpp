#include "core/returns/sheets/status.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/returns/content/rows.hpp"
#include "core/returns/content/words.hpp"

namespace qd::returns::sheets {
namespace {

namespace words = content::words;

std::string joined(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : "; ") + part;
  return words::capital(all);
}

std::string null_words(NullReason reason) {
  switch (reason) {
    case NullReason::kNotApplicable:
      return "not required";
    case NullReason::kHasValue:  // and no value: nothing was divided by
    case NullReason::kZeroDenominator:
      return "no case to measure";
    case NullReason::kSuppressed:
      return "withheld: too few";
    case NullReason::kLowReliability:
      return "too few answers";
    case NullReason::kExcluded:
      return "excluded at the source";
    case NullReason::kNotAvailable:
      break;
  }
  return "not available";
}

// Of a family that failed when it was last computed for this period.
bool is_out_of_date(const content::ReturnContents& contents, const Figure& figure) {
  return figure.fact.period == contents.period().id() &&
         std::any_of(
             contents.out_of_date.begin(), contents.out_of_date.end(),
             [&](const content::OutOfDate& old) { return old.family == figure.definition.family; });
}

// The sample is asked for of a year's survey, not of a part of it.
std::string small_sample(const Figure& figure) {
  const auto accuracy = sample_accuracy(figure.fact, figure.definition);
  if (figure.fact.reading != Reading::kYear || !accuracy) return "";
  if (static_cast<double>(*figure.fact.n) >= accuracy->required_sample) return "";
  return fmt::format("fewer than the {} answers asked for", std::ceil(accuracy->required_sample));
}

bool is_indicative(const plan::Section& section, const Fact& fact) {
  return (fact.flags & kIndicative) != 0 || (section.official && fact.reading != *section.official);
}

}  // namespace

std::string status_words(const content::ReturnContents& contents, const plan::Section& section,
                         const Figure* figure) {
  if (!figure) return "Not available";
  const auto& [fact, definition] = *figure;
  if (!value(fact, definition)) return words::capital(null_words(fact.null_reason));
  std::vector<std::string> parts;
  if (fact.flags & kImplausible) parts.emplace_back("implausible, to be checked");
  if (is_out_of_date(contents, *figure)) parts.emplace_back("not up to date");
  const auto lacking = content::shortfall(*figure);
  if (lacking && lacking->millionths != 0)
    parts.push_back(content::shortfall_words(*lacking, definition));
  if (is_indicative(section, fact)) parts.push_back(section.indicative);
  if (fact.flags & kProvisional) parts.emplace_back("provisional [p]");
  if (fact.flags & kPartial) parts.emplace_back("part of the areas only");
  if (fact.flags & kWeighted) parts.emplace_back("answers weighted");
  if (const auto sample = small_sample(*figure); !sample.empty()) parts.push_back(sample);
  return parts.empty() ? "Final" : joined(parts);
}

}  // namespace qd::returns::sheets
