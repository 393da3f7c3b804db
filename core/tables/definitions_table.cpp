#include "core/tables/definitions_table.hpp"

#include "core/model/definition.hpp"

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
template <class Value>
std::vector<std::string> words_of(const Value&) {
  return {};
}

}  // namespace

TableSpec definitions_table() {
  TableSpec table{"definitions", "What indicators mean, version by version.", {}, 2};
  for_each_field(Definition{}, [&]<class Value>(const DefinitionField& field, const Value& value) {
    ColumnSpec column{field.name, column_kind(field_kind<Value>()), field.required, "",
                      field.meaning};
    column.allowed = words_of(value);
    if (column.name == "area") column.references = "areas";
    table.columns.push_back(std::move(column));
  });
  return table;
}

}  // namespace qd::tables
