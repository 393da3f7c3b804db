#include "server/http/percent.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/text/percent.hpp"

namespace qd {
namespace {

TEST(Percent, decodes_what_is_well_formed_and_refuses_the_rest) {
  EXPECT_EQ(http::percent_decoded("a%20b", http::Plus::kLiteral), "a b");
  EXPECT_EQ(http::percent_decoded("a+b", http::Plus::kLiteral), "a+b");
  EXPECT_EQ(http::percent_decoded("a+b%2B", http::Plus::kBlank), "a b+");
  EXPECT_EQ(http::percent_decoded("%C3%A9", http::Plus::kLiteral), "é");
  for (const char* bad :
       {"%", "%4", "%g0", "%00", "%C3", "%FF", "%C0%AF", "%ED%A0%80", "%F5%80%80%80"})
    EXPECT_EQ(http::percent_decoded(bad, http::Plus::kLiteral), std::nullopt) << bad;
}

TEST(Percent, an_escaped_slash_does_not_separate) {
  EXPECT_EQ(http::path_segments("/a/b%2Fc"), (std::vector<std::string>{"a", "b/c"}));
  EXPECT_EQ(http::path_segments("/a/"), (std::vector<std::string>{"a", ""}));
  EXPECT_EQ(http::path_segments("/"), (std::vector<std::string>{""}));
}

TEST(Percent, a_query_keeps_order_and_repetition) {
  EXPECT_EQ(http::query_fields("b=2&a=1&&b=3&c"),
            (std::vector<http::HttpField>{{"b", "2"}, {"a", "1"}, {"b", "3"}, {"c", ""}}));
  EXPECT_EQ(http::query_fields("a=%zz"), std::nullopt);
}

RC_GTEST_PROP(Percent, what_is_encoded_comes_back, (std::string text)) {
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  for (char& c : text) c = static_cast<char>(c & 0x7F);
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
  RC_ASSERT(http::percent_decoded(text::percent_encoded(text), http::Plus::kBlank) == text);
}

}  // namespace
}  // namespace qd
