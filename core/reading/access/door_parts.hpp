// What a door is made of; only who builds one sees all of it.
#pragma once

#include "core/ports/catalogue.hpp"
#include "core/ports/figures/figure_store.hpp"
#include "core/ports/run_store.hpp"
#include "core/reading/disclosure/disclosed_figures.hpp"

namespace qd::reading::access {

// All outlive the door.
struct DoorParts {
  disclosure::DisclosedFigures& figures;
  FigureStore& store;
  RunStore& runs;
  Catalogue& catalogue;
};

}  // namespace qd::reading::access
