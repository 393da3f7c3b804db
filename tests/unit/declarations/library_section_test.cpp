// A library says what it is without being run, and a file that is none is refused in a sentence.
#include "core/declarations/library_section.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace qd {
namespace {

namespace fs = std::filesystem;

class Library : public testing::Test {
 protected:
  Library() {
    std::string path = (fs::temp_directory_path() / "quarterday-XXXXXX").string();
    folder_ = ::mkdtemp(path.data());
    fs::copy_file(TEMPLATE_LIBRARY, library());
  }
  ~Library() override { fs::remove_all(folder_); }

  fs::path library() const { return folder_ / "template.so"; }
  std::string bytes() const {
    std::ifstream in(library(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& bytes) const {
    std::ofstream(library(), std::ios::binary | std::ios::trunc) << bytes;
  }
  void objcopy(const std::string& arguments) const {
    ASSERT_EQ(std::system((OBJCOPY " " + arguments + " " + library().string()).c_str()), 0);
  }
  std::string refusal() const {
    const auto family = declarations::read_library(library());
    if (family) return "it is not refused";
    EXPECT_EQ(family.error().code, ErrorCode::kFamilyRefused);
    return family.error().message;
  }

  fs::path folder_;
};

TEST_F(Library, SaysWhatItIs) {
  const auto family = declarations::read_library(library());
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->id, "template");
  EXPECT_EQ(family->abi, "1.0");
  EXPECT_EQ(family->library, library());
  EXPECT_EQ(family->indicators.at(0).code, "template.in_time");
  EXPECT_EQ(family->tables.at(0).name, "template_jobs");
}

TEST_F(Library, ADeclarationCanBeExchangedWithoutBuildingAnything) {
  std::ofstream(folder_ / "new.toml")
      << declarations::sections_of(library())->declaration
      << "[[indicator]]\ncode = \"template.other\"\nlike = \"template.in_time\"\n";
  objcopy("--update-section quarterday.declaration=" + (folder_ / "new.toml").string());
  const auto family = declarations::read_library(library());
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->indicators.at(1).code, "template.other");
}

TEST_F(Library, WithoutADeclarationIsNoFamily) {
  objcopy("--remove-section quarterday.declaration");
  EXPECT_EQ(refusal(), "family template refused: it carries no declaration");
}

TEST_F(Library, AWrongDeclarationIsToldWithItsPlace) {
  std::ofstream(folder_ / "new.toml") << "id = \"template\"\nversion = \"1\"\n";
  objcopy("--update-section quarterday.declaration=" + (folder_ / "new.toml").string());
  EXPECT_THAT(refusal(),
              testing::StartsWith("family template refused: template.toml:1:1: no title"));
}

TEST_F(Library, IsCalledAsItsFileIs) {
  fs::rename(library(), folder_ / "other.so");
  const auto family = declarations::read_library(folder_ / "other.so");
  ASSERT_FALSE(family);
  EXPECT_EQ(family.error().message,
            "family other refused: its id is template, its file is other.so; give both the same "
            "name");
}

TEST_F(Library, WhatIsNoLibraryForThisMachineIsRefused) {
  const std::string no_library =
      "family template refused: it is not a shared library for this machine";
  const auto good = bytes();
  write("not a library");
  EXPECT_EQ(refusal(), no_library);
  write("");
  EXPECT_EQ(refusal(), no_library);
  auto other_machine = good;
  other_machine[18] = static_cast<char>(good[18] + 1);  // e_machine
  write(other_machine);
  EXPECT_EQ(refusal(), no_library);
  auto a_program = good;
  a_program[16] = 2;  // e_type: ET_EXEC
  write(a_program);
  EXPECT_EQ(refusal(), no_library);
}

TEST_F(Library, AFileCutShortIsRefusedWhereverItEnds) {
  const auto good = bytes();
  for (std::size_t length = 0; length < good.size(); length += good.size() / 97) {
    write(good.substr(0, length));
    EXPECT_NE(refusal(), "it is not refused") << length;
  }
  write(good.substr(0, good.size() - 1));
  EXPECT_EQ(refusal(), "family template refused: its file is cut short");
}

TEST_F(Library, RubbishInItsSectionsIsRefusedOrRead) {
  const auto good = bytes();
  const std::size_t table = good.size() - 40 * 64;  // where the sections are listed
  for (std::size_t at = table; at < good.size(); at += 7) {
    auto bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x5A);
    write(bad);
    (void)declarations::read_library(library());  // ends, and touches nothing that is not there
  }
}

TEST_F(Library, WhatIsNoFileOrOthersMayWriteToIsRefused) {
  fs::permissions(library(), fs::perms::others_write, fs::perm_options::add);
  EXPECT_EQ(refusal(),
            "family template refused: others than its owner may write to it; chmod go-w " +
                library().string());
  fs::remove(library());
  EXPECT_THAT(refusal(), testing::HasSubstr("No such file or directory"));
  fs::create_directory(library());
  EXPECT_EQ(refusal(), "family template refused: it is not a regular file");
}

}  // namespace
}  // namespace qd
