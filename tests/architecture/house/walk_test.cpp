// docs/explanation/architecture.md names the stops of a record: each stands where it says, and all
// are counted.
#include <gtest/gtest.h>

#include <regex>

#include "tests/architecture/house/source_tree.hpp"

namespace {

struct Stop {
  int number;
  std::string name;  // "LineCheck::check"
  std::string file;
};

std::vector<std::string> page() {
  return house::read_lines(std::filesystem::path(QUARTERDAY_SOURCE_DIR) /
                           "docs/explanation/architecture.md");
}

std::vector<Stop> stops() {
  static const std::regex row(R"(^\| (\d+) \|[^|]*\| `([\w:]+)` \| `([\w/.]+)` \|)");
  std::vector<Stop> found;
  std::smatch parts;
  for (const auto& line : page())
    if (std::regex_search(line, parts, row))
      found.push_back({std::stoi(parts[1]), parts[2], parts[3]});
  return found;
}

bool is_defined(const Stop& stop) {
  const auto last = stop.name.rfind("::");
  const auto own = last == std::string::npos ? stop.name : stop.name.substr(last + 2);
  const std::regex definition(R"(^(?!\s*(return|if|for|while)\b)[^=;]*\b)" + own + R"(\()");
  const auto lines = house::read_lines(std::filesystem::path(QUARTERDAY_SOURCE_DIR) / stop.file);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return std::regex_search(line, definition); });
}

TEST(Walk, every_stop_of_a_record_stands_where_the_page_says) {
  ASSERT_FALSE(stops().empty());
  for (const auto& stop : stops())
    EXPECT_TRUE(is_defined(stop)) << stop.name << " in " << stop.file;
}

TEST(Walk, the_stops_are_numbered_and_their_number_is_said) {
  int number = 0;
  for (const auto& stop : stops()) EXPECT_EQ(stop.number, ++number);
  const auto said = std::to_string(number) + " stops";
  const auto lines = page();
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(),
                          [&](const auto& line) { return line.find(said) != std::string::npos; }))
      << "the page does not say that there are " << said;
}

}  // namespace
