// Which signatures hold.
#include "server/tokens/signing_keys.hpp"

#include <gtest/gtest.h>

#include "tests/support/token_issuer.hpp"

namespace qd::tokens {
namespace {

using test::IssuerKey;
using test::key_set;

const std::string kClaims = R"({"sub":"jane"})";

std::shared_ptr<const SigningKeys> keys_of(const std::vector<std::string>& published) {
  auto keys = SigningKeys::parse(key_set(published));
  EXPECT_TRUE(keys) << to_text(keys.error());
  return keys ? *keys : nullptr;
}

// Made once: an RSA key takes its time.
const IssuerKey& rsa() {
  static const auto key = IssuerKey::rsa("r1");
  return key;
}
const IssuerKey& ec() {
  static const auto key = IssuerKey::ec("e1");
  return key;
}

TEST(SigningKeys, read_what_RS256_and_ES256_keys_signed) {
  const auto keys = keys_of({rsa().published(), ec().published()});
  for (const auto* key : {&rsa(), &ec()}) {
    const auto checked = keys->check(key->sign(kClaims));
    EXPECT_EQ(checked.is_signed, Signed::kBySomeKey);
    EXPECT_EQ(checked.claims, kClaims);
  }
}

TEST(SigningKeys, read_a_token_without_a_key_name_by_whichever_signed_it) {
  const auto other = IssuerKey::ec("e0");
  const auto keys = keys_of({other.published(), ec().published()});
  EXPECT_EQ(keys->check(ec().sign(kClaims, "ES256", "")).is_signed, Signed::kBySomeKey);
  EXPECT_EQ(keys->check(IssuerKey::ec("").sign(kClaims, "ES256", "")).is_signed, Signed::kNotAtAll);
}

TEST(SigningKeys, tell_a_key_that_is_not_known_from_a_signature_that_does_not_hold) {
  const auto keys = keys_of({ec().published()});
  EXPECT_EQ(keys->check(IssuerKey::ec("e2").sign(kClaims)).is_signed, Signed::kByAnUnknownKey);
  EXPECT_EQ(keys->check(IssuerKey::ec("e1").sign(kClaims)).is_signed, Signed::kNotAtAll);
}

TEST(SigningKeys, refuse_a_token_when_any_part_of_it_is_changed) {
  const auto keys = keys_of({rsa().published(), ec().published()});
  for (const auto* key : {&rsa(), &ec()}) {
    const auto token = key->sign(kClaims);
    for (std::size_t at = 0; at < token.size(); at += 7) {
      auto changed = token;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      if (at + 1 == token.size() || token[at] == '.') continue;
      EXPECT_NE(keys->check(changed).is_signed, Signed::kBySomeKey) << at;
    }
  }
}

// The public key as a shared secret is the oldest trick.
TEST(SigningKeys, never_let_the_token_choose_how_it_is_verified) {
  const auto keys = keys_of({rsa().published(), ec().published()});
  const auto secret = IssuerKey::shared_secret("r1", rsa().published());
  EXPECT_EQ(keys->check(secret.sign(kClaims)).is_signed, Signed::kNotAtAll);
  EXPECT_EQ(keys->check(rsa().sign(kClaims, "RS512", "r1")).is_signed, Signed::kNotAtAll);
  EXPECT_EQ(keys->check(rsa().sign(kClaims, "RS256", "e1")).is_signed, Signed::kNotAtAll);
  // {"alg":"none","kid":"r1"}
  const std::string unsigned_header = "eyJhbGciOiJub25lIiwia2lkIjoicjEifQ";
  EXPECT_EQ(keys->check(unsigned_header + ".eyJzdWIiOiJqYW5lIn0.").is_signed, Signed::kNotAtAll);
}

TEST(SigningKeys, refuse_conditions_that_they_do_not_know) {
  const auto keys = keys_of({ec().published()});
  EXPECT_EQ(keys->check(ec().sign(kClaims, "ES256", "e1", R"(["b64"])")).is_signed,
            Signed::kNotAtAll);
}

TEST(SigningKeys, leave_out_keys_of_other_kinds_and_uses) {
  const auto keys = keys_of({ec().published(), IssuerKey::ec("e3").published(R"(,"use":"enc")"),
                             IssuerKey::ec("e4").published(R"(,"alg":"ES384")"),
                             IssuerKey::ec("e5", CJOSE_JWK_EC_P_384).published(),
                             IssuerKey::rsa("r2", 1024).published(),
                             R"({"kty":"oct","kid":"o","k":"AAAA"})", R"({"kty":"OKP"})", "7"});
  EXPECT_EQ(keys->size(), 1U);
}

TEST(SigningKeys, take_keys_that_say_they_are_for_signatures) {
  EXPECT_EQ(keys_of({ec().published(R"(,"use":"sig","alg":"ES256")")})->size(), 1U);
}

TEST(SigningKeys, say_what_is_wrong_with_a_key_set) {
  for (const auto* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", "{\"keys\":[",
                           R"({"keys":[{"kty":"oct","k":"AAAA"}]})"}) {
    const auto keys = SigningKeys::parse(text);
    ASSERT_FALSE(keys) << text;
    EXPECT_EQ(keys.error().code, ErrorCode::kIssuerUnavailable);
  }
}

TEST(SigningKeys, refuse_what_is_no_token) {
  const auto keys = keys_of({ec().published()});
  for (const auto& text : {std::string(), std::string("a.b.c"), std::string(".."),
                           std::string(20000, 'a') + ".b.c", ec().sign(std::string(20000, ' '))})
    EXPECT_EQ(keys->check(text).is_signed, Signed::kNotAtAll);
}

TEST(Token, has_three_parts) {
  EXPECT_TRUE(looks_like_token("a.b.c"));
  for (const auto* text : {"", "a", "a.b", "a.b.c.d", ".b.c", "a.b."})
    EXPECT_FALSE(looks_like_token(text)) << text;
}

}  // namespace
}  // namespace qd::tokens
