// Figures as text: the one place that decides how a figure reads, for CSV, JSON and the command
// line alike.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/figure_query.hpp"
#include "server/faces/labels.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

// A figure and what it is shown with.
struct ShownFigure {
  const FigureView& figure;
  const AreaLabel& area;
  const PeriodLabel& period;
};

struct FigureField {
  std::string name;
  formats::FieldKind kind;
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

// Writes figures one after the other. Used by one thread at a time.
class FigureWriter {
 public:
  explicit FigureWriter(std::shared_ptr<const FigureFields> fields);

  void write(formats::Json& json, const ShownFigure& figure);
  void write_heading(formats::Csv& csv) const;
  void write(formats::Csv& csv, const ShownFigure& figure);

 private:
  std::shared_ptr<const FigureFields> fields_;
  std::vector<formats::JsonName> names_;  // of the fields
  std::string cell_;                      // kept for its room
};

}  // namespace qd::faces
