// How often an address may ask.
#include "server/http/request_limit.hpp"

#include <gtest/gtest.h>

namespace qd {
namespace {

using namespace std::chrono_literals;

class RequestLimitTest : public testing::Test {
 protected:
  // How many of so many are admitted.
  int admitted(int n, const std::string& address) {
    int admitted = 0;
    for (int i = 0; i < n; ++i) admitted += limit_.admit(address, now_) ? 1 : 0;
    return admitted;
  }
  http::RequestLimit::Time now_{1h};
  http::RequestLimit limit_{60};
};

TEST_F(RequestLimitTest, AMinutesRequestsMayComeAtOnceAndNotOneMore) {
  EXPECT_EQ(admitted(100, "a"), 60);
  EXPECT_EQ(admitted(100, "b"), 60) << "each address by itself";
}

TEST_F(RequestLimitTest, ThenAsManyAsTimeHasPassedFor) {
  EXPECT_EQ(admitted(60, "a"), 60);
  now_ += 999ms;
  EXPECT_EQ(admitted(1, "a"), 0);
  now_ += 1ms;
  EXPECT_EQ(admitted(2, "a"), 1) << "one a second, and refused ones do not count";
  now_ += 5min;
  EXPECT_EQ(admitted(100, "a"), 60) << "no more than a minute's are saved up";
}

TEST_F(RequestLimitTest, NoneIsForbiddenWhereThereIsNoLimit) {
  http::RequestLimit none(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(none.admit("a", now_));
}

TEST_F(RequestLimitTest, SoManyAddressesAreRememberedAndThenAnew) {
  http::RequestLimit one(1);
  for (std::size_t i = 0; i < http::RequestLimit::kMostAddresses; ++i)
    EXPECT_TRUE(one.admit(std::to_string(i), now_));
  EXPECT_FALSE(one.admit("0", now_)) << "it is still known";
  EXPECT_TRUE(one.admit("one more", now_));
  EXPECT_TRUE(one.admit("0", now_));
}

}  // namespace
}  // namespace qd
