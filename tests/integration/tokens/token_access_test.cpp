// A token of the issuer opens over HTTP what a key with the same words opens, and no more.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

#include "server/tokens/web_documents.hpp"
#include "tests/integration/http/api_fixture.hpp"
#include "tests/support/issuer_server.hpp"
#include "tests/support/token_issuer.hpp"

namespace qd::test {
namespace {

using testing::HasSubstr;

class TokenAccess : public ApiTest {
 protected:
  void SetUp() override {
    ApiTest::SetUp();
    add_run("FY2024-25-Q1", 3);
    server_.put("/keys", {key_set({rsa_.published(), ec_.published()})});
    server_.put("/.well-known/openid-configuration",
                {fmt::format(R"({{"issuer":"{}","jwks_uri":"{}"}})", server_.url(""),
                             server_.url("/keys"))});
    guard_ = std::make_unique<tokens::TokenGuard>(
        tokens::TokenTerms{.issuer = server_.url(""), .audience = "qd"}, documents_, clock_);
    start(false, {}, guard_.get());
  }

  std::string claims(const std::string& roles,
                     std::chrono::seconds valid = std::chrono::minutes{5}) {
    const auto end =
        std::chrono::duration_cast<std::chrono::seconds>((clock_.now() + valid).time_since_epoch());
    return fmt::format(R"({{"iss":"{}","aud":"qd","sub":"jane","exp":{},"roles":"{}"}})",
                       server_.url(""), end.count(), roles);
  }
  RawAnswer with(const std::string& token, const std::string& address) {
    return send("GET " + address + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token +
                "\r\n\r\n");
  }

  IssuerKey rsa_ = IssuerKey::rsa("r1"), ec_ = IssuerKey::ec("e1");
  IssuerServer server_;
  tokens::WebDocuments documents_;
  std::unique_ptr<tokens::TokenGuard> guard_;
};

TEST_F(TokenAccess, opens_what_a_key_with_the_same_words_opens) {
  const auto executive = claims("quarterday:scope:figures quarterday:audience:executive");
  for (const auto& token : {rsa_.sign(executive), ec_.sign(executive)}) {
    const auto answer = with(token, "/api/v1/facts?period=FY2024-25-Q1");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, with(key_, "/api/v1/facts?period=FY2024-25-Q1").body);
  }
  EXPECT_EQ(server_.n_asked(), 2);  // the description and the keys, once
}

TEST_F(TokenAccess, reads_a_part_like_a_key_with_areas) {
  const auto token =
      ec_.sign(claims("quarterday:scope:figures quarterday:audience:executive quarterday:area:N1"));
  const auto key = new_key({Audience::kExecutive, {"N1"}, {}});
  for (const auto* address : {"/api/v1/facts", "/api/v1/areas", "/api/v1/facts?area=L1"})
    EXPECT_EQ(with(token, address).body, with(key, address).body) << address;
}

TEST_F(TokenAccess, refuses_what_its_words_do_not_open_and_says_who_gives_them) {
  const auto answer = with(ec_.sign(claims("quarterday:scope:returns")), "/api/v1/facts");
  EXPECT_EQ(answer.status, 403);
  EXPECT_THAT(answer.body, HasSubstr("the token of jane does not have the scope 'figures'"));
  EXPECT_THAT(answer.body, HasSubstr("quarterday:scope:figures"));
  EXPECT_THAT(with(ec_.sign(claims("quarterday:scope:returns")), "/api/v1/returns").body,
              HasSubstr("quarterday:audience:executive"));
}

TEST_F(TokenAccess, is_refused_with_the_reason_when_it_does_not_hold) {
  const auto expired =
      with(ec_.sign(claims("quarterday:scope:figures", -std::chrono::hours{1})), "/api/v1/facts");
  EXPECT_EQ(expired.status, 401);
  EXPECT_THAT(expired.body, HasSubstr("QD4027"));
  EXPECT_THAT(expired.body, HasSubstr("it has expired"));
  EXPECT_EQ(expired.headers.count("www-authenticate"), 1U);
  const auto forged = IssuerKey::ec("e1").sign(claims("quarterday:scope:figures"));
  EXPECT_THAT(with(forged, "/api/v1/facts").body, HasSubstr("its signature is not the issuer's"));
}

TEST_F(TokenAccess, of_an_issuer_that_is_away_is_a_matter_of_time_and_keys_go_on) {
  server_.put("/keys", {"", 500});
  const auto away = with(ec_.sign(claims("quarterday:scope:figures")), "/api/v1/facts");
  EXPECT_EQ(away.status, 503);
  EXPECT_THAT(away.body, HasSubstr("QD4028"));
  EXPECT_EQ(with(key_, "/api/v1/facts").status, 200);
}

TEST_F(TokenAccess, is_none_where_no_issuer_is_set) {
  start(false);
  const auto answer = with(ec_.sign(claims("quarterday:scope:figures")), "/api/v1/facts");
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.body, HasSubstr("QD4002"));
}

TEST_F(TokenAccess, is_looked_after_by_the_doctor) {
  const auto file = folder_ / "quarterday.toml";
  std::ofstream(file) << fmt::format("[tokens]\nissuer = '{}'\naudience = 'qd'\n", server_.url(""));
  const auto doctor = [&] {
    const auto command = fmt::format("{} doctor --config {} --database {} --format csv 2>&1",
                                     QUARTERDAY_EXECUTABLE, file.string(), url_);
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string text;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get()))
      text += static_cast<char>(c);
    return text;
  };
  EXPECT_THAT(doctor(), HasSubstr("tokens,ok," + server_.url("") + " has 2 keys for them"));
  server_.put("/keys", {"", 500});
  EXPECT_THAT(doctor(), HasSubstr("tokens,failed,"));
}

}  // namespace
}  // namespace qd::test
