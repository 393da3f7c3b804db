#include "core/returns/content/findings.hpp"

#include <fmt/format.h>

#include <map>

#include "core/returns/content/words.hpp"

namespace qd::returns::content {

std::vector<Finding> findings_of(const ReturnContents& contents) {
  const std::string period = contents.period().id();
  std::vector<Finding> findings;
  for (const Run& run : contents.runs) {
    if (run.period != period) continue;
    for (const RunNote& note : run.notes)
      if (note.severity == NoteSeverity::kFinding) findings.push_back({run.family, note.message});
  }
  std::map<std::string, std::int64_t> implausible;
  for (const Figure& figure : contents.figures)
    if (figure.fact.period == period && (figure.fact.flags & kImplausible) != 0)
      ++implausible[figure.fact.indicator];
  for (const auto& [code, count] : implausible)
    findings.push_back(
        {code, fmt::format("{} cannot be right",
                           words::counted(std::to_string(count), "figure", "figures"))});
  return findings;
}

}  // namespace qd::returns::content
