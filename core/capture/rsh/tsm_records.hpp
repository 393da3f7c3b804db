// What the workbook says as records of the tables that ship: the one place where figures become
// cells.
#pragma once

#include <string>
#include <vector>

#include "core/capture/rsh/tsm_landlord.hpp"
#include "core/model/cell.hpp"
#include "core/model/table.hpp"

namespace qd::capture::rsh {

const TableSpec& areas_table();
const TableSpec& measures_table();  // measure_observations
const TableSpec& tallies_table();   // survey_tallies

// Where and when a figure was counted. The cells point at its texts.
struct TsmPlace {
  const std::string& landlord;
  const std::string& tenure;
  int start_year;  // the year began on 1 April of it
};

// Cells of a record, in the order of its table.
std::vector<Cell> cells_of(const TsmPlace& place, const TsmMeasure& measure);
std::vector<Cell> cells_of(const TsmPlace& place, const TsmTally& tally);

}  // namespace qd::capture::rsh
