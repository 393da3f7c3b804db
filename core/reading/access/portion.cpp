#include "core/reading/access/portion.hpp"

#include <map>
#include <utility>

namespace qd::reading::access {

Portion::Portion(const Viewer& viewer, const std::vector<Area>& areas) {
  if (!viewer.families.empty()) families_ = Codes(viewer.families.begin(), viewer.families.end());
  if (viewer.areas.empty()) return;
  areas_.emplace();
  std::multimap<std::string_view, const Area*> parts;  // by parent
  std::vector<const Area*> open;
  for (const Area& area : areas) {
    parts.emplace(area.parent, &area);
    for (const auto& code : viewer.areas)
      if (area.code == code) open.push_back(&area);
  }
  while (!open.empty()) {
    const Area& area = *open.back();
    open.pop_back();
    if (!areas_->insert(area.code).second) continue;
    const auto [begin, end] = parts.equal_range(area.code);
    for (auto part = begin; part != end; ++part) open.push_back(part->second);
  }
}

bool Portion::has(const Definition& definition) const {
  return has_family(definition.family) && (definition.area.empty() || has_area(definition.area));
}

bool Portion::has(const FigureView& figure) const {
  return has_family(figure.definition->family) && has_area(figure.area);
}

// To those of `codes`; false: none is left.
bool Portion::narrow(std::vector<std::string>& asked, const std::optional<Codes>& codes) {
  if (!codes) return true;
  if (asked.empty())
    asked.assign(codes->begin(), codes->end());
  else
    std::erase_if(asked, [&](const std::string& code) { return !codes->contains(code); });
  return !asked.empty();
}

std::optional<FactQuery> Portion::within(FactQuery query) const {
  if (!narrow(query.families, families_) || !narrow(query.areas, areas_)) return std::nullopt;
  return query;
}

}  // namespace qd::reading::access
