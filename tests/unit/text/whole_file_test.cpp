// A file as one text: what is written is read again, and what is no file is told from an empty one.
#include "core/text/whole_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace qd {
namespace {

namespace fs = std::filesystem;

class WholeFile : public ::testing::Test {
 protected:
  WholeFile() { fs::create_directories(folder_); }
  ~WholeFile() override { fs::remove_all(folder_); }
  fs::path folder_ = fs::path(::testing::TempDir()) / ("whole_file" + std::to_string(::getpid()));
};

TEST_F(WholeFile, WhatIsWrittenIsReadAgain) {
  const std::string bytes("a\r\n\0b", 5);
  ASSERT_TRUE(text::write_whole(folder_ / "file", "something longer that was there before"));
  ASSERT_TRUE(text::write_whole(folder_ / "file", bytes));
  EXPECT_EQ(text::read_whole(folder_ / "file"), bytes);
}

TEST_F(WholeFile, AnEmptyOneIsAFile) {
  ASSERT_TRUE(text::write_whole(folder_ / "empty", ""));
  EXPECT_EQ(text::read_whole(folder_ / "empty"), "");
}

TEST_F(WholeFile, AFolderAndOneThatIsNotThereAreNone) {
  EXPECT_EQ(text::read_whole(folder_), std::nullopt);
  EXPECT_EQ(text::read_whole(folder_ / "none"), std::nullopt);
  EXPECT_FALSE(text::write_whole(folder_, "text"));
  EXPECT_FALSE(text::write_whole(folder_ / "none" / "file", "text"));
}

TEST_F(WholeFile, AFullDiskIsNoticed) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  EXPECT_FALSE(text::write_whole("/dev/full", "text"));
}

}  // namespace
}  // namespace qd
