// GET /api/v1/areas: where figures are of.
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

formats::TextTable area_table(const std::vector<Area>& areas) {
  formats::TextTable table{
      {{"code"}, {"name"}, {"kind"}, {"parent"}, {"valid_from"}, {"valid_until"}}, {}};
  for (const auto& area : areas)
    table.rows.push_back(
        {area.code, area.name, area.kind, formats::unless_empty(area.parent),
         to_text(area.valid_from),
         area.valid_until ? formats::Cell{to_text(*area.valid_until)} : formats::Cell{}});
  return table;
}

Answer answer(ApiState& state, const Call& call) {
  const auto kinds = call.parameters.list("kind"), parents = call.parameters.list("parent");
  FactQuery asked;
  asked.areas = parents;
  if (auto known = check_names(state, asked); !known) return fail(known.error());
  auto areas = state.parts.database.facts().areas();
  if (!areas) return fail(areas.error());
  std::erase_if(*areas, [&](const Area& area) {
    return !wanted(kinds, area.kind) || !wanted(parents, area.parent);
  });
  return list_response(call, area_table(*areas));
}

}  // namespace

std::vector<Route> areas_routes() {
  return {{"/api/v1/areas", {"kind", "parent", "format"}, answer}};
}

}  // namespace qd::rest::resources
