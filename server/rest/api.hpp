// The REST interface under /api/v1, health and the API's own description.
#pragma once

#include <functional>
#include <string>

#include "core/compute/engine.hpp"
#include "jobs/scheduler.hpp"
#include "orm/database.hpp"
#include "server/http/edge.hpp"
#include "server/keys/key_guard.hpp"
#include "server/rest/answer_cache.hpp"
#include "server/rest/area_names.hpp"
#include "server/rest/data_version.hpp"
#include "server/rest/fact_pages.hpp"
#include "server/rest/router.hpp"

namespace qd::rest {

// What the API works with; all outlive it.
struct ApiParts {
  orm::Database& database;
  compute::Engine& engine;
  const Clock& clock;
  bool open = false;                               // no key is asked
  std::chrono::milliseconds freshness{25};         // see DataVersion
  std::function<bool()> schedule_is_started = {};  // empty: this server makes no returns
};

// Thread-safe.
class Api final : public http::HttpHandler {
 public:
  explicit Api(const ApiParts& parts);

  http::Lane lane(const http::HttpRequest& request) const override;
  http::HttpResponse answer(const http::HttpRequest& request) override;

  const std::vector<Route>& routes() const { return router_.routes(); }

 private:
  using Answer = Result<http::HttpResponse>;
  std::vector<Route> make_routes();
  Answer checked(const http::HttpRequest& request);

  Answer facts(const Call& call);
  Answer one_fact(const Call& call);
  Answer explain(const Call& call);
  Answer indicators(const Call& call);
  Answer areas(const Call& call);
  Answer periods(const Call& call);
  Answer families(const Call& call);
  Answer runs(const Call& call);
  Answer returns(const Call& call);
  Answer workbook(const Call& call);
  Answer jobs(const Call& call);
  Answer live(const Call& call);
  Answer ready(const Call& call);

  ApiParts parts_;
  Router router_;
  keys::KeyGuard guard_;
  AreaNames names_;
  DataVersion data_version_;
  ReadingInstant instant_;
  AnswerCache cache_;
};

// api-spec/openapi.yaml, as it was when the program was built.
std::string_view openapi_text();

}  // namespace qd::rest
