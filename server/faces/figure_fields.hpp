// The fields of a figure: the one place that decides how a figure reads, for CSV, JSON and the
// command line alike.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/ports/figure_query.hpp"
#include "server/faces/labels.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

// A figure and what it is shown with.
struct ShownFigure {
  const FigureView& figure;
  const AreaLabels& labels;

  const AreaLabel& area() const { return labels.of(figure.area); }
  const PeriodLabel& period() const { return period_label(figure.period, figure.reading); }
};

// What a field follows from: where that is the same, so is its text.
enum class FieldSource {
  kDefinition,
  kArea,
  kPeriod,  // and the reading, which says of which days
  kPart,    // reading and breakdown
  kFigure   // more than one of these, or what was counted
};

struct FigureField {
  std::string name;
  formats::FieldKind kind;
  FieldSource source;
  std::string meaning;
  // Appends the text; false: no value (JSON null, empty CSV cell). Decimals are plain: no exponent,
  // no grouping. A list is joined, see formats.
  std::function<bool(const ShownFigure&, std::string&)> write;

  formats::Cell text(const ShownFigure& shown) const;
};
using FigureFields = std::vector<FigureField>;

// In the order of the CSV columns. Documented in docs/reference/figures.md.
const FigureFields& figure_fields();
std::shared_ptr<const FigureFields> all_figure_fields();  // the same, shared
// With a column for each key that figures may be broken down by, behind `breakdown`. A key that is
// called like a field has its column called breakdown_<key>.
FigureFields figure_fields(const std::vector<std::string>& breakdown_keys);

}  // namespace qd::faces
