#include "server/http/work_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>
#include <memory>

namespace qd {
namespace {

constexpr auto kLongEnough = std::chrono::seconds{30};  // only a failing test waits so long

TEST(WorkPool, long_work_never_takes_every_thread) {
  http::WorkPool pool({3, 2, 16});
  std::promise<void> gate;
  const auto opened = gate.get_future().share();
  std::atomic<int> running{0};
  for (int i = 0; i < 8; ++i)
    ASSERT_TRUE(pool.offer(http::Lane::kLong, [&running, opened] {
      ++running;
      opened.wait();
    }));
  std::promise<int> quick;
  ASSERT_TRUE(pool.offer(http::Lane::kQuick, [&] { quick.set_value(running); }));
  auto answered = quick.get_future();
  ASSERT_EQ(answered.wait_for(kLongEnough), std::future_status::ready);
  EXPECT_LE(answered.get(), 2);
  gate.set_value();
}

// Its one thread waits until the gate opens.
void keep_busy(http::WorkPool& pool, std::promise<void>& gate) {
  const auto started = std::make_shared<std::latch>(1);  // the thread may still be in it afterwards
  ASSERT_TRUE(pool.offer(http::Lane::kQuick, [started, opened = gate.get_future().share()] {
    started->count_down();
    opened.wait();
  }));
  started->wait();
}

TEST(WorkPool, a_full_queue_refuses_but_never_what_was_begun) {
  http::WorkPool pool({1, 1, 1});
  std::promise<void> gate;
  keep_busy(pool, gate);
  EXPECT_TRUE(pool.offer(http::Lane::kQuick, [] {}));
  EXPECT_FALSE(pool.offer(http::Lane::kQuick, [] {}));
  std::promise<void> resumed;
  for (int i = 0; i < 5; ++i) pool.resume([] {});
  pool.resume([&] { resumed.set_value(); });
  gate.set_value();
  EXPECT_EQ(resumed.get_future().wait_for(kLongEnough), std::future_status::ready);
}

TEST(WorkPool, says_how_much_waits_in_each_lane) {
  http::WorkPool pool({1, 1, 16});
  std::promise<void> gate;
  keep_busy(pool, gate);
  EXPECT_EQ(pool.waiting(http::Lane::kQuick), 0U) << "it is begun";
  ASSERT_TRUE(pool.offer(http::Lane::kQuick, [] {}));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(pool.offer(http::Lane::kLong, [] {}));
  EXPECT_EQ(pool.waiting(http::Lane::kQuick), 1U);
  EXPECT_EQ(pool.waiting(http::Lane::kLong), 2U);
  gate.set_value();
}

TEST(WorkPool, takes_nothing_after_it_stopped) {
  http::WorkPool pool({2, 1, 4});
  pool.stop();
  pool.stop();
  EXPECT_FALSE(pool.offer(http::Lane::kQuick, [] {}));
}

}  // namespace
}  // namespace qd
