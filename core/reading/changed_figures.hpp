// What became of figures between two states of the data.
#pragma once

#include <memory>

#include "core/reading/figure_reading.hpp"

namespace qd::reading {

// Two readings of the same question, read as one: figures that are new or say something else now
// than then, and those that were there and are not any more, marked so (FigureView::change). Of
// the last only which they were is told, without a value. Whether it was computed again does not
// count; a figure that says the same is passed over.
std::unique_ptr<FigureReading> changed_figures(std::unique_ptr<FigureReading> then,
                                               std::unique_ptr<FigureReading> now);

}  // namespace qd::reading
