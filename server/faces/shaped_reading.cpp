#include "server/faces/shaped_reading.hpp"

#include <fmt/format.h>

#include "core/reading/changed_figures.hpp"

namespace qd::faces {
namespace {

using reading::FigureReading;

Result<std::vector<Figure>> read_whole(FigureReading& all, const FigureShape& shape,
                                       const AreaLabels& labels,
                                       const reading::grouping::CountTogether& count_together) {
  if (!shape.group_by) return reading::first_of(all, kMostOrdered + 1);
  return reading::grouping::grouped_figures(
      all, *shape.group_by,
      [&](std::string_view area) -> std::string_view { return labels.of(area).parent; },
      count_together);
}

// Grouped and ordered, after those of the pages before.
Result<std::unique_ptr<FigureReading>> listed(
    FigureReading& all, const FigureShape& shape, const ShapedWith& with,
    const reading::grouping::CountTogether& count_together) {
  auto figures = read_whole(all, shape, with.labels, count_together);
  if (!figures) return fail(figures.error());
  if (!shape.order.empty() && figures->size() > kMostOrdered)
    return fail(ErrorCode::kParameterMalformed,
                fmt::format("order: there are more than {} figures", kMostOrdered),
                "ask for less, or leave out order: figures then come by indicator, area, period");
  if (auto ordered = put_in_order(*figures, shape.order, with.fields, with.labels); !ordered)
    return fail(ordered.error());
  return reading::listed_figures(std::move(*figures), with.offset);
}

}  // namespace

Result<std::unique_ptr<FigureReading>> shaped_reading(reading::access::FigureDoor& door,
                                                      const Viewer& viewer, const FactQuery& query,
                                                      const FigureShape& shape,
                                                      const ShapedWith& with) {
  auto now = door.open(query, viewer);
  if (!now) return now;
  if (shape.is_listed()) return listed(**now, shape, with, door.count_together(viewer));
  if (!shape.changed_since) return now;
  FactQuery before = query;
  before.as_of = shape.changed_since;
  auto then = door.open(before, viewer);
  if (!then) return then;
  return reading::changed_figures(std::move(*then), std::move(*now));
}

}  // namespace qd::faces
