#include "server/faces/figure_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>

namespace qd::faces {
using enum formats::FieldKind;
using enum FieldSource;
namespace {

using Shown = ShownFigure;

// What a field may give, as text.
bool put(std::string& to, std::string_view text) {
  to += text;
  return true;
}
bool put_unless_empty(std::string& to, std::string_view text) {
  to += text;
  return !text.empty();
}
bool put(std::string& to, std::int64_t number) {
  const fmt::format_int text(number);
  return put(to, std::string_view(text.data(), text.size()));
}
bool put(std::string& to, const std::optional<std::int64_t>& number) {
  return number && put(to, *number);
}

// Ten decimals at most, none that are zero: the same double gives the same text everywhere.
bool put(std::string& to, double value) {
  std::string text = fmt::format("{:.10f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return put(to, text);
}

bool put_accuracy(std::string& to, const Shown& shown, double SampleAccuracy::*part) {
  const auto accuracy = sample_accuracy(shown.figure.value, *shown.figure.definition);
  return accuracy && put(to, (*accuracy).*part);
}

const FactValue& value(const Shown& shown) { return shown.figure.value; }
const Definition& definition(const Shown& shown) { return *shown.figure.definition; }

// Which figure it is, whichever run made it.
bool put_key(const Shown& shown, std::string& to) {
  const FigureView& f = shown.figure;
  (to += f.indicator) += '/';
  put(to, std::int64_t{f.version});
  for (const std::string_view part : {f.area, f.period, to_text(f.reading), f.breakdown})
    (to += '/') += part;
  return true;
}

void add(FigureFields& fields, std::initializer_list<FigureField> more) {
  fields.insert(fields.end(), more);
}

void add_indicator_fields(FigureFields& fields) {
  add(fields,
      {{"indicator", kText, kDefinition, "code of the indicator",
        [](const Shown& s, std::string& to) { return put(to, s.figure.indicator); }},
       {"title", kText, kDefinition, "what it measures, in plain words",
        [](const Shown& s, std::string& to) { return put(to, definition(s).title); }},
       {"version", kInteger, kDefinition, "version of the definition it was made with",
        [](const Shown& s, std::string& to) { return put(to, std::int64_t{s.figure.version}); }}});
}

void add_area_fields(FigureFields& fields) {
  add(fields,
      {{"area", kText, kArea, "code of the area; none when areas are grouped",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.figure.area); }},
       {"area_name", kText, kArea, "name of the area",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.area().name); }},
       {"area_kind", kText, kArea, "landlord, region, neighbourhood, estate or block",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.area().kind); }},
       {"area_parent", kText, kArea, "code of the area it lies in today; none for a top",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.area().parent); }},
       {"area_path", kText, kArea, "codes from the top down to the area: L1/N1/E7",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.area().path); }}});
}

void add_period_fields(FigureFields& fields) {
  add(fields,
      {{"period", kText, kPeriod,
        "FY2026-27, FY2026-27-Q3 or 2026-11; none when periods are grouped",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.figure.period); }},
       {"reading", kText, kPart,
        "quarter, ytd or year; a year stands at the year (FY2025-26), never at its last quarter",
        [](const Shown& s, std::string& to) { return put(to, to_text(s.figure.reading)); }},
       {"from", kText, kPeriod, "first day the figure is of",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.period().from); }},
       {"until", kText, kPeriod, "first day after it",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.period().until); }},
       {"previous_period", kText, kPeriod, "the period before, of the same kind",
        [](const Shown& s, std::string& to) { return put_unless_empty(to, s.period().previous); }},
       {"period_year_before", kText, kPeriod, "the same period of the year before",
        [](const Shown& s, std::string& to) {
          return put_unless_empty(to, s.period().year_before);
        }},
       {"breakdown", kText, kPart, "part of the whole, e.g. tenure=LCRA; empty for the total",
        [](const Shown& s, std::string& to) { return put(to, s.figure.breakdown); }}});
}

// What was left blank, excluded or withheld has no parts to show: 0 of 0 would be a claim.
bool is_counted(const FactValue& fact) {
  return fact.null_reason == NullReason::kHasValue ||
         fact.null_reason == NullReason::kZeroDenominator;
}

void add_value_fields(FigureFields& fields) {
  add(fields,
      {{"numerator", kDecimal, kFigure,
        "exact, people for the public to the nearest 5; none when it is not known or withheld",
        [](const Shown& s, std::string& to) {
          return is_counted(value(s)) && put(to, value(s).numerator.text());
        }},
       {"denominator", kDecimal, kFigure,
        "exact, people for the public to the nearest 5; none for a count, or when it is not known "
        "or withheld",
        [](const Shown& s, std::string& to) {
          const auto& denominator = value(s).denominator;
          return denominator && is_counted(value(s)) && put(to, denominator->text());
        }},
       {"value", kDecimal, kFigure, "unrounded, to ten decimals; none when there is no value",
        [](const Shown& s, std::string& to) {
          return put_unless_empty(to, exact_text(value(s), definition(s)));
        }},
       {"display", kText, kFigure, "rounded half-up as it is published, or why there is no value",
        [](const Shown& s, std::string& to) { return put(to, display(value(s), definition(s))); }},
       {"null_reason", kText, kFigure, "why there is no value",
        [](const Shown& s, std::string& to) {
          return put_unless_empty(to, to_text(value(s).null_reason));
        }}});
}

