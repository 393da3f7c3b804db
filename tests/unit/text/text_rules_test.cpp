#include "core/text/text_rules.hpp"

#include <gtest/gtest.h>

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

TEST(PlainText, OfAnythingIsPlainAndNoLongerThanAsked) {
  EXPECT_EQ(text::plain_text("a\xFF\nb", 10), "a??b");
  EXPECT_EQ(text::plain_text("\xE2\x82\xAC\xE2\x82\xAC", 5),
            "\xE2\x82\xAC");  // not half a character
}

}  // namespace
}  // namespace qd
