// From the texts of a case to what a run is given: checked by the rules of an import.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/cases/case_file.hpp"
#include "core/cases/case_store.hpp"
#include "core/model/area_tree.hpp"
#include "core/model/family.hpp"
#include "core/model/run.hpp"

namespace qd::cases {

struct CaseInput {
  std::vector<ReadingWindow> readings;
  Instant as_of;     // what is known
  Date known_until;  // its day
  AreaTree areas;
  std::vector<Definition> definitions;  // of the family, in force in any of the readings
  Notes notes;                          // about definitions that were left out
  CaseStore rows;                       // its texts are the case's
  std::map<std::string, std::string> options;
};

// A case names the columns that matter to its rule; what it leaves out is not recorded. Without a
// section `areas` every area that a row names is there, on its own.
// Errors: kFileUnreadable, with line and column: a section, column, cell, key or reference that an
// import would refuse; an option that the configuration would.
Result<CaseInput> read_input(const Family& family, const Case& given, const Expected& expected);

}  // namespace qd::cases
