// Who may read, and for how long a key is remembered.
#include "server/keys/key_guard.hpp"

#include <gtest/gtest.h>

#include "server/keys/api_key.hpp"
#include "tests/support/manual_clock.hpp"

namespace qd {
namespace {

class OneKey final : public KeyStore {
 public:
  explicit OneKey(ApiKey key) : key_(std::move(key)) {}
  Result<void> add(const ApiKey&) override { return {}; }
  Result<std::optional<ApiKey>> find(const std::string& prefix) override {
    ++n_looked_up;
    return prefix == key_.prefix ? std::optional(key_) : std::nullopt;
  }
  Result<std::vector<ApiKey>> list() override { return std::vector{key_}; }
  Result<bool> revoke(const std::string&, Instant now) override {
    key_.revoked_at = now;
    return true;
  }
  int n_looked_up = 0;

 private:
  ApiKey key_;
};

class Guarding : public testing::Test {
 protected:
  bool admitted() { return guard_.admit(request_).has_value(); }

  ManualClock clock_{Instant{make_date(2026, 7, 10)}};
  keys::NewKey key_ = keys::make_key("a test", clock_.now(), std::nullopt);
  OneKey store_{key_.key};
  keys::KeyGuard guard_{store_, clock_};
  http::HttpRequest request_ = [this] {
    http::HttpRequest request;
    request.headers.emplace_back("authorization", "Bearer " + key_.text.whole());
    return request;
  }();
};

TEST_F(Guarding, looks_a_key_up_once_in_a_while) {
  EXPECT_TRUE(admitted());
  clock_.advance(keys::KeyGuard::kMemory - std::chrono::milliseconds{1});
  EXPECT_TRUE(admitted());
  EXPECT_EQ(store_.n_looked_up, 1);
  clock_.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(admitted());
  EXPECT_EQ(store_.n_looked_up, 2);
}

TEST_F(Guarding, refuses_a_revoked_key_soon_also_when_the_clock_is_put_back) {
  EXPECT_TRUE(admitted());
  ASSERT_TRUE(store_.revoke("", clock_.now() - std::chrono::hours{2}));
  clock_.advance(-std::chrono::hours{1});
  EXPECT_FALSE(admitted());
}

TEST_F(Guarding, refuses_a_key_that_has_expired) {
  ApiKey expired = key_.key;
  expired.expires_at = clock_.now();
  store_ = OneKey{expired};
  EXPECT_FALSE(admitted());
}

TEST_F(Guarding, says_who_asks_and_what_its_key_opens) {
  key_ = keys::make_key("a test", clock_.now(), std::nullopt, {Scope::kRecords});
  store_ = OneKey{key_.key};
  request_.headers = {{"authorization", "Bearer " + key_.text.whole()}};
  const auto caller = guard_.admit(request_);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->name, key_.text.prefix);
  EXPECT_EQ(caller->scopes, Scopes{Scope::kRecords});
}

TEST(Need, names_the_scope_that_the_key_does_not_have) {
  const keys::Caller caller{"abcdefgh", {Scope::kFigures}};
  EXPECT_TRUE(keys::need(caller, Scope::kFigures));
  const auto refused = keys::need(caller, Scope::kReturns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kScopeMissing);
  EXPECT_EQ(refused.error().message, "the key abcdefgh does not have the scope 'returns'");
}

}  // namespace
}  // namespace qd
