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
  Result<void> note_use(const std::string&, Instant now) override {
    ++n_noted;
    key_.last_used_at = now;
    return {};
  }
  int n_looked_up = 0, n_noted = 0;

 private:
  ApiKey key_;
};

class Guarding : public testing::Test {
 protected:
  bool admitted() { return guard_.admit(request_).has_value(); }

  ManualClock clock_{Instant{make_date(2026, 7, 10)}};
  keys::NewKey key_ = keys::make_key("a test", clock_.now());
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

// Whoever tries keys from an office does not keep those out who work there, and the store is not
// asked for what they try.
TEST_F(Guarding, lets_who_tries_keys_wait_and_keys_that_opened_something_open) {
  EXPECT_TRUE(admitted());
  const auto good = request_;
  const auto code = [&] { return guard_.admit(request_).error().code; };
  for (int i = 0; i < keys::WrongKeys::kFree + 1; ++i) {
    request_.headers = {
        {"authorization", "Bearer " + keys::make_key("nobody's", clock_.now()).text.whole()}};
    EXPECT_EQ(code(), ErrorCode::kKeyUnknown);
  }
  const int n_looked_up = store_.n_looked_up;
  EXPECT_EQ(code(), ErrorCode::kTooManyRequests);
  EXPECT_EQ(guard_.wait(request_).count(), 1);
  EXPECT_EQ(store_.n_looked_up, n_looked_up);
  request_ = good;
  EXPECT_TRUE(admitted());
  request_.client = "elsewhere";
  EXPECT_TRUE(admitted());
  request_ = good;
  const std::string wrong_secret = good.headers[0].second + "x";
  request_.headers = {{"authorization", wrong_secret}};
  EXPECT_FALSE(admitted());
  clock_.advance(std::chrono::minutes{20});
  request_.headers = {
      {"authorization", "Bearer " + keys::make_key("nobody's", clock_.now()).text.whole()}};
  EXPECT_EQ(code(), ErrorCode::kKeyUnknown) << "the time is over";
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
  key_ = keys::make_key("a test", clock_.now(), {.scopes = {Scope::kRecords}});
  store_ = OneKey{key_.key};
  request_.headers = {{"authorization", "Bearer " + key_.text.whole()}};
  const auto caller = guard_.admit(request_);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->name, key_.text.prefix);
  EXPECT_EQ(caller->scopes, Scopes{Scope::kRecords});
}

TEST_F(Guarding, says_as_whom_its_holder_reads) {
  const Viewer viewer{Audience::kBoard, {"N1"}, {"copis"}};
  key_ = keys::make_key("a test", clock_.now(), {.viewer = viewer});
  store_ = OneKey{key_.key};
  request_.headers = {{"authorization", "Bearer " + key_.text.whole()}};
  EXPECT_EQ(guard_.admit(request_)->viewer, viewer);
}

TEST_F(Guarding, lets_a_key_in_from_where_it_may_be_used_and_says_no_more_elsewhere) {
  ApiKey confined = key_.key;
  confined.addresses = {"10.1.0.0/16", "192.0.2.7"};
  store_ = OneKey{confined};
  for (const char* from : {"10.1.2.3", "192.0.2.7", "::ffff:10.1.2.3"}) {
    request_.client = from;
    EXPECT_TRUE(admitted()) << from;
  }
  request_.client = "10.2.0.1";
  const auto elsewhere = guard_.admit(request_);
  ASSERT_FALSE(elsewhere);
  request_.headers = {{"authorization", "Bearer " + keys::make_key_text().whole()}};
  const auto unknown = guard_.admit(request_);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(to_text(elsewhere.error()), to_text(unknown.error()));
}

TEST_F(Guarding, lets_nobody_in_with_a_range_that_cannot_be_read) {
  ApiKey confined = key_.key;
  confined.addresses = {"somewhere"};
  store_ = OneKey{confined};
  request_.client = "127.0.0.1";
  EXPECT_FALSE(admitted());
}

TEST_F(Guarding, notes_that_a_key_is_used_once_an_hour) {
  EXPECT_TRUE(admitted());
  EXPECT_TRUE(admitted());
  EXPECT_EQ(store_.n_noted, 1);
  clock_.advance(keys::KeyGuard::kUseNoted - std::chrono::milliseconds{1});
  EXPECT_TRUE(admitted());
  EXPECT_EQ(store_.n_noted, 1);
  clock_.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(admitted());
  EXPECT_EQ(store_.n_noted, 2);
}

TEST_F(Guarding, notes_no_use_of_a_key_that_is_refused) {
  ASSERT_TRUE(store_.revoke("", clock_.now()));
  EXPECT_FALSE(admitted());
  EXPECT_EQ(store_.n_noted, 0);
}

TEST(NeedEverything, is_the_Executive_with_all_areas_and_families) {
  const auto refusal = [](const Viewer& viewer) {
    const auto needed = keys::need_everything({"abcdefgh", Scopes::usual(), viewer});
    return needed ? std::string() : needed.error().message;
  };
  EXPECT_EQ(refusal({Audience::kExecutive}), "");
  EXPECT_EQ(refusal({Audience::kBoard}),
            "the key abcdefgh reads as 'board', and this is made for 'executive'");
  for (const Viewer& part :
       {Viewer{Audience::kExecutive, {"N1"}, {}}, Viewer{Audience::kExecutive, {}, {"copis"}}})
    EXPECT_EQ(refusal(part),
              "the key abcdefgh reads a part of the figures, and this holds all of them");
}

TEST(Need, names_the_scope_that_the_key_does_not_have) {
  const keys::Caller caller{"abcdefgh", {Scope::kFigures}};
  EXPECT_TRUE(keys::need(caller, Scope::kFigures));
  const auto refused = keys::need(caller, Scope::kReturns);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kScopeMissing);
  EXPECT_EQ(refused.error().message, "the key abcdefgh does not have the scope 'returns'");
}

TEST(Caller, is_called_by_what_it_shows) {
  const keys::Caller by_key{"a2b3c4d5", {}, {}};
  EXPECT_EQ(by_key.in_log(), "a2b3c4d5");
  EXPECT_EQ(by_key.in_words(), "the key a2b3c4d5");
  const keys::Caller by_token{"jane", {}, {}, keys::Credential::kToken};
  EXPECT_EQ(by_token.in_log(), "token jane");
  EXPECT_EQ(by_token.in_words(), "the token of jane");
}

}  // namespace
}  // namespace qd
