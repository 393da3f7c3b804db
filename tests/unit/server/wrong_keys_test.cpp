// Somebody who tries keys leaves a trace, and no flood of them.
#include "server/keys/wrong_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "server/keys/key_guard.hpp"
#include "tests/support/manual_clock.hpp"

namespace qd {
namespace {

class WrongKeysTest : public testing::Test {
 protected:
  WrongKeysTest() {
    auto logger = std::make_shared<spdlog::logger>(
        "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
    logger->set_pattern("%l: %v");
    spdlog::set_default_logger(std::move(logger));
  }
  ~WrongKeysTest() override { spdlog::set_default_logger(before_); }

  std::vector<int> noted(int n, const std::string& address) {
    std::vector<int> written;
    for (int i = 1; i <= n; ++i)
      if (wrong_.note(address)) written.push_back(i);
    return written;
  }

  ManualClock clock_{Instant{make_date(2026, 7, 10)}};
  keys::WrongKeys wrong_{clock_};
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream log_;
};

TEST_F(WrongKeysTest, TheFirstTheTenthTheHundredthOfAnAddressAreWrittenDown) {
  EXPECT_EQ(noted(9'000, "192.0.2.7"), (std::vector<int>{1, 10, 100, 1'000}));
  EXPECT_EQ(noted(9, "192.0.2.8"), std::vector<int>{1}) << "each address by itself";
  EXPECT_THAT(log_.str(),
              testing::HasSubstr("warning: keys that open nothing were sent from 192.0.2.7: 1000 "
                                 "within an hour\n"));
}

TEST_F(WrongKeysTest, CountingBeginsAnewAfterAnHour) {
  EXPECT_EQ(noted(2, "a"), std::vector<int>{1});
  clock_.advance(keys::WrongKeys::kCounted - std::chrono::milliseconds{1});
  EXPECT_FALSE(wrong_.note("a"));
  clock_.advance(std::chrono::milliseconds{1});
  EXPECT_TRUE(wrong_.note("a"));
  EXPECT_FALSE(wrong_.note("a"));
}

TEST_F(WrongKeysTest, SoManyAddressesAreRememberedAndThenAnew) {
  for (std::size_t i = 0; i < keys::WrongKeys::kMostAddresses; ++i)
    EXPECT_TRUE(wrong_.note(std::to_string(i)));
  EXPECT_FALSE(wrong_.note("0")) << "it is still known";
  EXPECT_TRUE(wrong_.note("one more"));
  EXPECT_TRUE(wrong_.note("0"));
}

// Ten cost nothing; then it is one second, two, four, up to ten minutes, each since the last.
TEST_F(WrongKeysTest, WhoGoesOnTryingWaitsLongerEachTime) {
  using std::chrono::seconds;
  noted(10, "a");
  EXPECT_EQ(wrong_.wait("a"), seconds{0});
  for (const auto expected : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600}) {
    wrong_.note("a");
    EXPECT_EQ(wrong_.wait("a"), seconds{expected});
  }
  EXPECT_EQ(wrong_.wait("b"), seconds{0}) << "each address by itself";
  clock_.advance(seconds{599});
  EXPECT_EQ(wrong_.wait("a"), seconds{1});
  clock_.advance(seconds{1});
  EXPECT_EQ(wrong_.wait("a"), seconds{0});
}

class NoKeys final : public KeyStore {
 public:
  Result<void> add(const ApiKey&) override { return {}; }
  Result<std::optional<ApiKey>> find(const std::string&) override {
    if (is_away) return fail(ErrorCode::kStoreUnavailable, "gone");
    return std::nullopt;
  }
  Result<std::vector<ApiKey>> list() override { return std::vector<ApiKey>{}; }
  Result<bool> revoke(const std::string&, Instant) override { return false; }
  Result<void> note_use(const std::string&, Instant) override { return {}; }
  bool is_away = false;
};

// Who sends no key at all is asked for one, which is how every browser begins.
TEST_F(WrongKeysTest, WhatIsSentAndOpensNothingIsWrittenDownWithItsAddressAndWithoutTheKey) {
  NoKeys store;
  keys::KeyGuard guard(store, clock_);
  const auto ask = [&](const std::string& from, const std::string& authorization) {
    http::HttpRequest request;
    request.client = from;
    if (!authorization.empty()) request.headers.emplace_back("authorization", authorization);
    EXPECT_FALSE(guard.admit(request));
  };
  const auto key = keys::make_key("of nobody", clock_.now()).text.whole();
  ask("10.0.0.1", "");
  EXPECT_EQ(log_.str(), "");
  ask("10.0.0.2", "Bearer " + key);
  ask("10.0.0.3", "Bearer rubbish");
  store.is_away = true;
  ask("10.0.0.4", "Bearer " + keys::make_key("of nobody", clock_.now()).text.whole());
  const std::string line = "warning: keys that open nothing were sent from ";
  EXPECT_EQ(log_.str(),
            line + "10.0.0.2: 1 within an hour\n" + line + "10.0.0.3: 1 within an hour\n");
}

}  // namespace
}  // namespace qd
