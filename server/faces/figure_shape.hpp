// In which shape figures are shown: which fields, in which order, put together how.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/reading/grouping/grouped_figures.hpp"
#include "server/faces/figure_writer.hpp"

namespace qd::faces {

// As it is typed.
struct ShapeTexts {
  std::vector<std::string> fields, order, group_by;
  std::optional<std::string> labels, wide, changed_since;
};

enum class LabelsShown { kBoth, kCodes, kNames };

struct OrderTerm {
  std::string field;
  bool descending = false;
};

struct FigureShape {
  std::vector<std::string> fields;  // empty: all
  LabelsShown labels = LabelsShown::kBoth;
  std::vector<OrderTerm> order;  // empty: as the store has them
  std::optional<reading::grouping::Grouping> group_by;
  bool wide = false;                     // a column for each period
  std::optional<Instant> changed_since;  // only what changed

  // Whether all figures have to be read before the first can be shown.
  bool is_listed() const { return !order.empty() || group_by; }
};

// Errors: kParameterMalformed, kInstantMalformed.
Result<FigureShape> figure_shape(const ShapeTexts& texts);

// The fields a shape shows, of all there are. Errors: kParameterMalformed, with the nearest name.
Result<FigureFields> shown_fields(const FigureShape& shape, const FigureFields& all);

// At most this many figures are put in order, or pages of a dataset would never end.
constexpr std::size_t kMostOrdered = 20'000;

// Puts figures in the order of the terms, those without a value last; what is alike stays as it
// was. Errors: kParameterMalformed (a field that is not there).
Result<void> put_in_order(std::vector<Figure>& figures, const std::vector<OrderTerm>& order,
                          const FigureFields& all, const AreaLabels& labels);

}  // namespace qd::faces
