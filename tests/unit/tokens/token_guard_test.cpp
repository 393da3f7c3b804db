// When the issuer is asked for its keys, and what holds while it does not answer.
#include "server/tokens/token_guard.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/support/manual_clock.hpp"
#include "tests/support/token_issuer.hpp"

namespace qd::tokens {
namespace {

using test::IssuerKey;
using testing::ElementsAre;
using testing::HasSubstr;

class Web final : public Documents {
 public:
  Result<std::string> get(const std::string& url) override {
    asked.push_back(url);
    const auto found = pages.find(url);
    if (found != pages.end()) return found->second;
    return fail(ErrorCode::kIssuerUnavailable, url + " is away");
  }
  std::map<std::string, std::string> pages;
  std::vector<std::string> asked;
};

const std::string kKeys = "https://id.example/keys";

class GuardingByTokens : public testing::Test {
 protected:
  void publish(const std::vector<const IssuerKey*>& keys) {
    std::vector<std::string> published;
    published.reserve(keys.size());
    for (const auto* key : keys) published.push_back(key->published());
    web_.pages[kKeys] = test::key_set(published);
  }
  std::string token(const IssuerKey& key) {
    const auto end = std::chrono::duration_cast<std::chrono::seconds>(
        (clock_.now() + std::chrono::minutes{5}).time_since_epoch());
    return key.sign(fmt::format(
        R"({{"iss":"https://id.example","aud":"qd","sub":"jane","exp":{},"roles":"quarterday:scope:figures"}})",
        end.count()));
  }
  bool admits(const IssuerKey& key) { return guard_.admit(token(key)).has_value(); }

  ManualClock clock_{Instant{make_date(2026, 7, 10)}};
  Web web_;
  TokenTerms terms_{.issuer = "https://id.example", .audience = "qd", .keys = kKeys};
  TokenGuard guard_{terms_, web_, clock_};
  IssuerKey old_ = IssuerKey::ec("old"), new_ = IssuerKey::ec("new");
};

TEST_F(GuardingByTokens, reads_the_keys_once_an_hour) {
  publish({&old_});
  EXPECT_TRUE(admits(old_));
  clock_.advance(TokenGuard::kFresh - std::chrono::milliseconds{1});
  EXPECT_TRUE(admits(old_));
  EXPECT_EQ(web_.asked.size(), 1U);
  clock_.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(admits(old_));
  EXPECT_EQ(web_.asked.size(), 2U);
}

TEST_F(GuardingByTokens, admits_by_a_new_key_as_soon_as_a_token_names_it) {
  publish({&old_});
  EXPECT_TRUE(admits(old_));
  publish({&old_, &new_});
  clock_.advance(TokenGuard::kBetween);
  EXPECT_TRUE(admits(new_));
  EXPECT_EQ(web_.asked.size(), 2U);
}

TEST_F(GuardingByTokens, does_not_ask_again_and_again_for_keys_nobody_has) {
  publish({&old_});
  EXPECT_TRUE(admits(old_));
  clock_.advance(TokenGuard::kBetween - std::chrono::milliseconds{1});
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(admits(new_));
  EXPECT_EQ(web_.asked.size(), 1U);
  clock_.advance(std::chrono::milliseconds{1});
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(admits(new_));
  EXPECT_EQ(web_.asked.size(), 2U);
}

TEST_F(GuardingByTokens, forgets_a_key_that_the_issuer_took_back) {
  publish({&old_, &new_});
  EXPECT_TRUE(admits(old_));
  publish({&new_});
  clock_.advance(TokenGuard::kFresh);
  const auto refused = guard_.admit(token(old_));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTokenRefused);
}

TEST_F(GuardingByTokens, goes_on_with_what_it_knows_for_a_day_while_the_issuer_is_away) {
  publish({&old_});
  EXPECT_TRUE(admits(old_));
  web_.pages.clear();
  clock_.advance(TokenGuard::kAway - std::chrono::milliseconds{1});
  EXPECT_TRUE(admits(old_));
  const auto refused = guard_.admit(token(new_));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTokenRefused);
  clock_.advance(std::chrono::milliseconds{1});
  const auto away = guard_.admit(token(old_));
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, ErrorCode::kIssuerUnavailable);
}

TEST_F(GuardingByTokens, asks_an_issuer_that_is_away_every_half_minute) {
  for (int i = 0; i < 3; ++i) {
    const auto away = guard_.admit(token(old_));
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code, ErrorCode::kIssuerUnavailable);
  }
  EXPECT_EQ(web_.asked.size(), 1U);
  publish({&old_});
  clock_.advance(TokenGuard::kBetween);
  EXPECT_TRUE(admits(old_));
}

TEST_F(GuardingByTokens, asks_while_it_can_do_with_older_keys_every_half_minute_too) {
  publish({&old_});
  EXPECT_TRUE(admits(old_));
  web_.pages.clear();
  clock_.advance(TokenGuard::kFresh);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(admits(old_));
  EXPECT_EQ(web_.asked.size(), 2U);
}

TEST_F(GuardingByTokens, finds_the_keys_by_the_issuers_own_description) {
  publish({&old_});
  const std::string description = "https://id.example/realm/.well-known/openid-configuration";
  for (const std::string issuer : {"https://id.example/realm", "https://id.example/realm/"}) {
    web_.asked.clear();
    web_.pages[description] = fmt::format(R"({{"issuer":"{}","jwks_uri":"{}"}})", issuer, kKeys);
    TokenGuard guard({.issuer = issuer, .audience = "qd"}, web_, clock_);
    EXPECT_EQ(guard.ask().value(), 1U);
    EXPECT_THAT(web_.asked, ElementsAre(description, kKeys));
  }
}

TEST_F(GuardingByTokens, does_not_believe_a_description_of_another_issuer) {
  publish({&old_});
  for (const auto& text :
       {fmt::format(R"({{"issuer":"https://evil.example","jwks_uri":"{}"}})", kKeys),
        std::string(R"({"issuer":"https://id.example"})"),
        std::string(R"({"issuer":7,"jwks_uri":8})"), std::string("[]")}) {
    web_.pages["https://id.example/.well-known/openid-configuration"] = text;
    TokenGuard guard({.issuer = "https://id.example", .audience = "qd"}, web_, clock_);
    const auto asked = guard.ask();
    ASSERT_FALSE(asked);
    EXPECT_THAT(asked.error().message, HasSubstr("does not describe the issuer"));
  }
}

TEST_F(GuardingByTokens, says_why_a_token_is_refused) {
  publish({&old_});
  const auto forged = IssuerKey::ec("old");
  const auto refused = guard_.admit(token(forged));
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("its signature is not the issuer's"));
  const auto unknown = guard_.admit(token(new_));
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().message, HasSubstr("no key of the name"));
}

}  // namespace
}  // namespace qd::tokens
