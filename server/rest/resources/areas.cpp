// GET /api/v1/areas: where figures are of.
#include <fmt/format.h>

#include "core/tables/shipped_tables.hpp"
#include "core/text/nearest.hpp"
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
  return list_response(call, area_table(*areas));
}

}  // namespace

std::vector<Route> areas_routes() {
  return {{"/api/v1/areas", {"kind", "parent", "format"}, answer}};
}

}  // namespace qd::rest::resources
