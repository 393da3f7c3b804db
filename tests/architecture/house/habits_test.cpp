// Habits that can be checked by reading: no sleep, no empty test, no catch-all, files of one
// thought.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/architecture/house/source_tree.hpp"

namespace {

using house::joined;
using house::lines_with;
using house::sources;

const std::vector<std::string> kCode = {"sdk", "plugins", "core", "orm", "jobs", "server"};

// This file names what it forbids.
std::vector<house::SourceFile> tests_but_this_room() {
  auto files = sources({"tests"});
  std::erase_if(files, [](const house::SourceFile& file) {
    return file.path.starts_with("tests/architecture/");
  });
  return files;
}

TEST(Habits, no_test_sleeps_because_time_is_a_clock) {
  const auto found =
      lines_with(tests_but_this_room(), R"(sleep_for|sleep_until|usleep|nanosleep|\bsleep\s*\()");
  EXPECT_TRUE(found.empty()) << joined(found);
  const auto in_scripts = lines_with(sources({"tests"}, house::kScriptEndings), R"(\bsleep\b)");
  EXPECT_TRUE(in_scripts.empty()) << joined(in_scripts);
}

TEST(Habits, every_test_file_asserts_something) {
  for (const auto& file : tests_but_this_room()) {
    if (!file.path.ends_with("_test.cpp")) continue;
    EXPECT_FALSE(lines_with({file}, R"((EXPECT|ASSERT|RC_ASSERT)\w*\()").empty()) << file.path;
  }
}

TEST(Habits, nothing_is_caught_without_a_name_but_at_the_seam) {
  auto files = sources(kCode);
  // guarded(): the one place where whatever a family throws becomes a status.
  std::erase_if(files, [](const house::SourceFile& file) {
    return file.path.starts_with("sdk/include/quarterday/");
  });
  const auto found = lines_with(files, R"(catch\s*\(\s*\.\.\.\s*\))");
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(Habits, unfinished_work_is_not_left_behind) {
  const auto found = lines_with(sources(kCode), R"(\b(TODO|FIXME|XXX|HACK)\b)");
  EXPECT_TRUE(found.empty()) << joined(found);
}

TEST(Habits, a_file_holds_one_thought) {
  for (const auto& file : sources(kCode)) EXPECT_LE(file.lines.size(), 400u) << file.path;
}

TEST(Habits, the_smallest_family_fits_a_screen) {
  const auto folder = std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "plugins/_template";
  const auto declaration = house::read_lines(folder / "template.toml");
  const auto code = house::read_lines(folder / "template.cpp");
  ASSERT_FALSE(declaration.empty() || code.empty());
  EXPECT_LE(declaration.size() + code.size(), 45u);
}

// What a family is built against; running one is the host's, and the host's alone.
TEST(Habits, the_sdk_is_headers_and_how_to_build) {
  std::set<std::string> found;
  const auto folder = std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "sdk";
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    found.insert(entry.path().filename().string());
  EXPECT_EQ(found,
            (std::set<std::string>{"CMakeLists.txt", "LICENSE", "cmake", "family.map", "include"}));
  for (const auto& file : sources({"sdk"}))
    EXPECT_TRUE(file.path.ends_with(".hpp") || file.path.ends_with(".h")) << file.path;
}

TEST(Habits, names_say_what_a_thing_is) {
  const auto found = lines_with(
      sources(kCode), R"((class|struct|enum class)\s+\w*(Manager|Helper|Util|Misc|Common|Info)\b)");
  EXPECT_TRUE(found.empty()) << joined(found);
}

}  // namespace
