// What a return is asked to be of.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/period.hpp"
#include "core/ports/catalogue.hpp"
#include "core/ports/figure_query.hpp"
#include "core/ports/run_store.hpp"
#include "core/ports/run_verifier.hpp"
#include "core/returns/plan/plan.hpp"

namespace qd::returns::content {

// A family that could not be computed anew for the return. An empty family: none could.
struct NotPrepared {
  std::string family;
  std::string reason;  // a sentence without full stop
};

// What a family says of itself: a section that nobody planned is made of it.
struct FamilyWords {
  std::string id, title;
  std::vector<std::string> indicators;  // codes, as declared
};

struct ReturnRequest {
  Period period;
  std::string area;          // landlord the return is of; its tree below is what is shown
  std::string organisation;  // name on the cover
  std::string audience;      // "Executive"
  int revision = 1;
  std::vector<std::int64_t> fact_runs;  // frozen runs; empty: those current at as_of
  Instant as_of{};
  std::vector<NotPrepared> not_prepared = {};   // its older figures are shown, and said to be that
  std::shared_ptr<const plan::Plan> plan = {};  // what the return holds; none: the one that ships
  std::vector<FamilyWords> families = {};
};

// What a return is made from.
struct ReturnSources {
  RunStore& runs;
  FigureStore& figures;
  Catalogue& catalogue;
  RunVerifier* verifier = nullptr;  // that figures are those that were computed; none: not asked
};

}  // namespace qd::returns::content
