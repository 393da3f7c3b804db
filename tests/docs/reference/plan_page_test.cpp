// The pages on plans of returns say what the reader of plans goes by.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

#include "core/returns/plan/plan.hpp"

namespace qd {
namespace {

std::string page(const std::string& name) {
  std::ifstream file(std::string(QUARTERDAY_SOURCE_DIR) + "/docs/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The rows of the table that has this head.
std::string rows_below(const std::string& text, const std::string& head) {
  const std::size_t at = text.find(head);
  EXPECT_NE(at, std::string::npos) << head;
  if (at == std::string::npos) return "";
  const std::size_t first = text.find('\n', text.find('\n', at) + 1) + 1;  // behind the rule
  return text.substr(first, text.find("\n\n", first) + 1 - first);
}

TEST(PlanPages, TheReferenceHasEveryKey) {
  std::string rows;
  for (const auto& key : returns::plan::plan_keys())
    rows += fmt::format("| {} | `{}` | {} | {} |\n",
                        key.table.empty() ? "" : fmt::format("`{}`", key.table), key.name, key.type,
                        key.meaning);
  EXPECT_EQ(rows_below(page("reference/plan.md"), "| table | key | type | meaning |"), rows);
}

TEST(PlanPages, TheReferenceHasEveryColumn) {
  std::string rows;
  for (const auto& column : returns::plan::column_words())
    rows += fmt::format("| `{}` | {} | {} |\n", column.key, column.heading, column.meaning);
  EXPECT_EQ(rows_below(page("reference/plan.md"), "| column | heading | what it holds |"), rows);
  EXPECT_EQ(
      std::count_if(returns::plan::column_words().begin(), returns::plan::column_words().end(),
                    [](const auto& column) { return column.of_links; }),
      6)
      << "the page says six";
}

TEST(PlanPages, TheSectionOfTheHowToIsTaken) {
  const std::string text = page("how-to/change-the-return.md");
  const std::size_t from = text.find("[[section]]");
  ASSERT_NE(from, std::string::npos);
  const auto plan = returns::plan::read_plan(
      "title = 'A'\nabout = 'b'\n" + text.substr(from, text.find("```", from) - from), "plan.toml");
  ASSERT_TRUE(plan) << plan.error().message;
  EXPECT_EQ(plan->sections.front().indicators, (std::vector<std::string>{"RP02_1", "TP03"}));
}

TEST(PlanPages, TheRefusalOfTheHowToIsTheOneThatIsSaid) {
  const auto plan = returns::plan::read_plan(
      "title = 'A'\nabout = 'b'\n[[section]]\ntitle = 'c'\nholds = 'd'\nfamilies = ['e']\n"
      "columns = ['code', 'titel']\n",
      "plan.toml");
  ASSERT_FALSE(plan);
  EXPECT_NE(page("how-to/change-the-return.md")
                .find("QD5008: " + plan.error().message + "\n" + plan.error().hint + "\n"),
            std::string::npos)
      << plan.error().message << "\n"
      << plan.error().hint;
}

}  // namespace
}  // namespace qd
