#include <gtest/gtest.h>

#include <set>

#include "server/keys/api_key.hpp"
#include "server/keys/key_guard.hpp"

namespace qd {
namespace {

TEST(ApiKey, its_text_is_taken_apart_again) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto text = keys::make_key_text();
    const auto back = keys::parse_key_text(text.whole());
    ASSERT_TRUE(back) << text.whole();
    EXPECT_EQ(back->prefix, text.prefix);
    EXPECT_EQ(back->secret, text.secret);
    EXPECT_TRUE(seen.insert(text.whole()).second);
  }
}

TEST(ApiKey, what_only_looks_like_a_key_is_none) {
  const auto whole = keys::make_key_text().whole();
  for (const auto& bad : {whole.substr(1), whole + "x", "xx" + whole.substr(2), std::string(),
                          whole.substr(0, 11) + "-" + whole.substr(12)})
    EXPECT_FALSE(keys::parse_key_text(bad)) << bad;
}

TEST(ApiKey, only_the_hash_of_the_secret_is_kept) {
  const auto made = keys::make_key("bi", instant_of(5));
  EXPECT_EQ(made.key.hash, keys::secret_hash(made.text.secret));
  EXPECT_EQ(made.key.hash.size(), 64u);
  EXPECT_EQ(made.key.hash.find(made.text.secret), std::string::npos);
  EXPECT_FALSE(keys::same_hash(made.key.hash, keys::secret_hash(made.text.secret + "x")));
}

TEST(ApiKey, opens_what_its_maker_says_and_otherwise_no_rows) {
  EXPECT_EQ(keys::make_key("bi", instant_of(5)).key.scopes, Scopes::usual());
  EXPECT_EQ(keys::make_key("bi", instant_of(5), {.scopes = {Scope::kRecords}}).key.scopes,
            Scopes{Scope::kRecords});
}

TEST(ApiKey, ends_by_revocation_or_by_its_day) {
  ApiKey key;
  EXPECT_TRUE(keys::is_usable(key, instant_of(10)));
  key.expires_at = instant_of(10);
  EXPECT_TRUE(keys::is_usable(key, instant_of(9)));
  EXPECT_FALSE(keys::is_usable(key, instant_of(10)));
  key.expires_at.reset();
  key.revoked_at = instant_of(3);
  EXPECT_FALSE(keys::is_usable(key, instant_of(10)));
}

TEST(Authorization, bearer_and_basic_carry_a_key) {
  EXPECT_EQ(keys::key_in_header("Bearer abc"), "abc");
  EXPECT_EQ(keys::key_in_header("bEARER  abc"), "abc");
  EXPECT_EQ(keys::key_in_header("Basic dXNlcjphOmI="), "a:b");  // user:a:b
  EXPECT_EQ(keys::key_in_header("Basic OmFiYw=="), "abc");      // :abc
  EXPECT_EQ(keys::key_in_header("Basic ???"), std::nullopt);
  EXPECT_EQ(keys::key_in_header("Basic dXNlcg=="), std::nullopt);  // no colon
  EXPECT_EQ(keys::key_in_header("Digest x"), std::nullopt);
  EXPECT_EQ(keys::key_in_header(""), std::nullopt);
}

}  // namespace
}  // namespace qd
