// The promise to every family that was ever built: what lies where, and what leaves a library.
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <fstream>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/contract/abi/layout.h"

extern "C" void abi_write_layout_as_c(char* out, std::size_t room);

namespace {

constexpr std::size_t kRoom = 16'000;

std::string layout(void (*write)(char*, std::size_t)) {
  std::string text(kRoom, '\0');
  write(text.data(), text.size());
  text.resize(text.find('\0'));
  return text;
}

std::string file(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct ClosePipe {
  void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

std::vector<std::string> exported_symbols(const std::string& library) {
  const std::string command = "nm -D --defined-only '" + library + "'";
  const std::unique_ptr<std::FILE, ClosePipe> pipe(::popen(command.c_str(), "r"));
  std::vector<std::string> symbols;
  char line[1000];
  while (pipe && std::fgets(line, sizeof line, pipe.get())) {
    std::istringstream words(line);
    std::string address, type, name;
    words >> address >> type >> name;
    symbols.push_back(name);
  }
  return symbols;
}

TEST(Abi, what_lies_where_never_changes_within_a_major_version) {
  const std::string promised = file(QUARTERDAY_SOURCE_DIR "/api-spec/abi/plugin-1.layout");
  EXPECT_EQ(layout(abi_write_layout), promised);
}

TEST(Abi, c11_and_cpp_see_the_same_layout) {
  EXPECT_EQ(layout(abi_write_layout_as_c), layout(abi_write_layout));
}

// The list in layout.h is written by hand; a field that it forgets would not be promised.
TEST(Abi, every_field_of_the_header_is_in_the_layout) {
  const std::string header = file(QUARTERDAY_SOURCE_DIR "/sdk/include/quarterday/plugin.h");
  const std::regex body(R"(typedef struct (?:qd_run )?\{([^}]*)\} (qd_\w+);)");
  const std::regex remark(R"(/\*[\s\S]*?\*/)");
  const std::regex field(R"((?:\(\*(\w+)\)\([^;]*\)|(\w+))\s*(?:,|;))");
  const std::string plain = std::regex_replace(header, remark, "");
  const std::string known = layout(abi_write_layout);
  std::set<std::string> structs;
  for (std::sregex_iterator one(plain.begin(), plain.end(), body), end; one != end; ++one) {
    const std::string fields = (*one)[1], name = (*one)[2];
    structs.insert(name);
    for (std::sregex_iterator f(fields.begin(), fields.end(), field); f != end; ++f) {
      const std::string called = (*f)[1].matched ? (*f)[1] : (*f)[2];
      EXPECT_NE(known.find("  " + name + "." + called + " "), std::string::npos)
          << name << "." << called;
    }
  }
  EXPECT_EQ(structs.size(), 9u);
}

// The copy is what families of 1.0 were built against; it is never changed.
TEST(Abi, what_1_0_said_is_still_in_the_header) {
  const std::string now = file(QUARTERDAY_SOURCE_DIR "/sdk/include/quarterday/plugin.h");
  const std::string then =
      file(QUARTERDAY_SOURCE_DIR "/tests/contract/abi/frozen/1.0/quarterday/plugin.h");
  const std::regex size(R"(#define QD_\w+_SIZE_1_0 \d+u|#define QD_\w+_1 "[^"]+"|QD_\w+ = \d+u?)");
  std::size_t promises = 0;
  for (std::sregex_iterator one(then.begin(), then.end(), size), end; one != end; ++one, ++promises)
    EXPECT_NE(now.find(one->str()), std::string::npos) << one->str();
  EXPECT_GE(promises, 50u);
}

// Reading no more than that of a struct is what lets the others grow.
TEST(Abi, the_least_sizes_are_those_of_1_0) {
  EXPECT_GE(sizeof(qd_reading), QD_READING_SIZE_1_0);
  EXPECT_GE(sizeof(qd_parameter), QD_PARAMETER_SIZE_1_0);
  EXPECT_GE(sizeof(qd_definition), QD_DEFINITION_SIZE_1_0);
  EXPECT_GE(sizeof(qd_column), QD_COLUMN_SIZE_1_0);
  EXPECT_GE(sizeof(qd_batch), QD_BATCH_SIZE_1_0);
  EXPECT_GE(sizeof(qd_fact), QD_FACT_SIZE_1_0);
  EXPECT_GE(sizeof(qd_run), QD_RUN_SIZE_1_0);
  EXPECT_GE(sizeof(qd_working_days), QD_WORKING_DAYS_SIZE_1_0);
  EXPECT_GE(sizeof(qd_family), QD_FAMILY_SIZE_1_0);
  static_assert(QD_ABI_MINOR > 0 || sizeof(qd_run) == QD_RUN_SIZE_1_0);
  static_assert(QD_ABI_MINOR > 0 || sizeof(qd_definition) == QD_DEFINITION_SIZE_1_0);
  static_assert(QD_ABI_MINOR > 0 || sizeof(qd_fact) == QD_FACT_SIZE_1_0);
  static_assert(QD_ABI_MINOR > 0 || sizeof(qd_family) == QD_FAMILY_SIZE_1_0);
}

TEST(Abi, exactly_one_symbol_leaves_a_family) {
  const std::vector<std::string> libraries = {
#include "family_libraries.inc"
  };
  ASSERT_GE(libraries.size(), 4u);
  for (const std::string& library : libraries)
    EXPECT_EQ(exported_symbols(library), std::vector<std::string>{"qd_family_entry"}) << library;
}

}  // namespace
