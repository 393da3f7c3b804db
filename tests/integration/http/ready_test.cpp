// Whether a server is ready is told as it is.
#include "tests/integration/http/api_fixture.hpp"

namespace qd::test {
namespace {

using Readiness = ApiTest;

TEST_F(Readiness, is_not_ready_while_the_schedule_was_not_started) {
  bool started = false;
  rest::ApiParts parts{*database_, *door_, *engine_, clock_, true};
  parts.schedule_is_started = [&] { return started; };
  rest::Api scheduling(parts, rest::resources::all_routes());
  rest::Api off(rest::ApiParts{*database_, *door_, *engine_, clock_, true},
                rest::resources::all_routes());
  http::HttpRequest request;
  request.method = "GET";
  request.path = request.target = "/healthz/ready";
  request.segments = {"healthz", "ready"};
  const auto ask = [&](rest::Api& api) { return api.take(request).answer(request); };
  const auto not_yet = ask(scheduling);
  EXPECT_EQ(not_yet.status, 503);
  EXPECT_NE(not_yet.body->find("\"status\":\"not ready\""), std::string::npos);
  EXPECT_NE(not_yet.body->find("\"schedule\":\"failed\""), std::string::npos);
  started = true;
  const auto ready = ask(scheduling);
  EXPECT_NE(ready.body->find("\"schedule\":\"ok\""), std::string::npos);
  const auto without = ask(off);
  EXPECT_EQ(without.status, ready.status);
  EXPECT_NE(without.body->find("\"schedule\":\"off\""), std::string::npos);
}

}  // namespace
}  // namespace qd::test
