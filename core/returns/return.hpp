// The Executive's return: which figures it shows, in what order, with what words.
#pragma once

#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/period.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/figure_store.hpp"
#include "core/ports/run_store.hpp"

namespace qd::returns {

// A family that could not be computed anew for the return. An empty family: none could.
struct NotPrepared {
  std::string family;
  std::string reason;  // a sentence without full stop
};

struct ReturnRequest {
  Period period;
  std::string area;          // landlord the return is of; its tree below is what is shown
  std::string organisation;  // name on the cover
  std::string audience;      // "Executive"
  int revision = 1;
  std::vector<std::int64_t> fact_runs;  // frozen runs; empty: those current at as_of
  Instant as_of{};
  std::vector<NotPrepared> not_prepared = {};  // its older figures are shown, and said to be that
};

struct BuiltReturn {
  std::string file_name;  // "executive-FY2026-27-Q2-r1.xlsx"
  std::string workbook;   // bytes; the same request gives the same bytes
  std::string sha256;
  std::vector<std::int64_t> fact_runs;  // the runs whose facts it shows
};

// What a return is made from.
struct ReturnSources {
  RunStore& runs;
  FigureStore& figures;
  Catalogue& catalogue;
};

// Errors: kReturnHasNoFacts, kReturnRenderFailed, kStoreUnavailable.
Result<BuiltReturn> build_return(const ReturnSources& sources, const ReturnRequest& request);

}  // namespace qd::returns
