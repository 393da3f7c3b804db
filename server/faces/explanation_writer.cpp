#include "server/faces/explanation_writer.hpp"

namespace qd::faces {
namespace {

formats::TextTable empty_table(const compute::ExplainedRow& row) {
  formats::TextTable table;
  table.columns.push_back({"record", formats::FieldKind::kInteger});
  for (const auto& column : row.columns) table.columns.push_back({column});
  for (const char* name : {"source", "recorded_at", "superseded_at"})
    table.columns.push_back({name});
  return table;
}

std::vector<formats::Cell> cells_of(const compute::ExplainedRow& row) {
  std::vector<formats::Cell> cells = {formats::cell(row.record.id)};
  cells.insert(cells.end(), row.record.cells.begin(), row.record.cells.end());
  cells.emplace_back(row.record.source);
  cells.emplace_back(to_text(row.record.recorded_at));
  const auto& until = row.record.superseded_at;
  cells.push_back(until ? formats::Cell{to_text(*until)} : formats::Cell{});
  return cells;
}

}  // namespace

std::vector<std::pair<std::string, formats::TextTable>> explained_tables(
    const compute::Explanation& explanation) {
  std::vector<std::pair<std::string, formats::TextTable>> tables;
  for (const auto& row : explanation.rows) {
    if (tables.empty() || tables.back().first != row.table)
      tables.emplace_back(row.table, empty_table(row));
    tables.back().second.rows.push_back(cells_of(row));
  }
  return tables;
}

void write_explanation(formats::Json& json, const compute::Explanation& explanation,
                       const ExplanationFrame& frame) {
  json.begin_object().key("figure");
  const FigureView view = view_of(explanation.figure.fact, explanation.figure.definition);
  FigureWriter(frame.fields).write(json, {view, frame.labels});
  const auto& definition = explanation.figure.definition;
  json.key("definition").begin_object();
  json.field("numerator", definition.numerator).field("denominator", definition.denominator);
  json.key("multiplier").integer(definition.multiplier);
  json.key("divisor").integer(definition.divisor);
  json.field("source", definition.source).end_object();
  json.key("run");
  formats::write_row(json, run_table({explanation.run}, frame.run_detail), 0);
  json.key("reproduced").boolean(explanation.reproduced);
  json.field("difference", explanation.difference);
  json.key("row_count");
  if (explanation.n_rows)
    json.integer(*explanation.n_rows);
  else
    json.null();
  json.field("rows_withheld", frame.withheld);
  json.key("rows").begin_object();
  for (const auto& [name, table] : explained_tables(explanation)) {
    json.key(name);
    formats::write_rows(json, table);
  }
  json.end_object().end_object();
}

}  // namespace qd::faces
