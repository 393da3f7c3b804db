// A line for each answer, and nothing in it that somebody typed.
#include "server/rest/access_log.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace qd {
namespace {

http::HttpRequest asked() {
  http::HttpRequest request;
  request.method = "GET";
  request.client = "10.0.0.7";
  request.query = {{"area", "Mrs Miller's"}, {"reason", "complaint of Mrs Miller"}, {"area", "b"}};
  return request;
}

rest::Route route() {
  rest::Route route;
  route.pattern = "/api/v1/facts/{id}/explain";
  route.parameters = {"reason", "area", "limit"};
  return route;
}

// Without the milliseconds, which nobody knows.
std::string line(const rest::Access& access, const http::AnswerEnd& end) {
  return std::regex_replace(access.line(200, end), std::regex(" ms=[0-9]+ "), " ");
}

TEST(AccessLog, SaysWhoAskedWhatAndHowItEnded) {
  rest::Access access(asked());
  access.to(route(), asked());
  access.by({"a2b3c4d5", Scopes::usual()});
  EXPECT_EQ(line(access, {5120, true}),
            "access from=10.0.0.7 who=a2b3c4d5 method=GET route=/api/v1/facts/{id}/explain "
            "parameters=reason,area status=200 bytes=5120 whole=yes");
  EXPECT_TRUE(std::regex_search(access.line(200, {}), std::regex(" ms=[0-9]+ whole=no$")));
}

TEST(AccessLog, SaysNothingOfWhatIsNotKnown) {
  EXPECT_EQ(line(rest::Access(asked()), {}),
            "access from=10.0.0.7 who=- method=GET route=- parameters=- status=200 bytes=0 "
            "whole=no");
}

// The issuer says what its subjects are called, and a client what its method is.
TEST(AccessLog, IsOneLineOfWords) {
  auto request = asked();
  request.method = "GET\nforged=yes";
  rest::Access access(request);
  access.by({"jane \x1b[2J", Scopes::usual(), {}, keys::Credential::kToken});
  EXPECT_EQ(line(access, {}),
            "access from=10.0.0.7 who=token_jane__[2J method=GET_forged=yes route=- parameters=- "
            "status=200 bytes=0 whole=no");
}

}  // namespace
}  // namespace qd
