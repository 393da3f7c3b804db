// docs/reference is generated from what the program itself goes by, and this test keeps it so.
// QUARTERDAY_ACCEPT=1 rewrites the pages; the diff is the review.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "core/declarations/declaration.hpp"
#include "core/model/definition.hpp"
#include "core/model/error.hpp"
#include "core/tables/shipped_tables.hpp"

namespace qd {
namespace {

std::string read_page(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void expect_page(const std::string& name, const std::string& text) {
  const auto path = std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "docs/reference" / name;
  if (std::getenv("QUARTERDAY_ACCEPT") != nullptr) std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(read_page(path), text) << "run this test with QUARTERDAY_ACCEPT=1 and read the diff";
}

std::string_view kind_text(ColumnKind kind) {
  switch (kind) {
    case ColumnKind::kInteger:
      return "whole number";
    case ColumnKind::kNumber:
      return "number";
    case ColumnKind::kDate:
      return "date";
    case ColumnKind::kText:
      return "text";
    case ColumnKind::kYesNo:
      return "yes or no";
    case ColumnKind::kMoney:
      return "money";
    case ColumnKind::kMinutes:
      return "minutes";
  }
  return "";
}

// A cell of a Markdown table.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2)
    text.replace(at, 1, "\\|");
  return text;
}

std::string range_text(const ColumnSpec& column) {
  if (column.min && column.max)
    return fmt::format("; {} to {}", column.min->text(), column.max->text());
  if (column.min) return fmt::format("; at least {}", column.min->text());
  return column.max ? fmt::format("; at most {}", column.max->text()) : std::string();
}

std::string column_row(const TableSpec& table, std::size_t index) {
  const ColumnSpec& column = table.columns[index];
  std::string meaning = column.meaning;
  if (!column.unit.empty()) meaning += fmt::format(" ({})", column.unit);
  if (!column.references.empty()) meaning += fmt::format("; stands in `{}`", column.references);
  meaning += range_text(column);
  if (column.not_after_today) meaning += "; not after today";
  if (!column.allowed.empty())
    meaning += fmt::format("; one of `{}`", fmt::join(column.allowed, "`, `"));
  const char* needed = index < table.n_key ? "key" : column.required ? "yes" : "";
  return fmt::format("| `{}` | {} | {} | {} |\n", column.name, kind_text(column.kind), needed,
                     cell(meaning));
}

std::string table_section(const TableSpec& table) {
  std::string text =
      fmt::format("\n## {}\n\n{}\n\n| column | type | needed | meaning |\n|---|---|---|---|\n",
                  table.name, table.meaning);
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += column_row(table, i);
  return text;
}

TEST(Reference, tables_page_says_what_import_takes) {
  std::string text =
      "# Input tables\n\n"
      "What `quarterday import TABLE FILE.csv` takes: UTF-8, one heading line, columns by name in "
      "any\n"
      "order, an empty cell means not recorded. Dates are written 2026-04-01, numbers as plain "
      "decimals\n"
      "with at most six decimals. The columns marked *key* identify a record: the same key again "
      "is a\n"
      "correction of it.\n\n"
      "*Yes or no* is written yes, no, true, false, 1 or 0, in large letters or small. *Money* is "
      "written\nin pounds with at most two decimals, 12.34 for 1,234 pence, and kept in pence; a "
      "third decimal is\nrefused. *Minutes* are a whole number. Load the tables in the order of "
      "this page.\n";
  for (const auto& table : tables::shipped_tables()) text += table_section(table);
  expect_page("tables.md", text);
}

std::string_view kind_text(FieldKind kind) {
  switch (kind) {
    case FieldKind::kText:
      return "text";
    case FieldKind::kInteger:
      return "whole number";
    case FieldKind::kNumber:
      return "number";
    case FieldKind::kDate:
      return "date, without quotes";
    case FieldKind::kTruth:
      return "true or false";
    case FieldKind::kWord:
      return "word";
    case FieldKind::kList:
      return "list";
  }
  return "";
}

std::string_view weight_text(FieldWeight weight) {
  switch (weight) {
    case FieldWeight::kIdentity:
      return "is another indicator or version";
    case FieldWeight::kMaterial:
      return "needs a new version";
    case FieldWeight::kEnd:
      return "may be said until it has ended";
    case FieldWeight::kEditorial:
      return "is a revision";
  }
  return "";
}

std::vector<std::string> words_of(const Polarity&) { return polarity_texts(); }
std::vector<std::string> words_of(const Aggregation&) { return aggregation_texts(); }
std::vector<std::string> words_of(const Interval&) { return interval_texts(); }
template <class Value>
std::vector<std::string> words_of(const Value&) {
  return {};
}

std::string field_rows() {
  std::string rows;
  for_each_field(Definition{}, [&]<class Value>(const DefinitionField& field, const Value& value) {
    std::string meaning = field.meaning;
    if (const auto words = words_of(value); !words.empty())
      meaning += fmt::format("; one of `{}`", fmt::join(words, "`, `"));
    rows += fmt::format("| `{}` | {} | {} | {} |\n", field.name, kind_text(field_kind<Value>()),
                        weight_text(field.weight), cell(meaning));
  });
  return rows;
}

// Between two lines of a page that is otherwise written by hand.
std::string with_fields(std::string page) {
  const std::string begin = "| field | type | a change of it | meaning |\n|---|---|---|---|\n";
  const auto from = page.find(begin);
  if (from == page.npos) return "the table of fields is missing";
  const auto start = from + begin.size();
  const auto end = std::min(page.find("\n\n", start), page.size() - 1) + 1;
  return page.replace(start, end - start, field_rows());
}

TEST(Reference, declarations_page_lists_every_field_of_a_definition) {
  expect_page("declarations.md",
              with_fields(read_page(std::filesystem::path(QUARTERDAY_SOURCE_DIR) /
                                    "docs/reference/declarations.md")));
}

// Every example of the page is a declaration the program takes, and the page names every key.
TEST(Reference, declarations_page_shows_a_declaration_that_holds) {
  const auto page =
      read_page(std::filesystem::path(QUARTERDAY_SOURCE_DIR) / "docs/reference/declarations.md");
  const std::string fence = "```toml\n";
  const auto from = page.find(fence);
  ASSERT_NE(from, page.npos);
  const auto start = from + fence.size();
  const auto family = declarations::read_declaration(
      page.substr(start, page.find("```", start) - start), "declarations.md");
  ASSERT_TRUE(family) << to_text(family.error());
  EXPECT_EQ(family->id, "walkabouts");
  EXPECT_EQ(family->indicators.size(), 3u);
  EXPECT_EQ(family->options.size() + family->breakdowns.size() + family->tables.size(), 3u);
}

// The keys are those the reader asks for, in its own words.
TEST(Reference, declarations_page_names_every_key_that_is_read) {
  const auto folder = std::filesystem::path(QUARTERDAY_SOURCE_DIR);
  const auto page = read_page(folder / "docs/reference/declarations.md");
  const std::regex asked(R"re([.>](?:read|said|has|tables|table)\("([a-z_]+)")re");
  std::set<std::string> keys;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "core/declarations")) {
    if (entry.path().extension() != ".cpp") continue;
    const auto code = read_page(entry.path());
    for (std::sregex_iterator one(code.begin(), code.end(), asked), end; one != end; ++one)
      keys.insert((*one)[1]);
  }
  EXPECT_GE(keys.size(), 25u);
  for (const auto& key : keys) {
    const bool named =
        page.find("\n" + key + " = ") != page.npos || page.find("  " + key + " = ") != page.npos ||
        page.find("`" + key + "`") != page.npos || page.find("[" + key + "]]") != page.npos ||
        page.find("." + key + "]]") != page.npos;
    EXPECT_TRUE(named) << key;
  }
}

TEST(Reference, errors_page_lists_every_code) {
  std::string text =
      "# Errors\n\n"
      "Codes retire, never change. The first digit is the step: 1 capture, 2 compute, 3 store, 4 "
      "serve,\n"
      "5 return, 6 deliver. On the command line an error reads *code: sentence*, and below it a\n"
      "hint where there is one; over HTTP "
      "it is\n"
      "`application/problem+json` with the same code, sentence (`detail`) and `hint`.\n\n"
      "| code | name | HTTP status | meaning |\n|---|---|---|---|\n";
  for (const auto& entry : error_catalogue())
    text += fmt::format("| {} | `{}` | {} | {} |\n", code_text(entry.code), entry.name,
                        entry.http_status, entry.title);
  expect_page("errors.md", text);
}

}  // namespace
}  // namespace qd
