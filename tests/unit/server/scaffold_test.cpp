// A new family's folder: what is in it, and what is refused.
#include "server/cli/scaffold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/cases/case_file.hpp"

namespace qd::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Scaffold : public testing::Test {
 protected:
  Scaffold() { fs::remove_all(folder_); }
  ~Scaffold() override { fs::remove_all(folder_); }

  Result<void> make(const std::string& name, const fs::path& folder) {
    return scaffold_family(fs::path(QUARTERDAY_SOURCE_DIR) / "plugins/_template", folder_ / folder,
                           name, {"copis", "involvement"});
  }
  std::string refusal(const std::string& name, const fs::path& folder) {
    const auto made = make(name, folder);
    return made ? "" : to_text(made.error());
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(Scaffold, holds_what_a_family_needs_under_its_own_name) {
  ASSERT_TRUE(make("repair_times", "rt"));
  const auto code = contents(folder_ / "rt/repair_times.cpp");
  EXPECT_THAT(code, HasSubstr("class RepairTimes"));
  EXPECT_THAT(code, Not(HasSubstr("emplate")));
  EXPECT_THAT(contents(folder_ / "rt/CMakeLists.txt"),
              HasSubstr("quarterday_add_family(repair_times repair_times.cpp)"));
  EXPECT_FALSE(fs::exists(folder_ / "rt/README.md"));
}

TEST_F(Scaffold, has_one_case_that_says_what_to_do_and_can_be_read) {
  ASSERT_TRUE(make("repair_times", "rt"));
  std::size_t n_cases = 0;
  for (const auto& entry : fs::directory_iterator(folder_ / "rt/cases")) {
    ++n_cases;
    const auto given = cases::parse_case(contents(entry.path()));
    ASSERT_TRUE(given);
    EXPECT_THAT(given->title, HasSubstr("Write the first rule here"));
  }
  EXPECT_EQ(n_cases, 1u);
}

TEST_F(Scaffold, refuses_what_cannot_name_a_family) {
  for (const std::string name : {"", "Repairs", "repair-times", "1st", "_x", "a b"})
    EXPECT_THAT(refusal(name, "x"), HasSubstr("'" + name + "' cannot name a family")) << name;
  EXPECT_THAT(refusal(std::string(61, 'a'), "x"), HasSubstr("cannot name a family"));
  EXPECT_EQ(refusal(std::string(60, 'a'), "x"), "");
}

TEST_F(Scaffold, refuses_an_id_that_ships_and_a_folder_that_is_there) {
  EXPECT_THAT(refusal("copis", "x"), HasSubstr("'copis' is the id of a family that ships"));
  EXPECT_FALSE(fs::exists(folder_ / "x"));
  ASSERT_TRUE(make("mine", "x"));
  EXPECT_THAT(refusal("other", "x"), HasSubstr("is there already"));
}

TEST(ShellWord, quotes_what_a_shell_would_take_apart) {
  EXPECT_EQ(shell_word("/home/me/a_b-c.so"), "/home/me/a_b-c.so");
  EXPECT_EQ(shell_word("/home/my self"), "'/home/my self'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word("~x"), "'~x'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace qd::cli
