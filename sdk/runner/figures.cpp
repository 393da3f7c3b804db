#include "runner/figures.hpp"

#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "runner/text.hpp"

namespace quarterday::runner {
namespace {

struct Gathered {
  bool has_value = false;
  Number numerator, denominator;
  std::int64_t n = 0, population = 0;
  bool n_stated = true, population_stated = true;
  std::set<std::uint32_t> null_reasons;
  std::uint32_t flags = 0;
  std::set<std::string> members;
};

using Key = std::tuple<std::uint32_t, std::string, std::uint32_t, std::string>;
using Sums = std::map<Key, Gathered>;

void gather(const EmittedPart& part, Gathered& sum) {
  sum.flags |= part.flags & ~std::uint32_t{QD_PARTIAL | QD_WHOLE_AREA};
  if (part.null_reason != QD_HAS_VALUE) {
    sum.null_reasons.insert(part.null_reason);
    return;
  }
  sum.has_value = true;
  sum.numerator += part.numerator;
  sum.denominator += part.denominator;
  sum.n_stated &= part.n >= 0;
  sum.population_stated &= part.population >= 0;
  sum.n += part.n;
  sum.population += part.population;
  sum.members.insert(part.members.begin(), part.members.end());
}

Key key_at(const EmittedPart& part, const std::string& area) {
  return {part.indicator, area, part.reading, part.breakdown};
}

std::set<Key> whole_areas(const std::vector<EmittedPart>& parts) {
  std::set<Key> keys;
  for (const EmittedPart& part : parts)
    if (part.flags & QD_WHOLE_AREA) keys.insert(key_at(part, part.area));
  return keys;
}

struct Reached {
  Sums& sums;
  std::set<Key>& alone;  // those that took nothing from below
};

// Into the sum of its area and of those above, up to one whose figure is for its whole area.
void climb(const PreparedRun& run, const EmittedPart& part, const std::set<Key>& whole,
           const Reached& reached) {
  const Parents& parents = run.parents[part.reading];
  const std::string& owners = run.measures[part.indicator].area;
  for (std::string area = part.area; !area.empty();) {
    const Key key = key_at(part, area);
    if (area != part.area && whole.count(key) != 0) {
      reached.alone.insert(key);
      return;
    }
    gather(part, reached.sums[key]);
    const auto above = parents.find(area);
    area = area == owners || above == parents.end() ? "" : above->second;
  }
}

// Of several reasons the one that protects or warns most.
std::uint32_t strongest(const std::set<std::uint32_t>& reasons) {
  for (const std::uint32_t reason : {QD_SUPPRESSED, QD_EXCLUDED, QD_LOW_RELIABILITY,
                                     QD_NOT_AVAILABLE, QD_ZERO_DENOMINATOR, QD_NOT_APPLICABLE})
    if (reasons.count(reason) != 0) return reason;
  return QD_HAS_VALUE;
}

// Where the question does not arise, and where there was no case, nothing is missing above.
bool leaves_gap(const std::set<std::uint32_t>& reasons) {
  for (const std::uint32_t reason : reasons)
    if (reason != QD_NOT_APPLICABLE && reason != QD_ZERO_DENOMINATOR) return true;
  return false;
}

Figure figure_of(const Key& key, const Gathered& sum, const Measure& measure) {
  Figure figure;
  std::tie(figure.indicator, figure.area, figure.reading, figure.breakdown) = key;
  figure.flags = sum.flags;
  if (!sum.has_value) {
    figure.null_reason = strongest(sum.null_reasons);
    return figure;
  }
  if (leaves_gap(sum.null_reasons)) figure.flags |= QD_PARTIAL;
  figure.numerator = measure.is_distinct ? Number(sum.members.size()) : sum.numerator;
  figure.denominator = sum.denominator;
  if (sum.n_stated) figure.n = sum.n;
  if (sum.population_stated) figure.population = sum.population;
  if (!measure.is_count && figure.denominator == 0) figure.null_reason = QD_ZERO_DENOMINATOR;
  return figure;
}

std::string value_text(const Figure& figure, const Measure& measure) {
  switch (figure.null_reason) {
    case QD_HAS_VALUE:
      break;
    case QD_NOT_AVAILABLE:
      return "[x]";
    case QD_NOT_APPLICABLE:
      return "[z]";
    case QD_SUPPRESSED:
      return "[c]";
    case QD_EXCLUDED:
      return "[e]";
    default:
      return "[u]";
  }
  const Int128 numerator = Int128{figure.numerator.millionths()} * measure.multiplier;
  const Int128 denominator = measure.is_count ? Int128{QD_ONE} : figure.denominator.millionths();
  return rounded(numerator, denominator * measure.divisor, measure.decimals);
}

std::string flags_text(std::uint32_t flags) {
  std::vector<std::string> texts;
  if (flags & QD_PROVISIONAL) texts.emplace_back("provisional");
  if (flags & QD_INDICATIVE) texts.emplace_back("indicative");
  if (flags & QD_PARTIAL) texts.emplace_back("partial");
  if (flags & QD_WEIGHTED) texts.emplace_back("weighted");
  return joined(texts, ";");
}

std::string six_decimals(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6f", value);
  return text;
}

// 95 % margin at p = 0.5 with finite population correction; domain: sample size and accuracy.
std::string margin_text(const Figure& figure) {
  if (figure.n <= 0 || figure.population < figure.n) return "";
  if (figure.population == 1) return six_decimals(0);
  const auto n = static_cast<double>(figure.n), all = static_cast<double>(figure.population);
  return six_decimals(100 * 1.96 * std::sqrt(0.25 / n * (all - n) / (all - 1)));
}

std::string required_text(const Figure& figure) {
  if (figure.n <= 0 || figure.population < figure.n) return "";
  const auto all = static_cast<double>(figure.population);
  const double e = all < 2500 ? 0.05 : all < 10000 ? 0.04 : all < 25000 ? 0.03 : 0.02;
  const double n0 = 1.96 * 1.96 * 0.25 / (e * e);
  return six_decimals(n0 * all / (all + n0));
}

std::string stated(std::int64_t number) { return number < 0 ? "" : std::to_string(number); }

}  // namespace

Figures figures_of(const PreparedRun& run, const std::vector<EmittedPart>& parts) {
  const auto whole = whole_areas(parts);
  Sums sums;
  std::set<Key> alone;
  for (const EmittedPart& part : parts) climb(run, part, whole, {sums, alone});
  Figures figures;
  for (const auto& [key, sum] : sums)
    figures.rows.push_back(figure_of(key, sum, run.measures[std::get<0>(key)]));
  for (const Key& key : alone)
    ++figures.notes[run.measures[std::get<0>(key)].id +
                    ": an area has figures of its own; those of the areas below are not added "
                    "to them"];
  return figures;
}

std::optional<std::string> field_of(const PreparedRun& run, const Figure& figure,
                                    const std::string& column) {
  const Measure& measure = run.measures[figure.indicator];
  const bool has_figures =
      figure.null_reason == QD_HAS_VALUE || figure.null_reason == QD_ZERO_DENOMINATOR;
  if (column == "indicator") return measure.id;
  if (column == "version") return std::to_string(measure.version);
  if (column == "area") return figure.area;
  if (column == "reading") return reading_text(run.request.readings[figure.reading].kind);
  if (column == "breakdown") return figure.breakdown;
  if (column == "numerator") return has_figures ? to_text(figure.numerator) : "";
  if (column == "denominator")
    return has_figures && !measure.is_count ? to_text(figure.denominator) : "";
  if (column == "value") return value_text(figure, measure);
  if (column == "n") return stated(figure.n);
  if (column == "population") return stated(figure.population);
  if (column == "flags") return flags_text(figure.flags);
  if (column == "margin") return margin_text(figure);
  if (column == "required") return required_text(figure);
  return std::nullopt;
}

}  // namespace quarterday::runner
