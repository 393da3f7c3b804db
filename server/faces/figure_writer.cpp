#include "server/faces/figure_writer.hpp"

#include <fmt/format.h>

namespace qd::faces {
namespace {

using Text = formats::Cell;

Text whole(const std::optional<std::int64_t>& number) {
  return number ? Text{std::to_string(*number)} : Text{};
}

// Ten decimals at most, none that are zero: the same double gives the same text everywhere.
std::string plain_decimal(double value) {
  std::string text = fmt::format("{:.10f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Text accuracy(const ShownFigure& shown, double SampleAccuracy::*part) {
  const auto accuracy = sample_accuracy(shown.figure.value, *shown.figure.definition);
  return accuracy ? Text{plain_decimal((*accuracy).*part)} : Text{};
}

const FactValue& value(const ShownFigure& shown) { return shown.figure.value; }
const Definition& definition(const ShownFigure& shown) { return *shown.figure.definition; }

std::vector<FigureField> identity_fields() {
  return {
      {"indicator", formats::FieldKind::kText, "code of the indicator",
       [](const ShownFigure& shown) -> Text { return std::string(shown.figure.indicator); }},
      {"title", formats::FieldKind::kText, "what it measures, in plain words",
       [](const ShownFigure& shown) -> Text { return definition(shown).title; }},
      {"version", formats::FieldKind::kInteger, "version of the definition it was made with",
       [](const ShownFigure& shown) -> Text { return std::to_string(definition(shown).version); }},
      {"area", formats::FieldKind::kText, "code of the area",
       [](const ShownFigure& shown) -> Text { return std::string(shown.figure.area); }},
      {"area_name", formats::FieldKind::kText, "name of the area",
       [](const ShownFigure& shown) {
         return formats::unless_empty(std::string(shown.area_name));
       }},
      {"period", formats::FieldKind::kText, "FY2026-27, FY2026-27-Q3 or 2026-11",
       [](const ShownFigure& shown) -> Text { return std::string(shown.figure.period); }},
      {"reading", formats::FieldKind::kText,
       "quarter, ytd or year; a year stands at the year (FY2025-26), never at its last quarter",
       [](const ShownFigure& shown) -> Text { return std::string(to_text(shown.figure.reading)); }},
      {"breakdown", formats::FieldKind::kText,
       "part of the whole, e.g. tenure=LCRA; empty for the total",
       [](const ShownFigure& shown) -> Text { return std::string(shown.figure.breakdown); }},
  };
}

// What was left blank, excluded or withheld has no parts to show: 0 of 0 would be a claim.
bool is_counted(const FactValue& fact) {
  return fact.null_reason == NullReason::kHasValue ||
         fact.null_reason == NullReason::kZeroDenominator;
}

std::vector<FigureField> value_fields() {
  return {
      {"numerator", formats::FieldKind::kDecimal,
       "exact, people for the public to the nearest 5; none when it is not known or withheld",
       [](const ShownFigure& shown) {
         return is_counted(value(shown)) ? Text{value(shown).numerator.text()} : Text{};
       }},
      {"denominator", formats::FieldKind::kDecimal,
       "exact, people for the public to the nearest 5; none for a count, or when it is not known "
       "or "
       "withheld",
       [](const ShownFigure& shown) {
         const auto& denominator = value(shown).denominator;
         return denominator && is_counted(value(shown)) ? Text{denominator->text()} : Text{};
       }},
      {"value", formats::FieldKind::kDecimal,
       "unrounded, to ten decimals; none when there is no value",
       [](const ShownFigure& shown) {
         return formats::unless_empty(exact_text(value(shown), definition(shown)));
       }},
      {"display", formats::FieldKind::kText,
       "rounded half-up as it is published, or why there is no value",
       [](const ShownFigure& shown) -> Text { return display(value(shown), definition(shown)); }},
      {"unit", formats::FieldKind::kText, "unit of the value",
       [](const ShownFigure& shown) -> Text { return definition(shown).unit; }},
      {"n", formats::FieldKind::kInteger, "cases, or unweighted answers",
       [](const ShownFigure& shown) { return whole(value(shown).n); }},
      {"population", formats::FieldKind::kInteger, "of which n is a sample",
       [](const ShownFigure& shown) { return whole(value(shown).population); }},
      {"margin", formats::FieldKind::kDecimal,
       "margin of error, percentage points, 95 % confidence",
       [](const ShownFigure& shown) { return accuracy(shown, &SampleAccuracy::margin_percent); }},
      {"required_sample", formats::FieldKind::kDecimal,
       "answers the regulator asks for at this population",
       [](const ShownFigure& shown) { return accuracy(shown, &SampleAccuracy::required_sample); }},
      {"null_reason", formats::FieldKind::kText, "why there is no value",
       [](const ShownFigure& shown) {
         return formats::unless_empty(std::string(to_text(value(shown).null_reason)));
       }},
      {"flags", formats::FieldKind::kList,
       "provisional, indicative, partial, weighted, implausible; revised: the definition's words "
       "were changed while its meaning stayed",
       [](const ShownFigure& shown) -> Text {
         auto texts = flag_texts(value(shown).flags);
         if (definition(shown).revision > 1) texts.emplace_back("revised");
         return formats::joined(texts);
       }},
  };
}

std::vector<FigureField> origin_fields() {
  return {
      {"family", formats::FieldKind::kText, "family that computed it",
       [](const ShownFigure& shown) -> Text { return definition(shown).family; }},
      {"run", formats::FieldKind::kInteger, "run that computed it",
       [](const ShownFigure& shown) -> Text { return std::to_string(shown.figure.run); }},
      {"id", formats::FieldKind::kInteger, "number of the fact; explain it by this",
       [](const ShownFigure& shown) -> Text { return std::to_string(shown.figure.id); }},
  };
}

std::vector<FigureField> make_fields() {
  auto fields = identity_fields();
  for (auto& field : value_fields()) fields.push_back(std::move(field));
  for (auto& field : origin_fields()) fields.push_back(std::move(field));
  return fields;
}

}  // namespace

const std::vector<FigureField>& figure_fields() {
  static const auto fields = make_fields();
  return fields;
}

void write_figure(formats::Json& json, const ShownFigure& figure) {
  json.begin_object();
  for (const auto& field : figure_fields()) {
    json.key(field.name);
    formats::write_cell(json, field.kind, field.text(figure));
  }
  json.end_object();
}

void write_figure_heading(formats::Csv& csv) {
  for (const auto& field : figure_fields()) csv.text(field.name);
  csv.end_line();
}

void write_figure(formats::Csv& csv, const ShownFigure& figure) {
  for (const auto& field : figure_fields())
    formats::write_cell(csv, field.kind, field.text(figure));
  csv.end_line();
}

}  // namespace qd::faces
