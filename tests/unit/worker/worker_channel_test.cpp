// The worker's end of the pipe: whole frames or none.
#include "core/worker/child/worker_channel.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

namespace qd::worker::child {
namespace {

class Channel : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::pipe(ends_.data()), 0); }
  void TearDown() override { ::close(ends_[0]); }

  // What is read of `bytes` when the other side is gone after them.
  bool reads(const std::string& bytes) {
    EXPECT_EQ(::write(ends_[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    ::close(ends_[1]);
    return WorkerChannel(ends_[0], -1).read(frame_);
  }

  std::array<int, 2> ends_{};
  Frame frame_;
  std::string whole_ = framed(wire::FrameKind::kStatus, "odd");
};

TEST_F(Channel, AWholeFrame) {
  ASSERT_TRUE(reads(whole_));
  EXPECT_EQ(frame_.kind, wire::FrameKind::kStatus);
  EXPECT_EQ(std::string(frame_.bytes.begin(), frame_.bytes.end()), "odd");
}

TEST_F(Channel, NothingIsNoFrame) { EXPECT_FALSE(reads("")); }

TEST_F(Channel, AMarkAloneIsNoFrame) {
  EXPECT_FALSE(reads(whole_.substr(0, sizeof wire::kFrameMark)));
}

TEST_F(Channel, AHeadWithoutItsLastByteIsNoFrame) {
  EXPECT_FALSE(reads(whole_.substr(0, sizeof(wire::FrameHead) - 1)));
}

TEST_F(Channel, ABodyWithoutItsLastByteIsNoFrame) {
  EXPECT_FALSE(reads(whole_.substr(0, whole_.size() - 1)));
}

TEST_F(Channel, AnotherMarkIsNoFrame) {
  whole_.front() ^= 1;
  EXPECT_FALSE(reads(whole_));
}

}  // namespace
}  // namespace qd::worker::child
