#include "server/rest/explanation_writer.hpp"

#include "server/rest/catalogue.hpp"
#include "server/rest/figure_writer.hpp"

namespace qd {
namespace {

TextTable empty_table(const ExplainedRow& row) {
  TextTable table;
  table.columns.push_back({"record", FieldKind::kInteger});
  for (const auto& column : row.columns) table.columns.push_back({column});
  for (const char* name : {"source", "recorded_at", "superseded_at"})
    table.columns.push_back({name});
  return table;
}

std::vector<Cell> cells_of(const ExplainedRow& row) {
  std::vector<Cell> cells = {cell(row.record.id)};
  cells.insert(cells.end(), row.record.cells.begin(), row.record.cells.end());
  cells.emplace_back(row.record.source);
  cells.emplace_back(to_text(row.record.recorded_at));
  const auto& until = row.record.superseded_at;
  cells.push_back(until ? Cell{to_text(*until)} : Cell{});
  return cells;
}

}  // namespace

std::vector<std::pair<std::string, TextTable>> explained_tables(const Explanation& explanation) {
  std::vector<std::pair<std::string, TextTable>> tables;
  for (const auto& row : explanation.rows) {
    if (tables.empty() || tables.back().first != row.table)
      tables.emplace_back(row.table, empty_table(row));
    tables.back().second.rows.push_back(cells_of(row));
  }
  return tables;
}

void write_explanation(Json& json, const Explanation& explanation, std::string_view area_name) {
  json.begin_object().key("figure");
  write_figure(json, ShownFigure{explanation.figure, area_name});
  const auto& definition = explanation.figure.definition;
  json.key("definition").begin_object();
  json.field("numerator", definition.numerator).field("denominator", definition.denominator);
  json.key("multiplier").integer(definition.multiplier);
  json.key("divisor").integer(definition.divisor);
  json.field("source", definition.source).end_object();
  json.key("run");
  write_row(json, run_table({explanation.run}), 0);
  json.key("reproduced").boolean(explanation.reproduced);
  json.field("difference", explanation.difference);
  json.key("row_count").integer(explanation.n_rows);
  json.key("rows").begin_object();
  for (const auto& [name, table] : explained_tables(explanation)) {
    json.key(name);
    write_rows(json, table);
  }
  json.end_object().end_object();
}

}  // namespace qd
