#include "core/text/text_rules.hpp"

#include <gtest/gtest.h>

#include "core/text/text_check.hpp"

namespace qd {
namespace {

TEST(Breakdown, IsEmptyOrKeysInAscendingOrderEachWithAValue) {
  for (const char* good : {"", "age=65+", "age=65+;sex=F", "tenure=LCRA+LCHO", "a=caf\xC3\xA9"})
    EXPECT_TRUE(text::is_breakdown(good)) << good;
  for (const char* bad : {"age", "age=", "=F", "sex=F;age=65+", "age=1;age=2", "age=65+;", ";age=1",
                          "age=1;;sex=F", "Age=1", "age=1=2", "age=\n", "age=\xFF"})
    EXPECT_FALSE(text::is_breakdown(bad)) << bad;
  EXPECT_TRUE(text::is_breakdown("k=" + std::string(text::kLongestBreakdown - 2, 'x')));
  EXPECT_FALSE(text::is_breakdown("k=" + std::string(text::kLongestBreakdown - 1, 'x')));
}

TEST(Version, IsThreeNumbersAndPerhapsASuffix) {
  for (const char* good : {"1.2.0", "0.0.1", "10.20.30", "1.0.0-rc.1", "1.0.0+5"})
    EXPECT_TRUE(text::is_semantic_version(good)) << good;
  for (const char* bad : {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.2.x", "1..3", "1.2.0-", "v1.2.3"})
    EXPECT_FALSE(text::is_semantic_version(bad)) << bad;
}

TEST(Name, IsLowerCaseAndBeginsWithALetter) {
  for (const char* good : {"copis", "existing_pis", "a1"}) EXPECT_TRUE(text::is_name(good)) << good;
  for (const char* bad : {"", "1a", "_a", "Copis", "a-b", "a b"})
    EXPECT_FALSE(text::is_name(bad)) << bad;
}

TEST(PlainText, IsUtf8WithoutControlCharacters) {
  EXPECT_TRUE(text::is_plain_text("zw\xC3\xB6lf \xE2\x82\xAC \xF0\x9F\x98\x80"));
  // overlong, surrogate, beyond Unicode, cut short, C1 control
  for (const char* bad :
       {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xC2\x85", "\t"})
    EXPECT_FALSE(text::is_plain_text(bad));
}

TEST(HiddenCharacters, AreThoseThatControlOrTurnTheDirection) {
  const std::pair<const char*, char32_t> hidden[] = {
      {"\x01", 0x01},           {"\x08", 0x08},           {"\x0B", 0x0B},
      {"\x1F", 0x1F},           {"\x7F", 0x7F},           {"\xC2\x80", 0x80},
      {"\xC2\x9F", 0x9F},       {"\xD8\x9C", 0x61C},      {"\xE2\x80\x8E", 0x200E},
      {"\xE2\x80\x8F", 0x200F}, {"\xE2\x80\xAA", 0x202A}, {"\xE2\x80\xAE", 0x202E},
      {"\xE2\x81\xA6", 0x2066}, {"\xE2\x81\xA9", 0x2069}};
  for (const auto& [character, code] : hidden) {
    const auto found = text::find_hidden(std::string("a\xC3\xA9") + character + "b");
    ASSERT_TRUE(found) << static_cast<unsigned>(code);
    EXPECT_EQ(found->code, code);
    EXPECT_EQ(found->position, 4u);
    EXPECT_FALSE(text::is_plain_text(character)) << static_cast<unsigned>(code);
  }
  // Their neighbours, and what lays a text out.
  for (const char* seen : {"", " ", "~", "\t", "\n", "\r\n", "\xC2\xA0", "\xD8\x9B", "\xD8\x9D",
                           "\xE2\x80\x8D", "\xE2\x80\x90", "\xE2\x80\xA9", "\xE2\x80\xAF",
                           "\xE2\x81\xA5", "\xE2\x81\xAA", "\xE2\x82\xAC", "\xF0\x9F\x8F\xA0"})
    EXPECT_FALSE(text::find_hidden(seen)) << seen;
  EXPECT_EQ(text::find_hidden("\t\xE2\x82\xAC\n\x02\x03")->position, 6u);
  EXPECT_FALSE(text::is_plain_text("\t")) << "what a family says is one line";
}

TEST(PlainText, OfAnythingIsPlainAndNoLongerThanAsked) {
  EXPECT_EQ(text::plain_text("a\xFF\nb", 10), "a??b");
  EXPECT_EQ(text::plain_text("\xE2\x82\xAC\xE2\x82\xAC", 5),
            "\xE2\x82\xAC");  // not half a character
}

}  // namespace
}  // namespace qd
