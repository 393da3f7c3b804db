// GET /api/v1/areas: where figures are of.
#include <fmt/format.h>

#include "core/tables/shipped_tables.hpp"
#include "core/text/nearest.hpp"
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Result<void> check_kinds(const std::vector<std::string>& kinds) {
  const auto& table = *tables::shipped_table("areas");
  const auto& known = table.columns[table.index_of("kind")].allowed;
  for (const auto& kind : kinds)
    if (!wanted(known, kind))
      return fail(ErrorCode::kParameterMalformed, fmt::format("'{}' is not a kind of area", kind),
                  text::nearest_hint(kind, known));
  return {};
}

Answer answer(ApiState& state, const Call& call) {
  const auto kinds = call.parameters.list("kind"), parents = call.parameters.list("parent");
  if (auto known = check_kinds(kinds); !known) return fail(known.error());
  FactQuery asked;
  asked.areas = parents;
  if (auto known = check_names(state, call, asked); !known) return fail(known.error());
  const auto portion = state.parts.figures.portion(call.viewer());
  if (!portion) return fail(portion.error());
  auto areas = state.parts.database.catalogue().areas();
  if (!areas) return fail(areas.error());
  std::erase_if(*areas, [&](const Area& area) {
    return !(*portion)->has_area(area.code) || !wanted(kinds, area.kind) ||
           !wanted(parents, area.parent);
  });
  for (Area& area : *areas)
    if (!(*portion)->has_area(area.parent)) area.parent.clear();
  return list_response(call, faces::area_table(*areas));
}

}  // namespace

std::vector<Route> areas_routes() {
  return {{"/api/v1/areas", {"kind", "parent", "format"}, answer}};
}

}  // namespace qd::rest::resources
