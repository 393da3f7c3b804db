// Figures as a question's shape wants them: put together, in order, or only what changed.
#pragma once

#include <cstddef>
#include <memory>

#include "core/reading/access/figure_door.hpp"
#include "server/faces/figure_shape.hpp"

namespace qd::faces {

// What a shape is made with beside the figures.
struct ShapedWith {
  const FigureFields& fields;  // all there are: order names one of them
  const AreaLabels& labels;    // those the reader may see
  std::size_t offset = 0;      // of figures that are listed: after so many
};

// Errors: kCannotBeGrouped, kParameterMalformed (a field that is not there, or more figures than
// are put in order), those of the door.
Result<std::unique_ptr<reading::FigureReading>> shaped_reading(reading::access::FigureDoor& door,
                                                               const Viewer& viewer,
                                                               const FactQuery& query,
                                                               const FigureShape& shape,
                                                               const ShapedWith& with);

}  // namespace qd::faces
