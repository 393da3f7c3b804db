// The regulator's workbook, understood: what every column means, and what every landlord says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/capture/rsh/tsm_sheet.hpp"
#include "core/ports/progress.hpp"

namespace qd::capture::rsh {

// One perception or management sheet.
struct TsmUnderstoodSheet {
  std::string name;
  TsmSheetKind kind;
  TsmColumns columns;
  TsmSheetLines lines;  // without the figures that are not taken
};

struct TsmWorkbook {
  int start_year = 0;   // the reporting year began on 1 April
  std::string edition;  // of the layout; empty: there is none for this year
  std::vector<TsmUnderstoodSheet> sheets;
  std::vector<std::string> notes;  // of the workbook as a whole, then sheet by sheet
};

// file: its name, for messages. layout: instead of the one that is built in. The year is that of
// the workbook's own words, and must be the layout's. Errors: kHeadingMissing (no year, several, no
// sheet with a landlord's code), kLayoutMalformed (of another year), and those of the source.
Result<TsmWorkbook> understand(workbook::SheetSource& source, const std::string& file,
                               const std::optional<Layout>& layout, Progress& progress);

}  // namespace qd::capture::rsh
