// Four floors, no circles: an include never points up, and a library is visible on one floor only.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/architecture/house/source_tree.hpp"

namespace {

using house::joined;
using house::lines_with;
using house::sources;

const std::map<std::string, std::set<std::string>> kMayInclude = {
    {"sdk", {}},
    {"plugins", {}},
    {"core", {"core"}},
    {"demo", {"demo", "core"}},
    {"jobs", {"jobs", "core"}},
    {"orm", {"orm", "core"}},
    {"server", {"server", "jobs", "orm", "core", "demo"}},
};

std::vector<std::string> upward_includes(const house::SourceFile& file,
                                         const std::set<std::string>& allowed) {
  static const std::regex include(R"(^\s*#\s*include\s*"([a-z_]+)/)");
  std::vector<std::string> found;
  for (const auto& line : file.lines) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string folder = match[1];
    if (kMayInclude.count(folder) != 0 && allowed.count(folder) == 0)
      found.push_back(file.path + ": " + line);
  }
  return found;
}

TEST(Floors, an_include_never_points_up) {
  for (const auto& [folder, allowed] : kMayInclude)
    for (const auto& file : sources({folder})) {
      const auto found = upward_includes(file, allowed);
      EXPECT_TRUE(found.empty()) << joined(found);
    }
}

TEST(Floors, a_family_sees_the_sdk_and_the_standard_library_alone) {
  const auto found =
      lines_with(sources({"sdk/include", "plugins"}),
                 R"(#\s*include\s*[<"](fmt|Poco|tl|spdlog|sqlite3|core|server|orm))");
  EXPECT_TRUE(found.empty()) << joined(found);
}

// The library, the folders that may see it.
struct Visibility {
  const char* what;
  const char* include;
  std::vector<std::string> hidden_from;
};

TEST(Floors, a_library_is_visible_on_its_own_floor_only) {
  const std::vector<Visibility> rules = {
      {"the database",
       R"(#\s*include\s*[<"](odb/|sqlite3|mysql|cppconn/))",
       {"sdk", "plugins", "core", "jobs", "server"}},
      {"HTTP", R"(#\s*include\s*[<"](pistache/))", {"sdk", "plugins", "core", "jobs", "orm"}},
      {"the workbook writer",
       R"(#\s*include\s*[<"]xlsxwriter)",
       {"sdk", "plugins", "core/model", "core/ports", "core/capture", "core/worker", "core/compute",
        "core/returns", "jobs", "orm", "server"}},
      {"dlopen",
       R"(#\s*include\s*<dlfcn)",
       {"plugins", "core/model", "core/capture", "core/compute", "core/returns", "core/families",
        "core/worker/parent", "core/worker/wire", "jobs", "orm", "server"}},
  };
  for (const auto& rule : rules) {
    const auto found = lines_with(sources(rule.hidden_from), rule.include);
    EXPECT_TRUE(found.empty()) << rule.what << " is visible here:" << joined(found);
  }
}

TEST(Floors, no_public_header_shows_a_third_party_type) {
  auto headers = sources({"core", "jobs"});
  std::erase_if(headers,
                [](const house::SourceFile& file) { return !file.path.ends_with(".hpp"); });
  // tl::expected is Result, spelled once.
  std::erase_if(headers,
                [](const house::SourceFile& file) { return file.path == "core/model/error.hpp"; });
  const auto found =
      lines_with(headers, R"(#\s*include\s*<(Poco|rapidjson|xlsxwriter|csv\.h|roaring|tl/|date/))");
  EXPECT_TRUE(found.empty()) << joined(found);
}

}  // namespace
