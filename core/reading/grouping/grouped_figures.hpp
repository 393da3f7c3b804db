// Figures put together: one for each group, by what its aggregation class allows.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/reading/figure_reading.hpp"

namespace qd::reading::grouping {

// What keeps figures apart beside indicator and version, which always do.
struct Grouping {
  bool area = false, period = false, reading = false, breakdown = false;
};
std::optional<Grouping> grouping_of(
    const std::vector<std::string>& words);  // nullopt: another word
std::vector<std::string> grouping_words();

// The code of the area that an area lies in; "": none, or none that is known.
using ParentOf = std::function<std::string_view(std::string_view area)>;

// How many different ones several figures count, by their numbers; nullopt: of some it is not known
// who they count. Empty: the viewer is not told.
using CountTogether =
    std::function<Result<std::optional<std::int64_t>>(const std::vector<std::int64_t>& figures)>;

// Sums what adds up, counts each once where figures count different ones, and computes ratios again
// from their parts. What is grouped has no area, period or breakdown ("" each), no run and no
// number. A group with a figure that is withheld is withheld; one with a figure that is missing is
// marked partial. Counts only what was given: nothing can be told by it that its figures do not
// tell.
//
// Errors: kCannotBeGrouped, which says of what and why: figures of which one holds another (an area
// and its part, a quarter and the year to date, a total and its parts), different people whom
// the viewer is not told of together, snapshots and rates of different times, quantiles; those of
// the reading.
Result<std::vector<Figure>> grouped_figures(FigureReading& figures, const Grouping& by,
                                            const ParentOf& parent_of,
                                            const CountTogether& count_together);

}  // namespace qd::reading::grouping
