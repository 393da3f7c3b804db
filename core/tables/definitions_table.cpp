#include "core/tables/definitions_table.hpp"

#include "core/model/definition_rules.hpp"
#include "core/tables/shipped_table.hpp"

namespace qd::tables {
namespace {

ColumnKind column_kind(FieldKind kind) {
  switch (kind) {
    case FieldKind::kInteger:
      return ColumnKind::kInteger;
    case FieldKind::kTruth:
      return ColumnKind::kYesNo;
    case FieldKind::kNumber:
      return ColumnKind::kNumber;
    case FieldKind::kDate:
      return ColumnKind::kDate;
    case FieldKind::kText:
    case FieldKind::kWord:
    case FieldKind::kList:
      break;
  }
  return ColumnKind::kText;
}

std::vector<std::string> words_of(const Polarity&) { return polarity_texts(); }
std::vector<std::string> words_of(const Aggregation&) { return aggregation_texts(); }
std::vector<std::string> words_of(const Interval&) { return interval_texts(); }
std::vector<std::string> words_of(const Counted&) { return counted_texts(); }
template <class Value>
std::vector<std::string> words_of(const Value&) {
  return {};
}

std::optional<Polarity> parse(std::string_view word, const Polarity&) {
  return parse_polarity(word);
}
std::optional<Aggregation> parse(std::string_view word, const Aggregation&) {
  return parse_aggregation(word);
}
std::optional<Interval> parse(std::string_view word, const Interval&) {
  return parse_interval(word);
}

std::optional<Counted> parse(std::string_view word, const Counted&) { return parse_counted(word); }

void take(const Cell& cell, std::string& value) { value = cell.text; }
void take(const Cell& cell, bool& value) { value = cell.value != 0; }
void take(const Cell& cell, int& value) { value = static_cast<int>(cell.value); }
void take(const Cell& cell, std::int64_t& value) { value = cell.value; }
void take(const Cell& cell, Date& value) { value = date_of(static_cast<std::int32_t>(cell.value)); }
void take(const Cell& cell, Number& value) { value = Number{cell.value}; }
void take(const Cell& cell, std::vector<std::string>& value) { value = parse_list(cell.text); }
void take(const Cell& cell, std::vector<Parameter>& value) { value = parse_parameters(cell.text); }
template <class Value>
void take(const Cell& cell, std::optional<Value>& value) {
  take(cell, value.emplace());
}
template <class Word>
requires std::is_enum_v<Word>
void take(const Cell& cell, Word& value) { value = parse(cell.text, value).value_or(value); }

struct Range {
  std::string_view field;
  std::int64_t least, most;
};
constexpr Range kRanges[] = {
    {"version", 1, kLastVersion},   {"multiplier", 1, kLargestFactor},
    {"divisor", 1, kLargestFactor}, {"decimals", 0, kMostDecimals},
    {"percentile", 0, 100},
};

void bound(ColumnSpec& column) {
  for (const Range& range : kRanges) {
    if (range.field != column.name) continue;
    column.min = Number::of(range.least);
    column.max = Number::of(range.most);
  }
}

}  // namespace

Definition definition_of(std::span<const Cell> cells) {
  Definition definition;
  std::size_t at = 0;
  bool says_part_of_whole = false;
  for_each_field(definition, [&](const DefinitionField& field, auto& value) {
    const Cell& cell = cells[at++];
    if (!cell.present) return;
    take(cell, value);
    says_part_of_whole |= std::string_view(field.name) == "part_of_whole";
  });
  if (!says_part_of_whole) definition.part_of_whole = is_share(definition);
  definition.captured = true;
  return definition;
}

TableSpec definitions_table() {
  TableSpec table{"definitions", "What indicators mean, version by version.", {}, 2};
  for_each_field(Definition{}, [&]<class Value>(const DefinitionField& field, const Value& value) {
    ColumnSpec column{field.name, column_kind(field_kind<Value>()), field.required, "",
                      field.meaning};
    column.allowed = words_of(value);
    if (column.name == "area") column.references = "areas";
    bound(column);
    table.columns.push_back(std::move(column));
  });
  return table;
}

}  // namespace qd::tables
