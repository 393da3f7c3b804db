// Texts and their codes: one code for one text, for good, however many there are.
#include "core/model/dictionary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace qd {
namespace {

TEST(Dictionary, counts_codes_from_zero_in_the_order_texts_first_come) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.code("north"), 0u);
  EXPECT_EQ(dictionary.code("south"), 1u);
  EXPECT_EQ(dictionary.code("north"), 0u);
  EXPECT_EQ(dictionary.size(), 2u);
  EXPECT_EQ(dictionary.text(1), "south");
}

TEST(Dictionary, tells_apart_texts_that_are_nearly_alike) {
  using std::string_literals::operator""s;
  const std::vector<std::string> texts = {
      "",
      "\0"s,
      "\0\0"s,
      "a",
      "a\0"s,
      "12345678",
      "12345678\0"s,
      "123456789",
      "1234567890123456",
      "1234567890123456\0"s,
      "1234567890123457",
      "a text of more than sixteen bytes",
      "a text of more than sixteen bytes, and a little",
      std::string(100'000, 'x'),
      std::string(100'000, 'x') + "y",
  };
  Dictionary dictionary;
  for (std::uint32_t at = 0; at < texts.size(); ++at) EXPECT_EQ(dictionary.code(texts[at]), at);
  for (std::uint32_t at = 0; at < texts.size(); ++at) {
    EXPECT_EQ(dictionary.code(texts[at]), at);
    EXPECT_EQ(dictionary.text(at), texts[at]);
  }
}

TEST(Dictionary, leaves_a_text_where_it_is_while_it_grows_and_moves) {
  Dictionary dictionary;
  dictionary.code("the first");
  const char* const place = dictionary.text(0).data();
  for (int i = 0; i < 100'000; ++i) dictionary.code(std::to_string(i));
  const Dictionary moved = std::move(dictionary);
  EXPECT_EQ(moved.text(0).data(), place);
  EXPECT_EQ(moved.text(0), "the first");
  for (std::uint32_t i = 0; i < 100'000; ++i) ASSERT_EQ(moved.text(i + 1), std::to_string(i));
}

TEST(Dictionary, gives_many_at_once_the_codes_they_would_get_one_by_one) {
  std::vector<std::string> texts;
  for (int i = 0; i < 5'000; ++i) texts.push_back(std::to_string(i * 7919 % 1'500));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  for (const std::size_t n : {0, 1, 15, 16, 17, 5'000}) {
    Dictionary together, one_by_one;
    std::vector<std::uint32_t> codes(n);
    together.codes(std::span(views).first(n), codes.data());
    for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(codes[i], one_by_one.code(texts[i])) << n;
    EXPECT_EQ(together.size(), one_by_one.size());
  }
}

}  // namespace
}  // namespace qd
