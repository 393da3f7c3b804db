// One sheet of the regulator's workbook, landlord by landlord.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/capture/import.hpp"
#include "core/capture/rsh/tsm_landlord.hpp"

namespace qd::capture::rsh {

struct TsmSheetLines {
  std::vector<TsmLandlord> landlords;
  std::vector<std::vector<capture::Refusal>> refused;  // line by line
  std::vector<std::string> notes;
};

// Reads the lines of one perception or management sheet; blank lines and remarks under the table
// are passed over. columns: with a place for the landlord's code.
TsmSheetLines read_tsm_lines(const std::string& file, const TsmTable& table,
                             const TsmColumns& columns);

}  // namespace qd::capture::rsh
