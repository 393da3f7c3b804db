// GET /metrics: how the service does, for Prometheus.
#include <algorithm>
#include <filesystem>
#include <map>

#include "jobs/due_list.hpp"
#include "server/metrics/request_metrics.hpp"
#include "server/rest/resource.hpp"

namespace qd::rest::resources {
namespace {

using metrics::Gauge;

class Gauges {
 public:
  void add(const char* name, const char* help, double value,
           std::map<std::string, std::string> labels = {}) {
    all.push_back({std::string("quarterday_") + name, help, std::move(labels), value});
  }
  // Counted since the program began.
  void grows(const char* name, const char* help, double value) {
    add(name, help, value);
    all.back().grows = true;
  }
  std::vector<Gauge> all;
};

// So many of each text.
template <class Range, class TextOf>
std::map<std::string, int> counted(const Range& range, TextOf text_of) {
  std::map<std::string, int> counts;
  for (const auto& one : range) ++counts[std::string(text_of(one))];
  return counts;
}

void add_states(Gauges& gauges, const char* name, const char* help,
                const std::map<std::string, int>& counts) {
  for (const auto& [state, n] : counts) gauges.add(name, help, n, {{"state", state}});
}

double seconds(Instant until, Instant from) {
  return std::chrono::duration<double>(until - from).count();
}

Result<void> add_runs(ApiState& state, Gauges& gauges) {
  const auto runs = state.parts.database.runs().runs(std::nullopt, std::nullopt);
  if (!runs) return fail(runs.error());
  add_states(gauges, "runs", "Runs of families",
             counted(*runs, [](const Run& run) { return to_text(run.state); }));
  std::map<std::string, Instant> newest;
  for (const Run& run : *runs)
    if (run.state == RunState::kComplete && run.finished_at)
      newest[run.family] = std::max(newest[run.family], *run.finished_at);
  for (const auto& [family, finished_at] : newest)
    gauges.add("run_age_seconds", "Since the newest complete run of a family",
               seconds(state.parts.clock.now(), finished_at), {{"family", family}});
  return {};
}

Result<void> add_returns(ApiState& state, Gauges& gauges) {
  auto& database = state.parts.database;
  const auto returns = database.returns().list();
  if (!returns) return fail(returns.error());
  add_states(gauges, "returns", "Returns",
             counted(*returns, [](const ReturnRun& run) { return to_text(run.state); }));
  const auto deliveries = database.deliveries().deliveries();
  if (!deliveries) return fail(deliveries.error());
  add_states(gauges, "deliveries", "Deliveries of returns",
             counted(*deliveries, [](const Delivery& one) { return to_text(one.state); }));
  const auto schedules = database.schedules().schedules();
  if (!schedules) return fail(schedules.error());
  const Instant now = state.parts.clock.now();
  const auto due = jobs::due_list(*schedules, *returns, now);
  gauges.add("returns_owed", "Returns that are due and not delivered",
             static_cast<double>(due.owed.size()));
  gauges.add("return_late_seconds", "Since the oldest of those was due",
             due.owed.empty() ? 0 : seconds(now, due.owed.front().due_at));
  return {};
}

Result<void> add_audit(ApiState& state, Gauges& gauges) {
  const auto last = state.parts.database.audit().head();
  if (!last) return fail(last.error());
  gauges.add("audit_entries", "Entries of the audit", static_cast<double>(last->number));
  const auto version = state.parts.figures.data_version();
  if (!version) return fail(version.error());
  gauges.add("data_version", "Grows with every load and every complete run",
             static_cast<double>(*version));
  return {};
}

void add_families(ApiState& state, Gauges& gauges) {
  const auto families = state.parts.engine.families();
  if (!families) return;
  add_states(gauges, "families", "Libraries in the folder of families",
             counted(*families,
                     [](const FamilyListing& one) { return one.family ? "ready" : "refused"; }));
}

void add_places(ApiState& state, Gauges& gauges) {
  for (const auto& [what, folder] : state.parts.folders) {
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    if (!error)
      gauges.add("disk_free_bytes", "Left where the program writes",
                 static_cast<double>(space.available), {{"folder", what}});
  }
}

void add_load(ApiState& state, Gauges& gauges) {
  if (!state.parts.load) return;
  const ServerLoad now = state.parts.load();
  const auto add = [&](const char* name, const char* help, std::size_t value,
                       std::map<std::string, std::string> labels = {}) {
    gauges.add(name, help, static_cast<double>(value), std::move(labels));
  };
  add("http_connections", "Connections that are open", now.edge.connections);
  add("http_waiting", "Requests that wait for a thread", now.edge.waiting_quick,
      {{"lane", "quick"}});
  add("http_waiting", "Requests that wait for a thread", now.edge.waiting_long, {{"lane", "long"}});
  add("http_held_bytes", "Of answers that slow clients do not take", now.edge.held_bytes);
  add("figures", "Figures in memory", now.figures);
  add("figures_bytes", "Memory they take, without their definitions", now.figure_bytes);
}

void add_store(Gauges& gauges) {
  const orm::StoreCalls calls = orm::store_calls();
  const auto add = [&](const char* name, const char* help, std::uint64_t value) {
    gauges.grows(name, help, static_cast<double>(value));
  };
  add("store_calls_total", "What was asked of the database, whole", calls.made);
  add("store_repeats_total", "Of it done again, for others were writing", calls.repeated);
  add("store_failures_total", "Of it that the database could not do", calls.failed);
}

// A store that is away is a number too: whoever watches asks for this first.
Answer answer(ApiState& state, const Call&) {
  Gauges gauges;
  const bool up = state.parts.database.ping().has_value();
  const bool told =
      up && add_runs(state, gauges) && add_returns(state, gauges) && add_audit(state, gauges);
  gauges.add("database_up", "Whether the database answers", told ? 1 : 0);
  add_families(state, gauges);
  add_places(state, gauges);
  add_load(state, gauges);
  add_store(gauges);
  return http::text_response(200, "text/plain; version=0.0.4; charset=utf-8",
                             state.metrics.text(gauges.all));
}

}  // namespace

std::vector<Route> metrics_routes() {
  return {{"/metrics", {}, answer, Scope::kOperate, http::Lane::kLong}};
}

}  // namespace qd::rest::resources
