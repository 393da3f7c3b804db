#include "runner/request.hpp"

#include <algorithm>

#include "runner/text.hpp"

namespace quarterday::runner {
namespace {

// The columns of the tables that the runner itself reads.
const std::vector<std::string> kAreaColumns = {"code",   "name",       "kind",
                                               "parent", "valid_from", "valid_until"};
const std::vector<std::string> kDefinitionColumns = {
    "code",    "version",  "formula",        "area",           "multiplier",
    "divisor", "decimals", "effective_from", "effective_until"};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> columns_of(const qd_input_spec& spec) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < spec.n_columns; ++i) names.emplace_back(spec.columns[i].name);
  return names;
}

const qd_input_spec* input_named(const qd_family& family, const std::string& name) {
  for (std::size_t i = 0; i < family.n_inputs; ++i)
    if (name == family.inputs[i].name) return &family.inputs[i];
  return nullptr;
}

// Every section and column must mean something to somebody.
void look_at_sections(const qd_family& family, const Case& given) {
  std::vector<std::string> known = {"areas", "definitions"};
  for (std::size_t i = 0; i < family.n_inputs; ++i) known.emplace_back(family.inputs[i].name);
  for (const Table& table : given.tables) {
    if (!contains(known, table.name))
      throw CaseError(table.line, "the family reads no " + table.name + "; sections are " +
                                      joined(known, ", ") + ", facts, notes, failure");
    const qd_input_spec* input = input_named(family, table.name);
    std::vector<std::string> columns;
    if (input != nullptr) columns = columns_of(*input);
    const auto& more = table.name == "areas"         ? kAreaColumns
                       : table.name == "definitions" ? kDefinitionColumns
                                                     : columns;
    for (const std::string& column : table.columns)
      if (!contains(columns, column) && !contains(more, column))
        throw CaseError(table.line, "the family reads no column '" + column + "' of " + table.name);
  }
}

Value typed(const std::string& text, const qd_column_spec& column, int line) {
  Value value;
  if (text.empty()) return value;
  value.present = true;
  value.text = text;
  const auto malformed = [&](const char* wanted) {
    return CaseError(line, "'" + text + "' in " + column.name + " is not " + wanted);
  };
  if (column.type == QD_DATE) {
    const auto day = parse_date(text);
    if (!day) throw malformed("a date such as 2026-04-01");
    value.number = *day;
  } else if (column.type != QD_TEXT) {
    const auto number = parse_number(text);
    if (!number) throw malformed("a number");
    if (column.type == QD_INTEGER && !number->is_whole()) throw malformed("a whole number");
    value.number = column.type == QD_INTEGER ? number->whole_part() : number->millionths();
  }
  return value;
}

std::vector<TypedRow> typed_rows(const qd_input_spec& spec, const Table* table) {
  std::vector<TypedRow> rows;
  if (table == nullptr) return rows;
  for (const Line& line : table->rows) {
    TypedRow row;
    row.id = line.number;
    for (std::size_t i = 0; i < spec.n_columns; ++i) {
      const auto place = table->find(spec.columns[i].name);
      row.values.push_back(place ? typed(line.fields[*place], spec.columns[i], line.number)
                                 : Value{});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// Reads fields of one row by column name; an absent column is an empty field.
class Fields {
 public:
  Fields(const Table& table, const Line& line) : table_(table), line_(line) {}

  std::string text(const std::string& column) const {
    const auto place = table_.find(column);
    return place ? line_.fields[*place] : "";
  }
  std::int64_t whole(const std::string& column, std::int64_t unset) const {
    const std::string field = text(column);
    if (field.empty()) return unset;
    const auto number = parse_number(field);
    if (!number || !number->is_whole())
      throw CaseError(line_.number, "'" + field + "' in " + column + " is not a whole number");
    return number->whole_part();
  }
  qd_date date(const std::string& column, qd_date unset) const {
    const std::string field = text(column);
    if (field.empty()) return unset;
    const auto day = parse_date(field);
    if (!day) throw CaseError(line_.number, "'" + field + "' in " + column + " is not a date");
    return *day;
  }

 private:
  const Table& table_;
  const Line& line_;
};

bool in_force(const Definition& definition, const std::vector<qd_reading>& readings) {
  return std::any_of(readings.begin(), readings.end(), [&](const qd_reading& reading) {
    return definition.from < reading.until && reading.from < definition.until;
  });
}

void add_definitions(const Case& given, PreparedRun& run) {
  const Table* table = given.table("definitions");
  if (table == nullptr) return;
  for (const Line& line : table->rows) {
    const Fields fields(*table, line);
    Definition definition;
    definition.code = fields.text("code");
    definition.formula = fields.text("formula");
    definition.area = fields.text("area");
    definition.version = static_cast<std::int32_t>(fields.whole("version", 1));
    definition.from = fields.date("effective_from", 0);
    definition.until = fields.date("effective_until", INT32_MAX);
    if (!in_force(definition, run.request.readings)) continue;
    Measure measure;
    measure.id = definition.code;
    measure.version = definition.version;
    measure.area = definition.area;
    measure.multiplier = fields.whole("multiplier", definition.formula == "SCORE_MEAN" ? 1 : 100);
    measure.divisor = fields.whole("divisor", 1);
    measure.decimals = static_cast<std::int32_t>(fields.whole("decimals", 1));
    run.request.definitions.push_back(definition);
    run.measures.push_back(measure);
  }
}

Measure measure_of(const qd_indicator_spec& spec) {
  Measure measure;
  measure.id = spec.id;
  measure.multiplier = spec.multiplier;
  measure.divisor = spec.divisor;
  measure.decimals = spec.decimals;
  measure.is_count = *spec.denominator == '\0';
  measure.is_distinct = spec.aggregation == QD_DISTINCT_COUNT;
  return measure;
}

// An area belongs to a reading if it existed on one of its days; where its parent did not, it is
// a root.
Parents parents_in(const Table& areas, const qd_reading& reading) {
  Parents parents;
  for (const Line& line : areas.rows) {
    const Fields fields(areas, line);
    const bool exists = fields.date("valid_from", INT32_MIN) < reading.until &&
                        reading.from < fields.date("valid_until", INT32_MAX);
    if (exists) parents[fields.text("code")] = fields.text("parent");
  }
  for (auto& [area, parent] : parents)
    if (parents.count(parent) == 0) parent.clear();
  return parents;
}

void look_for_circles(const Parents& parents, int line) {
  for (const auto& [area, parent] : parents) {
    std::size_t steps = 0;
    for (std::string above = parent; !above.empty(); above = parents.at(above))
      if (++steps > parents.size())
        throw CaseError(line, "the areas above " + area + " go round in a circle");
  }
}

}  // namespace

PreparedRun prepare(const qd_family& family, const Case& given, const Expected& expected) {
  look_at_sections(family, given);
  PreparedRun run;
  run.request.readings = readings_of(expected.period, given.readings, 1);
  run.request.options = given.options;
  for (std::size_t i = 0; i < family.n_indicators; ++i)
    run.measures.push_back(measure_of(family.indicators[i]));
  if (family.takes_definitions != 0) add_definitions(given, run);
  for (std::size_t i = 0; i < family.n_inputs; ++i)
    run.request.inputs.push_back(typed_rows(family.inputs[i], given.table(family.inputs[i].name)));
  const Table* areas = given.table("areas");
  for (const qd_reading& reading : run.request.readings) {
    run.parents.push_back(areas == nullptr ? Parents{} : parents_in(*areas, reading));
    if (areas != nullptr) look_for_circles(run.parents.back(), areas->line);
  }
  return run;
}

}  // namespace quarterday::runner
