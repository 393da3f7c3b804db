// The real file system, in a folder of its own.
#include "jobs/file_system.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace qd {
namespace {

class Folder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "/quarterday-XXXXXX";
    path_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(path_); }
  std::string in(const char* name) const { return path_ + "/" + name; }

  jobs::PosixFileSystem files_;
  std::string path_;
};

TEST_F(Folder, WhatIsWrittenIsReadAgain) {
  const std::string bytes = std::string("PK\0\3", 4) + std::string(300'000, 'x');
  ASSERT_TRUE(files_.make_folder(in("a/b")));
  ASSERT_TRUE(files_.make_folder(in("a/b")));
  ASSERT_TRUE(files_.write_synced(in("a/b/.part"), bytes));
  ASSERT_TRUE(files_.rename_new(in("a/b/.part"), in("a/b/return.xlsx")));
  ASSERT_TRUE(files_.sync_folder(in("a/b")));
  EXPECT_EQ(files_.read(in("a/b/return.xlsx")).value(), bytes);
  EXPECT_EQ(files_.names(in("a/b")).value(), std::vector<std::string>{"return.xlsx"});
}

TEST_F(Folder, ANameThatIsTakenIsNotGivenAgain) {
  ASSERT_TRUE(files_.write_synced(in("old"), "old"));
  ASSERT_TRUE(files_.write_synced(in("new"), "new"));
  const auto renamed = files_.rename_new(in("new"), in("old"));
  ASSERT_FALSE(renamed);
  EXPECT_EQ(renamed.error().code, ErrorCode::kDeliveryFailed);
  EXPECT_NE(renamed.error().message.find("File exists"), std::string::npos);
  EXPECT_EQ(files_.read(in("old")).value(), "old");
}

// File systems that cannot be asked to refuse a taken name: each says so in its own way.
TEST_F(Folder, WhereARenameCannotRefuseAHardLinkDoes) {
  for (const jobs::RenameNew rename : {+[](const char*, const char*) { return EINVAL; },
                                       +[](const char*, const char*) { return ENOSYS; }}) {
    jobs::PosixFileSystem files(rename);
    ASSERT_TRUE(files.write_synced(in("part"), "whole"));
    ASSERT_TRUE(files.rename_new(in("part"), in("return.xlsx")));
    EXPECT_EQ(files.names(path_).value(), std::vector<std::string>{"return.xlsx"});
    ASSERT_TRUE(files.write_synced(in("part"), "another"));
    EXPECT_NE(files.rename_new(in("part"), in("return.xlsx")).error().message.find("File exists"),
              std::string::npos);
    EXPECT_EQ(files.read(in("return.xlsx")).value(), "whole");
    ASSERT_TRUE(files.remove(in("return.xlsx")));
    ASSERT_TRUE(files.remove(in("part")));
  }
}

// Any other refusal is told: a link would go past what the rename was refused for.
TEST_F(Folder, WhatARenameRefusesNoLinkTries) {
  jobs::PosixFileSystem files(+[](const char*, const char*) { return EPERM; });
  ASSERT_TRUE(files.write_synced(in("part"), "whole"));
  EXPECT_NE(files.rename_new(in("part"), in("return.xlsx")).error().message.find("not permitted"),
            std::string::npos);
  EXPECT_EQ(files.names(path_).value(), std::vector<std::string>{"part"});
}

TEST_F(Folder, AMissingFileIsNoErrorWhereNoneIsPromised) {
  EXPECT_EQ(files_.read(in("none")).value(), std::nullopt);
  EXPECT_TRUE(files_.remove(in("none")));
  EXPECT_FALSE(files_.names(in("none")));
  EXPECT_FALSE(files_.sync_folder(in("none")));
}

TEST_F(Folder, AFullDiskIsASentence) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const auto written = files_.write_synced("/dev/full", "bytes");
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find("No space left on device"), std::string::npos);
}

}  // namespace
}  // namespace qd
