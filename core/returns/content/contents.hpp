// Everything a return shows, gathered once: from here on nothing is asked of a store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/model/fact.hpp"
#include "core/model/period.hpp"
#include "core/model/run.hpp"
#include "core/returns/content/request.hpp"

namespace qd::returns::content {

// A family of which the return has no figure for its own period, and why.
struct NotComputed {
  std::string family;
  std::string reason;  // a sentence without full stop
};

// A family that failed when it was last computed for this period: its figures are those of an
// earlier run.
struct OutOfDate {
  std::string family;
  std::int64_t shown_run = 0;
  std::string reason;  // a sentence without full stop
};

// Indicator, area, period id, reading, breakdown.
using FigureKey = std::tuple<std::string, std::string, std::string, Reading, std::string>;

struct ReturnContents {
  ReturnRequest request;
  std::vector<Period> periods;  // the return's own, then the four before it
  Period full_year;             // the newest full year that has figures, or the last one
  std::vector<Area> areas;      // landlord first, then regions, neighbourhoods, …, each by name
  std::vector<Figure> figures;  // of those areas
  std::map<FigureKey, std::size_t> index;       // of the newest definition version
  std::vector<Run> runs;                        // those the figures may come from, by id
  std::map<std::int64_t, AuditAnchor> entries;  // of the audit, that hold their seals; by run
  std::vector<Definition> definitions;  // in force in the period, by code; newest version only
  std::vector<DefinitionLink> links;
  std::vector<NotComputed> not_computed;  // by family
  std::vector<OutOfDate> out_of_date;     // by family
  std::shared_ptr<const plan::Plan> plan;
  std::vector<plan::Section> sections;  // those planned, then those of families nobody planned for

  const Figure* find(const FigureKey& key) const;
  const Period& period() const { return periods.front(); }
  const std::string& landlord() const { return areas.front().code; }
};

// Errors: kReturnHasNoFacts, kStoreUnavailable.
Result<ReturnContents> gather(const ReturnSources& sources, const ReturnRequest& request);

// kQuarter of a quarter, kYear of a year.
Reading own_reading(const Period& period);

}  // namespace qd::returns::content
