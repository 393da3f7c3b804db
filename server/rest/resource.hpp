// What a resource of the API is: where it stands, what it takes and what answers it, as data. One
// file in server/rest/resources offers it whole.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/compute/engine.hpp"
#include "core/reading/disclosure/figure_door.hpp"
#include "orm/database.hpp"
#include "server/faces/area_names.hpp"
#include "server/faces/fact_pages.hpp"
#include "server/faces/known_names.hpp"
#include "server/http/message.hpp"
#include "server/http/work_pool.hpp"
#include "server/keys/key_guard.hpp"
#include "server/rest/answer_cache.hpp"
#include "server/rest/data_version.hpp"
#include "server/rest/parameters.hpp"

namespace qd::rest {

// What the API works with; all outlive it.
struct ApiParts {
  orm::Database& database;
  reading::disclosure::FigureDoor& figures;
  compute::Engine& engine;
  const Clock& clock;
  bool open = false;                               // no key is asked
  std::chrono::milliseconds freshness{25};         // see DataVersion
  std::function<bool()> schedule_is_started = {};  // empty: this server makes no returns
};

// The parts, and what resources remember from one request to the next. Thread-safe.
struct ApiState {
  explicit ApiState(const ApiParts& with);

  ApiParts parts;
  faces::AreaNames area_names;
  faces::KnownNames known_names;
  faces::ReadingInstant instant;
  DataVersion data_version;
  AnswerCache cache;
};

// Errors: those of KnownNames::check.
Result<void> check_names(ApiState& state, const FactQuery& filter);

struct Call {
  const http::HttpRequest& request;
  const keys::Caller& caller;
  std::vector<std::string> captured;  // what stood where the pattern has {…}, decoded, in order
  Parameters parameters;              // only those the route takes

  reading::disclosure::Viewer viewer() const { return {caller.audience}; }
  // What a family notes of a run may count people: it is told to the Executive alone.
  void take_out_notes(Run& run) const {
    if (caller.audience != Audience::kExecutive) run.notes.clear();
  }
};

using Answer = Result<http::HttpResponse>;

struct Route {
  std::string pattern;                  // "/api/v1/facts/{id}"
  std::vector<std::string> parameters;  // of the query; others are refused
  Answer (*answer)(ApiState&, const Call&);
  std::optional<Scope> scope = Scope::kFigures;  // that a key must have; nullopt: no key is asked
  http::Lane lane = http::Lane::kQuick;
};

}  // namespace qd::rest
