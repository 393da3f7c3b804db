// The Executive's return: which figures it shows, in what order, with what words.
#pragma once

#include <string>
#include <vector>

#include "core/model/error.hpp"
#include "core/returns/content/request.hpp"

namespace qd::returns {

using content::FamilyWords;
using content::NotPrepared;
using content::ReturnRequest;
using content::ReturnSources;

struct BuiltReturn {
  std::string file_name;  // "executive-FY2026-27-Q2-r1.xlsx"
  std::string workbook;   // bytes; the same request gives the same bytes
  std::string sha256;
  std::vector<std::int64_t> fact_runs;  // the runs whose facts it shows
};

// Errors: kReturnHasNoFacts, kReturnRenderFailed, kStoreUnavailable.
Result<BuiltReturn> build_return(const ReturnSources& sources, const ReturnRequest& request);

}  // namespace qd::returns
