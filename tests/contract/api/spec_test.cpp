// The promises in api-spec/ against the program: neither may drift from the other.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "core/model/error.hpp"
#include "server/faces/catalogue.hpp"
#include "server/faces/figure_writer.hpp"
#include "server/rest/resources/resources.hpp"

namespace qd {
namespace {

std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(std::string(QUARTERDAY_SOURCE_DIR "/api-spec/") + path);
  EXPECT_TRUE(file) << path;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// First group of every line that matches.
std::vector<std::string> found(const std::vector<std::string>& lines, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> matches;
  std::smatch match;
  for (const auto& line : lines)
    if (std::regex_match(line, match, regex)) matches.push_back(match[1]);
  return matches;
}

// The lines from the one that matches to the next that is indented no deeper.
std::vector<std::string> block(const std::vector<std::string>& lines, const std::string& head) {
  std::vector<std::string> inside;
  const auto indent = head.find_first_not_of(' ');
  bool on = false;
  for (const auto& line : lines) {
    if (on && line.find_first_not_of(' ') <= indent) break;
    if (on) inside.push_back(line);
    on = on || line == head;
  }
  EXPECT_FALSE(inside.empty()) << head;
  return inside;
}

TEST(ErrorsYaml, is_the_catalogue) {
  std::string expected;
  for (const auto& entry : error_catalogue())
    expected += fmt::format("  - code: {}\n    name: {}\n    status: {}\n    title: \"{}\"\n",
                            code_text(entry.code), entry.name, entry.http_status, entry.title);
  std::string written;
  std::size_t hints = 0;
  for (const auto& line : lines_of("errors.yaml")) {
    const bool hint = line.rfind("    hint: \"", 0) == 0 && line.size() > 12;
    hints += hint ? 1 : 0;
    if (!hint && line.rfind("  ", 0) == 0) written += line + "\n";
  }
  EXPECT_EQ(written, expected);
  EXPECT_EQ(hints, error_catalogue().size()) << "every error says what to do";
}

TEST(OpenApi, describes_every_route_and_no_other) {
  std::set<std::string> served;
  for (const auto& route : rest::resources::all_routes()) served.insert(route.pattern);
  const auto described = found(lines_of("openapi.yaml"), "  (/[^ ]*):");
  EXPECT_EQ(std::set<std::string>(described.begin(), described.end()), served);
}

TEST(OpenApi, says_which_routes_need_no_key) {
  const auto lines = lines_of("openapi.yaml");
  for (const auto& route : rest::resources::all_routes()) {
    const auto path = block(lines, "  " + route.pattern + ":");
    const bool open = !found(path, "( {6}security: \\[\\])").empty();
    EXPECT_EQ(open, !route.scope.has_value()) << route.pattern;
    EXPECT_FALSE(found(path, " {6}summary: (.+)").empty()) << route.pattern;
  }
}

TEST(OpenApi, describes_every_parameter_of_every_route) {
  const auto lines = lines_of("openapi.yaml");
  for (const auto& route : rest::resources::all_routes()) {
    const auto path = block(lines, "  " + route.pattern + ":");
    auto names = found(path, " {8}- \\{name: (\\w+), in: query.*");
    for (const auto& shared : found(path, ".*#/components/parameters/(\\w+).*"))
      if (shared == "format") names.push_back(shared);
    EXPECT_EQ(std::multiset<std::string>(names.begin(), names.end()),
              std::multiset<std::string>(route.parameters.begin(), route.parameters.end()))
        << route.pattern;
  }
}

TEST(OpenApi, a_figure_has_the_properties_that_are_written) {
  const auto figure = block(lines_of("openapi.yaml"), "    Figure:");
  std::vector<std::string> written;
  for (const auto& field : faces::figure_fields()) written.emplace_back(field.name);
  EXPECT_EQ(found(figure, " {8}(\\w+): \\{.*"), written);
}

// Every list is of things whose properties are the columns that are written.
TEST(OpenApi, what_is_listed_has_the_columns_of_its_table) {
  const std::pair<const char*, formats::TextTable> lists[] = {
      {"Link", faces::link_table({})},       {"Area", faces::area_table({})},
      {"Period", faces::period_table({})},   {"Family", faces::family_table({})},
      {"Run", faces::run_table({})},         {"Return", faces::return_table({})},
      {"Job", faces::schedule_table({}, {})}};
  for (const auto& [name, table] : lists) {
    const auto schema = block(lines_of("openapi.yaml"), std::string("    ") + name + ":");
    std::vector<std::string> written;
    std::string required = "      required: [";
    for (const auto& column : table.columns) {
      written.push_back(column.name);
      required += std::string(written.size() > 1 ? ", " : "") + column.name;
    }
    EXPECT_EQ(found(schema, " {8}(\\w+): \\{.*"), written) << name;
    EXPECT_EQ(found(schema, "(      required: .*)"), std::vector<std::string>{required + "]"});
  }
}

TEST(OpenApi, a_definition_has_the_fields_of_the_list) {
  const auto definition = block(lines_of("openapi.yaml"), "    Definition:");
  std::vector<std::string> written, described;
  std::string required = "      required: [";
  for (const auto& column : faces::indicator_table({}, {}).columns) {
    written.push_back(column.name);
    required += std::string(written.size() > 1 ? ", " : "") + column.name;
  }
  for (const auto& field : definition_fields())
    described.push_back(fmt::format("{}: {}", field.name, field.meaning));
  EXPECT_EQ(found(definition, " {8}(\\w+): \\{.*"), written);
  EXPECT_EQ(found(definition, "(      required: .*)"), std::vector<std::string>{required + "]"});
  ASSERT_EQ(written.size(), described.size() + 2) << "revision and links are not of the list";
  const auto meanings = found(definition, " {8}\\w+: \\{.*description: \"(.*)\"\\}");
  for (std::size_t i = 0; i < described.size(); ++i)
    EXPECT_EQ(fmt::format("{}: {}", written[i], meanings[i]), described[i]);
}

TEST(OpenApi, every_problem_a_route_names_is_the_problem_of_rfc_9457) {
  const auto problem = block(block(lines_of("openapi.yaml"), "  schemas:"), "    Problem:");
  EXPECT_EQ(found(problem, " {6}required: \\[(.*)\\]"),
            std::vector<std::string>{"type, title, status, detail, instance, code, hint"});
}

}  // namespace
}  // namespace qd
