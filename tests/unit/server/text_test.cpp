// CSV, tables and figures as text.
#include <gtest/gtest.h>

#include "core/text/nearest.hpp"
#include "core/text/percent.hpp"
#include "core/text/text_check.hpp"
#include "server/cli/terminal_progress.hpp"
#include "server/formats/csv.hpp"
#include "server/formats/text_table.hpp"
#include "server/http/message.hpp"

namespace qd {
namespace {

std::string csv_of(std::string_view text,
                   formats::CsvDialect dialect = formats::CsvDialect::kExact) {
  formats::Csv csv(dialect);
  return csv.text(text).end_line().take();
}

TEST(Csv, quotes_where_rfc_4180_says) {
  EXPECT_EQ(csv_of("plain"), "plain\r\n");
  EXPECT_EQ(csv_of("a,b"), "\"a,b\"\r\n");
  EXPECT_EQ(csv_of("say \"x\""), "\"say \"\"x\"\"\"\r\n");
  EXPECT_EQ(csv_of("two\nlines"), "\"two\nlines\"\r\n");
}

TEST(Csv, only_the_spreadsheet_dialect_guards_formulas) {
  for (const std::string text : {"=1+1", "+1", "-1", "@x", "\tx"}) {
    EXPECT_EQ(csv_of(text), text + "\r\n");
    EXPECT_EQ(csv_of(text, formats::CsvDialect::kSpreadsheet), "'" + text + "\r\n");
  }
  EXPECT_EQ(csv_of("\rx", formats::CsvDialect::kSpreadsheet), "\"'\rx\"\r\n");
  EXPECT_EQ(csv_of("a=b", formats::CsvDialect::kSpreadsheet), "a=b\r\n");
  formats::Csv numbers(formats::CsvDialect::kSpreadsheet);
  EXPECT_EQ(numbers.number("-1.5").empty().end_line().take(), "-1.5,\r\n");
}

TEST(TextTable, reads_the_same_in_every_format) {
  const formats::TextTable table{
      {{"code"}, {"n", formats::FieldKind::kInteger}, {"tags", formats::FieldKind::kList}},
      {{"é", formats::cell(12), formats::joined({"a;b", "c"})},
       {{}, formats::cell(3), formats::joined({})}}};
  EXPECT_EQ(formats::to_csv(table), "code,n,tags\r\né,12,a;b;c\r\n,3,\r\n");
  EXPECT_EQ(formats::to_aligned(table), "code   n  tags\né     12  a;b;c\n       3\n");
  formats::Json json;
  formats::write_rows(json, table);
  EXPECT_EQ(json.take(),
            R"([{"code":"é","n":12,"tags":["a;b","c"]},{"code":null,"n":3,"tags":[]}])");
}

TEST(Nearest, names_what_was_probably_meant) {
  const std::vector<std::string> known = {"indicator", "area", "period"};
  EXPECT_EQ(text::nearest("inidcator", known), "indicator");
  EXPECT_EQ(text::nearest("areas", known), "area");
  EXPECT_EQ(text::nearest("zzz", known), "");
  EXPECT_EQ(text::nearest_hint("perod", known), "did you mean 'period'?");
  EXPECT_EQ(text::nearest_hint("zzz", known), "known are: indicator, area, period");
}

TEST(Nearest, capitals_do_not_count_and_half_of_a_word_may_differ) {
  EXPECT_EQ(text::nearest("tp01", {"TP01"}), "TP01");
  EXPECT_EQ(text::nearest("TP01", {"tp01", "TP01"}), "tp01") << "as near: the first";
  EXPECT_EQ(text::nearest("abxy", {"abcd"}), "abcd");
  EXPECT_EQ(text::nearest("axyz", {"abcd"}), "");
  EXPECT_EQ(text::nearest("a", {"b"}), "");
  EXPECT_EQ(text::nearest("", {"b"}), "");
  EXPECT_EQ(text::nearest("abdc", {"abcd"}), "abcd") << "neighbours swapped";
  EXPECT_EQ(text::nearest("abcx", {"abyy", "abcd"}), "abcd") << "the nearer one";
}

TEST(Nearest, what_is_known_is_named_once_and_not_without_end) {
  EXPECT_EQ(text::nearest_hint("zzz", {"a", "b", "a"}), "known are: a, b");
  EXPECT_EQ(text::nearest_hint("zzz", {}), "none is known yet");
  std::vector<std::string> many;
  for (int i = 10; i < 30; ++i) many.push_back("k" + std::to_string(i));
  EXPECT_TRUE(text::nearest_hint("zzz", many).ends_with("k28, k29"));
  many.emplace_back("k30");
  EXPECT_TRUE(text::nearest_hint("zzz", many).ends_with("k28, k29 and 1 more"));
}

TEST(Percent, of_a_text_may_be_any_byte) {
  EXPECT_EQ(text::percent_decoded("%00%fF+"), std::string("\0\xFF+", 3));
  for (const char* bad : {"%", "%4", "a%4", "%4g", "%+1", "%-1"})
    EXPECT_EQ(text::percent_decoded(bad), std::nullopt) << bad;
  EXPECT_EQ(text::percent_encoded("aZ09-._~ /é"), "aZ09-._~%20%2F%C3%A9");
}

TEST(Utf8, is_told_from_what_is_not) {
  for (const char* good : {"", "a", "\xC2\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(text::is_utf8(good));
  for (const char* bad : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xC3", "\xE2\x82", "a\xFF"})
    EXPECT_FALSE(text::is_utf8(bad));
  EXPECT_EQ(text::find_bad_byte(std::string_view("ab\0", 3))->position, 3u);
  EXPECT_EQ(text::find_bad_byte("ab\xC3(")->position, 3u);
  EXPECT_EQ(text::find_bad_byte("ab\xC3(")->byte, 0xC3);
  EXPECT_EQ(text::find_bad_byte("abé"), std::nullopt);
}

TEST(Utf8, characters_are_counted_and_never_cut) {
  EXPECT_EQ(text::n_characters("é€a"), 3u);
  EXPECT_EQ(text::character_length("é€"), 2u);
  EXPECT_EQ(text::character_length("a\x80"), 1u);
  EXPECT_EQ(text::character_length("\x80"), 0u);
  EXPECT_EQ(text::shortened("aé", 3), "aé");
  EXPECT_EQ(text::shortened("aéb", 3), "aé…");
  EXPECT_EQ(text::shortened("aéb", 2), "a…");
  EXPECT_EQ(text::shortened(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(text::shortened(std::string(61, 'x')), std::string(60, 'x') + "…");
}

TEST(TerminalProgress, says_how_far_work_is) {
  EXPECT_EQ(cli::progress_line("rows", 1200, 2400),
            "rows [##########----------]  50 %  1,200 of 2,400");
  EXPECT_EQ(cli::progress_line("rows", 1234567, 0), "rows 1,234,567");
}

TEST(Reasons, EveryStatusAnErrorIsAnsweredWithHasOne) {
  for (const CatalogueEntry& entry : error_catalogue())
    EXPECT_NE(http::reason_of(entry.http_status), "Unknown") << entry.name;
  EXPECT_EQ(http::reason_of(421), "Misdirected Request");
  EXPECT_EQ(http::reason_of(418), "Unknown");
}

}  // namespace
}  // namespace qd
