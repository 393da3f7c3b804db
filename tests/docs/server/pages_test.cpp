// The reference pages of configuration and figures are generated from what the program goes by.
// QUARTERDAY_ACCEPT=1 rewrites them; the diff is the review.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "server/composition/configuration.hpp"
#include "server/faces/figure_writer.hpp"

namespace qd {
namespace {

void expect_page(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "docs/reference" / name;
  if (std::getenv("QUARTERDAY_ACCEPT") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string written{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(written, text) << "run this test with QUARTERDAY_ACCEPT=1 and read the diff";
}

TEST(Reference, configuration_page_lists_every_key) {
  std::string text =
      "# Configuration\n\n"
      "Read from `quarterday.toml`: the file named by `--config`, else the one in the working "
      "directory, else the\n"
      "one in the state directory, else /etc/quarterday/quarterday.toml of an installed program. "
      "The environment is stronger than the file, the command line "
      "stronger than both.\n"
      "A key that is not known keeps the program from starting, and the nearest known one is "
      "named. A key with a\n"
      "point stands in a table: `http.threads` is `threads` under `[http]`.\n\n"
      "| key | type | default | environment | meaning |\n|---|---|---|---|---|\n";
  for (const auto& key : composition::configuration_keys())
    text += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.name, key.type, key.default_text,
                        key.environment.empty() ? "" : "`" + key.environment + "`", key.meaning);
  text +=
      "\n`[family.ID]` holds texts that are handed to that family as they are; its README says "
      "which it knows.\n\n"
      "```toml\n"
      "listen = \"127.0.0.1:8080\"\n"
      "database = \"mysql://quarterday:secret@db.example.org:3306/quarterday\"\n"
      "landlord = \"DEMO-H4W\"\n\n"
      "[http]\n"
      "threads = 32\n"
      "long_at_once = 12\n"
      "```\n";
  expect_page("configuration.md", text);
}

TEST(Reference, figures_page_lists_every_field) {
  static constexpr const char* kKinds[] = {"text", "whole number", "decimal", "true or false",
                                           "list"};
  std::string text =
      "# Figures\n\n"
      "What stands in a line of `quarterday facts --format csv` and of `/api/v1/facts`, in this "
      "order. Numbers are\n"
      "plain decimals, never in exponent notation. A value that is missing is an empty cell, in "
      "JSON `null`; a list\n"
      "is separated by semicolons, in JSON an array.\n\n"
      "| field | type | meaning |\n|---|---|---|\n";
  for (const auto& field : faces::figure_fields())
    text += fmt::format("| `{}` | {} | {} |\n", field.name,
                        kKinds[static_cast<std::size_t>(field.kind)], field.meaning);
  expect_page("figures.md", text);
}

// What the page says is what the exchanges show, and they are tried one by one against a server.
TEST(Reference, rest_page_shows_each_sentence_by_an_exchange_and_each_exchange) {
  namespace fs = std::filesystem;
  const fs::path source(QUARTERDAY_SOURCE_DIR);
  std::ifstream file(source / "docs/reference/rest.md", std::ios::binary);
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::regex link(R"(\]\(\.\./\.\./api-spec/examples/([\w-]+\.http)\))");
  for (auto at = page.find("\n- "); at != std::string::npos; at = page.find("\n- ", at + 1)) {
    const auto sentence = page.substr(at, page.find("\n- ", at + 1) - at);
    EXPECT_TRUE(std::regex_search(sentence, link)) << sentence;
  }
  std::set<std::string> shown, there;
  for (std::sregex_iterator found(page.begin(), page.end(), link), end; found != end; ++found)
    shown.insert((*found)[1]);
  for (const auto& entry : fs::directory_iterator(source / "api-spec/examples"))
    if (entry.path().extension() == ".http") there.insert(entry.path().filename().string());
  EXPECT_EQ(shown, there);
}

}  // namespace
}  // namespace qd
