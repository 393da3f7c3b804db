// What a resource of the API is: where it stands, what it takes and what answers it, as data. One
// file in server/rest/resources offers it whole.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/compute/engine.hpp"
#include "core/reading/access/figure_door.hpp"
#include "orm/database.hpp"
#include "server/faces/catalogue.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/known_names.hpp"
#include "server/faces/labels.hpp"
#include "server/http/edge.hpp"
#include "server/http/message.hpp"
#include "server/http/work_pool.hpp"
#include "server/keys/key_guard.hpp"
#include "server/metrics/request_metrics.hpp"
#include "server/rest/cursor.hpp"
#include "server/rest/data_version.hpp"
#include "server/rest/parameters.hpp"

namespace qd::rest {

// How much the server holds and has to do at the moment.
struct ServerLoad {
  http::EdgeLoad edge;
  std::size_t figures = 0, figure_bytes = 0;  // in memory
};

// What the API works with; all outlive it.
struct ApiParts {
  orm::Database& database;
  reading::access::FigureDoor& figures;
  compute::Engine& engine;
  const Clock& clock;
  bool open = false;                                          // no key is asked
  std::chrono::milliseconds freshness{25};                    // see DataVersion
  tokens::TokenGuard* tokens = nullptr;                       // null: keys alone are accepted
  std::function<bool()> schedule_is_started = {};             // empty: this server makes no returns
  bool access_log = false;                                    // a line for each answer
  std::map<std::string, std::filesystem::path> folders = {};  // that are written to, by a word
  std::function<ServerLoad()> load = {};                      // empty: not told
};

// The parts, and what resources remember from one request to the next. Thread-safe.
struct ApiState {
  explicit ApiState(const ApiParts& with);

  ApiParts parts;
  faces::LabelKeeper labels;
  faces::KnownNames known_names;
  faces::ReadingInstant instant;
  DataVersion data_version;
  CursorSigner cursors;
  metrics::RequestMetrics metrics;
};

struct Call {
  const http::HttpRequest& request;
  const keys::Caller& caller;
  std::vector<std::string> captured;  // what stood where the pattern has {…}, decoded, in order
  Parameters parameters;              // only those the route takes

  const Viewer& viewer() const { return caller.viewer; }
  // A run is of all areas.
  faces::RunDetail run_detail() const {
    return viewer().areas.empty() ? faces::RunDetail::kAll : faces::RunDetail::kOutline;
  }
  // What a family notes of a run may count people: it is told to the Executive alone.
  void take_out_notes(Run& run) const {
    if (viewer().audience != Audience::kExecutive) run.notes.clear();
  }
};

// What figures are shown with to a caller. Errors: kStoreUnavailable.
struct Shown {
  std::shared_ptr<const reading::access::Portion> portion;
  std::shared_ptr<const faces::AreaLabels> labels;
  std::shared_ptr<const faces::FigureFields> fields;
  std::int64_t data_version = 0;
};
Result<Shown> shown_to(ApiState& state, const Call& call);

// Errors: those of KnownNames::check, of the caller's part of the names.
Result<void> check_names(ApiState& state, const Call& call, const FactQuery& filter);

using Answer = Result<http::HttpResponse>;

struct Route {
  std::string pattern;                  // "/api/v1/facts/{id}"
  std::vector<std::string> parameters;  // of the query; others are refused
  Answer (*answer)(ApiState&, const Call&);
  std::optional<Scope> scope = Scope::kFigures;  // that a key must have; nullopt: no key is asked
  http::Lane lane = http::Lane::kQuick;
};

}  // namespace qd::rest
