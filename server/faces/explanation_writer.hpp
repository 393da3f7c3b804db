// Who made a figure, from what.
#pragma once

#include <string>
#include <string_view>

#include "core/compute/engine.hpp"
#include "server/faces/catalogue.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/formats/json.hpp"
#include "server/formats/text_table.hpp"

namespace qd::faces {

// What is said around an explanation, and of its run.
struct ExplanationFrame {
  std::string withheld;  // why the rows are not there, "" where they are (row_reading.hpp)
  const AreaLabels& labels;
  std::shared_ptr<const FigureFields> fields;
  RunDetail run_detail = RunDetail::kAll;
};
void write_explanation(formats::Json& json, const compute::Explanation& explanation,
                       const ExplanationFrame& frame);

// One table for each input table that has rows, in their order, with its name.
std::vector<std::pair<std::string, formats::TextTable>> explained_tables(
    const compute::Explanation& explanation);

}  // namespace qd::faces
