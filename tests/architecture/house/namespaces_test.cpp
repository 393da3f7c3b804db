// A namespace is a room: what is declared in one stands in the other, and one name stands for one
// thing in it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/architecture/house/source_tree.hpp"

namespace {

using house::joined;
using house::sources;

const std::vector<std::string> kFloors = {"core", "demo", "jobs", "orm", "server"};

// "core/capture/csv/x.hpp" -> "qd::capture::csv". The vocabulary of all rooms is qd itself; the
// rooms of orm are one.
std::string namespace_of(const house::SourceFile& file) {
  std::string room = file.path.substr(0, file.path.rfind('/'));
  if (room == "core/model" || room.starts_with("core/ports")) return "qd";
  if (room.starts_with("orm")) return "qd::orm";
  for (const char* floor : {"core/", "server/"})
    if (room.starts_with(floor)) room.erase(0, std::string(floor).size());
  for (auto slash = room.find('/'); slash != std::string::npos; slash = room.find('/'))
    room.replace(slash, 1, "::");
  return "qd::" + room;
}

bool is_outside(const house::SourceFile& file) {
  return file.path.starts_with("orm/rows/") || file.path == "server/main.cpp";
}

// The namespaces a file opens at the left margin, but for nameless ones.
std::vector<std::string> opened(const house::SourceFile& file) {
  static const std::regex opening(R"(^namespace ([a-z_:]+) \{)");
  std::vector<std::string> found;
  for (const auto& line : file.lines)
    if (std::smatch match; std::regex_search(line, match, opening)) found.push_back(match[1]);
  return found;
}

TEST(Namespaces, follow_rooms) {
  for (const auto& file : sources(kFloors)) {
    if (is_outside(file)) continue;
    for (const auto& name : opened(file)) {
      const bool is_inside = name.starts_with(namespace_of(file));
      const bool is_nested_or_foreign = !name.starts_with("qd");
      EXPECT_TRUE(is_inside || is_nested_or_foreign) << file.path << " opens " << name;
    }
  }
}

TEST(Namespaces, hold_each_type_once) {
  static const std::regex type(R"(^(?:class|struct|enum class|enum) (\w+)(?: final)?(?: :| \{))");
  std::map<std::string, std::set<std::string>> places;  // qualified name -> files
  for (const auto& file : sources(kFloors)) {
    if (is_outside(file) || !file.path.ends_with(".hpp")) continue;
    for (const auto& line : file.lines)
      if (std::smatch match; std::regex_search(line, match, type))
        places[namespace_of(file) + "::" + match[1].str()].insert(file.path);
  }
  EXPECT_GT(places.size(), 100u);
  for (const auto& [name, files] : places)
    EXPECT_EQ(files.size(), 1u) << name << joined({files.begin(), files.end()});
}

}  // namespace