void add_base_fields(FigureFields& fields) {
  add(fields,
      {{"n", kInteger, kFigure, "cases, or unweighted answers",
        [](const Shown& s, std::string& to) { return put(to, value(s).n); }},
       {"population", kInteger, kFigure, "of which n is a sample",
        [](const Shown& s, std::string& to) { return put(to, value(s).population); }},
       {"margin", kDecimal, kFigure, "margin of error, percentage points, 95 % confidence",
        [](const Shown& s, std::string& to) {
          return put_accuracy(to, s, &SampleAccuracy::margin_percent);
        }},
       {"required_sample", kDecimal, kFigure, "answers the regulator asks for at this population",
        [](const Shown& s, std::string& to) {
          return put_accuracy(to, s, &SampleAccuracy::required_sample);
        }},
       {"flags", kList, kFigure,
        "provisional, indicative, partial, weighted, implausible; revised: the definition's words "
        "were changed while its meaning stayed; new, changed or withdrawn since then, when that is "
        "asked",
        [](const Shown& s, std::string& to) {
          auto texts = flag_texts(value(s).flags);
          if (definition(s).revision > 1) texts.emplace_back("revised");
          if (const auto change = to_text(s.figure.change); !change.empty())
            texts.emplace_back(change);
          return put(to, formats::joined(texts));
        }}});
}

void add_meaning_fields(FigureFields& fields) {
  add(fields,
      {{"unit", kText, kDefinition, "unit of the value",
        [](const Shown& s, std::string& to) { return put(to, definition(s).unit); }},
       {"decimals", kInteger, kDefinition, "it is published to so many",
        [](const Shown& s, std::string& to) {
          return put(to, std::int64_t{definition(s).decimals});
        }},
       {"polarity", kText, kDefinition,
        "which way is good: high, low, range, nearest; context: neither",
        [](const Shown& s, std::string& to) { return put(to, to_text(definition(s).polarity)); }},
       {"aggregation", kText, kDefinition, "how it adds up over time and area, e.g. flow_ratio",
        [](const Shown& s, std::string& to) {
          return put(to, to_text(definition(s).aggregation));
        }}});
}

void add_origin_fields(FigureFields& fields) {
  add(fields,
      {{"family", kText, kDefinition, "family that computed it",
        [](const Shown& s, std::string& to) { return put(to, definition(s).family); }},
       {"key", kText, kFigure,
        "which figure it is: indicator, version, area, period, reading and breakdown; the same "
        "when it is computed again",
        put_key},
       {"run", kInteger, kFigure, "run that computed it; none for what was put together",
        [](const Shown& s, std::string& to) { return s.figure.run > 0 && put(to, s.figure.run); }},
       {"id", kInteger, kFigure, "number of the fact; explain it by this",
        [](const Shown& s, std::string& to) { return s.figure.id > 0 && put(to, s.figure.id); }}});
}

FigureFields make_fields() {
  FigureFields fields;
  add_indicator_fields(fields);
  add_area_fields(fields);
  add_period_fields(fields);
  add_value_fields(fields);
  add_meaning_fields(fields);
  add_base_fields(fields);
  add_origin_fields(fields);
  return fields;
}

// "3" of "age=16;level=3" for level; "total" where the figure is of all.
std::string_view part_of(std::string_view breakdown, std::string_view key) {
  while (!breakdown.empty()) {
    const auto pair = breakdown.substr(0, breakdown.find(';'));
    if (pair.size() > key.size() && pair[key.size()] == '=' && pair.starts_with(key))
      return pair.substr(key.size() + 1);
    breakdown.remove_prefix(std::min(pair.size() + 1, breakdown.size()));
  }
  return "total";
}

FigureField breakdown_field(const std::string& key) {
  const auto& fields = figure_fields();
  const bool is_taken = std::any_of(fields.begin(), fields.end(),
                                    [&](const FigureField& field) { return field.name == key; });
  return {
      is_taken ? "breakdown_" + key : key, kText, kPart,
      fmt::format("the part by {}; total for all of them", key),
      [key](const Shown& s, std::string& to) { return put(to, part_of(s.figure.breakdown, key)); }};
}

}  // namespace

formats::Cell FigureField::text(const ShownFigure& shown) const {
  std::string cell;
  if (!write(shown, cell)) return std::nullopt;
  return cell;
}

std::shared_ptr<const FigureFields> all_figure_fields() {
  static const auto fields = std::make_shared<const FigureFields>(make_fields());
  return fields;
}

const FigureFields& figure_fields() { return *all_figure_fields(); }

FigureFields figure_fields(const std::vector<std::string>& breakdown_keys) {
  FigureFields fields;
  for (const auto& field : figure_fields()) {
    fields.push_back(field);
    if (field.name != "breakdown") continue;
    for (const auto& key : breakdown_keys) fields.push_back(breakdown_field(key));
  }
  return fields;
}

}  // namespace qd::faces
