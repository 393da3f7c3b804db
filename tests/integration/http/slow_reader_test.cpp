// Clients that ask for much and do not read: nobody else may notice them.
#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tests/integration/http/edge_fixture.hpp"

namespace qd::test {
namespace {

using SlowReaders = EdgeTest;
using Clock = std::chrono::steady_clock;

std::chrono::microseconds median_answer(RawClient& client, int requests) {
  std::vector<Clock::duration> times;
  for (int i = 0; i < requests; ++i) {
    const auto begun = Clock::now();
    client.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "GET /x");
    times.push_back(Clock::now() - begun);
  }
  std::nth_element(times.begin(), times.begin() + requests / 2, times.end());
  return std::chrono::duration_cast<std::chrono::microseconds>(times[times.size() / 2]);
}

std::size_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmRSS:", 0) == 0) return std::stoul(line.substr(6));
  return 0;
}

// Timing is told, never judged: the machine may be busy. That everybody is answered is judged.
TEST_F(SlowReaders, two_that_never_read_and_four_slow_requests_disturb_nobody) {
  auto reader = client();
  const auto before = median_answer(reader, 300);
  std::vector<RawClient> held;
  for (const char* target : {"/large", "/pieces", "/slow", "/slow", "/slow", "/slow"}) {
    held.push_back(client());
    ASSERT_TRUE(held.back().send(get(target)));
  }
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 4; }));
  const auto during = median_answer(reader, 300);
  std::printf("median answer: %ld us alone, %ld us beside them\n", long(before.count()),
              long(during.count()));
  EXPECT_GE(edge_->load().connections, 7u) << "they are still there";
  handler_.let_go();
  for (std::size_t i = 2; i < held.size(); ++i) EXPECT_EQ(held[i].read_answer().body, "slow");
  const auto large = held[0].read_answer();
  EXPECT_EQ(large.body.size(), kLargeBytes) << "who reads after all gets everything";
  EXPECT_EQ(held[1].read_answer().body.size(), kPieces * kPieceBytes);
}

TEST_F(SlowReaders, streamed_answers_that_wait_hold_a_piece_each_not_the_whole) {
  const auto before = resident_kilobytes();
  std::vector<RawClient> held;
  for (int i = 0; i < 40; ++i) {  // 2.4 GB if each were held whole
    held.push_back(client());
    ASSERT_TRUE(held.back().send(get("/pieces")));
  }
  auto reader = client();
  EXPECT_GT(median_answer(reader, 300).count(), 0);
  EXPECT_LT(resident_kilobytes() - before, 200u * 1024);
}

class StrictEdge : public EdgeTest {
  void adjust(http::EdgeSettings& settings) override {
    settings.limits.stall = std::chrono::milliseconds{300};
  }
};

TEST_F(StrictEdge, a_client_that_takes_nothing_is_cut_off_in_time) {
  auto stalled = client();
  stalled.send(get("/large"));
  EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == 1; }));
  EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == 0; }));
  EXPECT_FALSE(stalled.read_answer().complete);
}

class ScarceEdge : public EdgeTest {
  void adjust(http::EdgeSettings& settings) override { settings.held_bytes = kLargeBytes; }
};

TEST_F(ScarceEdge, when_slow_clients_hold_too_much_together_the_largest_go) {
  std::vector<RawClient> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(client());
    held.back().send(get("/large"));
  }
  EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == 1; }));
  EXPECT_EQ(ask(get("/x")).body, "GET /x");
}

}  // namespace
}  // namespace qd::test
