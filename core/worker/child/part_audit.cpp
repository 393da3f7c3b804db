#include "core/worker/child/part_audit.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace qd::worker::child {

PartAudit::Key PartAudit::key_of(const qd_fact& part) {
  return {part.definition, part.reading, part.area, part.breakdown};
}

void PartAudit::emitted(const qd_fact& part) {
  const bool counts =
      part.numerator != 0 || part.denominator != 0 || part.n_members != 0 || part.n_values != 0;
  if (part.null_reason == QD_HAS_VALUE && counts) emitted_.insert(key_of(part));
}

void PartAudit::traced(const qd_fact& part) {
  if (part.area && part.breakdown) traced_.insert(key_of(part));
}

std::vector<std::string> PartAudit::untraced(const std::vector<Definition>& definitions) const {
  std::vector<std::string> found;
  for (const Key& key : emitted_) {
    if (traced_.contains(key)) continue;
    const auto& [definition, reading, area, breakdown] = key;
    found.push_back(fmt::format("{} of {}{}{}", definitions[definition].code, area,
                                breakdown.empty() ? "" : " ", breakdown));
  }
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace qd::worker::child
