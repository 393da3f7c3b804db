// Figures as text: the one place that decides how a figure reads, for CSV, JSON and the command
// line alike.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/figure_query.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

// A figure and what it is shown with.
struct ShownFigure {
  const FigureView& figure;
  std::string_view area_name;  // empty: the area is not known (any more)
};

struct FigureField {
  std::string_view name;
  formats::FieldKind kind;
  std::string_view meaning;
  // nullopt: no value (JSON null, empty CSV cell). Decimals are plain: no exponent, no grouping.
  std::function<formats::Cell(const ShownFigure&)> text;
};

// In the order of the CSV columns. Documented in docs/reference/api.md.
const std::vector<FigureField>& figure_fields();

void write_figure(formats::Json& json, const ShownFigure& figure);
void write_figure_heading(formats::Csv& csv);
void write_figure(formats::Csv& csv, const ShownFigure& figure);

}  // namespace qd::faces
