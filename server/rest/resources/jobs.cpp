// GET /api/v1/jobs: the schedules, and what is due.
#include "server/faces/catalogue.hpp"
#include "server/rest/list_response.hpp"

namespace qd::rest::resources {
namespace {

Answer answer(ApiState& state, const Call& call) {
  auto& database = state.parts.database;
  const auto schedules = database.schedules().schedules();
  if (!schedules) return fail(schedules.error());
  const auto view =
      jobs::look_at_schedule(database.schedules(), database.returns(), {}, state.parts.clock.now());
  if (!view) return fail(view.error());
  return list_response(call, faces::schedule_table(*schedules, *view));
}

}  // namespace

std::vector<Route> jobs_routes() { return {{"/api/v1/jobs", {"format"}, answer, Scope::kOperate}}; }

}  // namespace qd::rest::resources
