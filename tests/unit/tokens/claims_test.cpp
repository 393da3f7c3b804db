// What a token opens, and when it opens nothing.
#include "server/tokens/claims.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace qd::tokens {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const TokenTerms kTerms{.issuer = "https://id.example", .audience = "quarterday"};
constexpr std::int64_t kNow = 1'800'000'000;  // seconds

Instant at(std::int64_t seconds) { return Instant{std::chrono::seconds{seconds}}; }

// Claims that are accepted, but for what is written before them: the first of a name counts.
std::string claims(const std::string& roles, const std::string& rest = "") {
  return fmt::format(R"({{{}"iss":"https://id.example","aud":"quarterday","sub":"jane","exp":{},)"
                     R"("roles":{}}})",
                     rest, kNow + 300, roles);
}

Holder held(const std::string& text) {
  auto holder = holder_of(text, kTerms, at(kNow));
  EXPECT_TRUE(holder) << to_text(holder.error());
  return holder ? *holder : Holder{};
}

std::string refusal(const std::string& text, Instant now = at(kNow)) {
  const auto holder = holder_of(text, kTerms, now);
  if (holder) return "accepted";
  EXPECT_EQ(holder.error().code, ErrorCode::kTokenRefused);
  return holder.error().message;
}

TEST(Claims, open_what_their_words_say) {
  const auto holder =
      held(claims(R"(["quarterday:scope:figures","quarterday:scope:records","editor",)"
                  R"("quarterday:audience:board","quarterday:area:EST-01","quarterday:area:N 2",)"
                  R"("quarterday:family:tsm"])"));
  EXPECT_EQ(holder.name, "jane");
  EXPECT_EQ(holder.scopes, (Scopes{Scope::kFigures, Scope::kRecords}));
  EXPECT_EQ(holder.viewer.audience, Audience::kBoard);
  EXPECT_THAT(holder.viewer.areas, ElementsAre("EST-01", "N 2"));
  EXPECT_THAT(holder.viewer.families, ElementsAre("tsm"));
}

TEST(Claims, are_read_from_one_text_with_blanks_as_well) {
  const auto holder = held(claims(R"("  openid quarterday:scope:figures quarterday:area:A ")"));
  EXPECT_EQ(holder.scopes, Scopes{Scope::kFigures});
  EXPECT_THAT(holder.viewer.areas, ElementsAre("A"));
}

TEST(Claims, open_nothing_that_they_do_not_name) {
  for (const auto* roles : {"[]", "null", "7", "{}", R"(["editor", 7])", R"("")"}) {
    const auto holder = held(claims(roles));
    EXPECT_EQ(holder.scopes, Scopes{}) << roles;
    EXPECT_EQ(holder.viewer, Viewer{}) << roles;
  }
}

// A misspelt area would open every area.
TEST(Claims, are_refused_whole_for_one_word_of_ours_that_is_not_understood) {
  for (const auto* word :
       {"quarterday:aera:A", "quarterday:scope:figure", "quarterday:audience:all",
        "quarterday:area:", "quarterday:area", "quarterday:", "quarterday:area:A;B"})
    EXPECT_THAT(refusal(claims(fmt::format(R"(["quarterday:scope:figures","{}"])", word))),
                HasSubstr("is not understood"))
        << word;
}

TEST(Claims, are_refused_with_two_audiences) {
  EXPECT_THAT(refusal(claims(R"(["quarterday:audience:board","quarterday:audience:executive"])")),
              HasSubstr("'quarterday:audience:executive'"));
  EXPECT_EQ(
      held(claims(R"(["quarterday:audience:board","quarterday:audience:board"])")).viewer.audience,
      Audience::kBoard);
}

TEST(Claims, are_of_the_issuer_and_meant_for_us) {
  EXPECT_THAT(refusal(claims("[]", R"("iss":"https://id.example/",)")),
              HasSubstr("another issuer"));
  EXPECT_THAT(refusal(R"({"aud":"quarterday","sub":"jane","exp":1900000000})"),
              HasSubstr("another issuer"));
  EXPECT_THAT(refusal(claims("[]", R"("aud":"others",)")), HasSubstr("not meant for"));
  EXPECT_THAT(refusal(claims("[]", R"("aud":["quarterda","quarterday2"],)")),
              HasSubstr("not meant for"));
  held(claims("[]", R"("aud":["others","quarterday"],)"));
}

TEST(Claims, end_when_they_say_give_or_take_the_clocks) {
  const auto text = claims("[]");
  const auto end = at(kNow + 300) + kClockSkew;
  EXPECT_TRUE(holder_of(text, kTerms, end - std::chrono::milliseconds{1}));
  EXPECT_THAT(refusal(text, end), HasSubstr("expired"));
}

TEST(Claims, begin_when_they_say_give_or_take_the_clocks) {
  const auto text = claims("[]", fmt::format(R"("nbf":{},)", kNow + 100));
  const auto begin = at(kNow + 100) - kClockSkew;
  EXPECT_TRUE(holder_of(text, kTerms, begin));
  EXPECT_THAT(refusal(text, begin - std::chrono::milliseconds{1}), HasSubstr("not valid yet"));
}

TEST(Claims, without_a_time_that_is_one_are_refused) {
  for (const auto* end : {"null", R"("1900000000")", "-1", "1e300", "true"})
    EXPECT_THAT(refusal(claims("[]", fmt::format(R"("exp":{},)", end))),
                HasSubstr("does not say when it ends"))
        << end;
  EXPECT_THAT(refusal(claims("[]", R"("nbf":"soon",)")), HasSubstr("not valid yet"));
}

TEST(Claims, name_their_holder_in_up_to_100_bytes) {
  EXPECT_EQ(held(claims("[]", fmt::format(R"("sub":"{}",)", std::string(100, 'x')))).name,
            std::string(100, 'x'));
  for (const auto& name : {std::string(), std::string(101, 'x'), std::string("a\\nb"),
                           std::string("a\\u007f"), std::string("\xFF")})
    EXPECT_THAT(refusal(claims("[]", fmt::format(R"("sub":"{}",)", name))),
                HasSubstr("who holds it"));
  EXPECT_THAT(refusal(claims("[]", R"("sub":7,)")), HasSubstr("who holds it"));
}

TEST(Claims, are_looked_for_where_the_terms_say) {
  TokenTerms terms = kTerms;
  terms.claim = "scope";
  const auto holder =
      holder_of(claims(R"(["quarterday:scope:records"])", R"("scope":"quarterday:scope:figures",)"),
                terms, at(kNow));
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->scopes, Scopes{Scope::kFigures});
  EXPECT_THAT(holder->viewer.areas, IsEmpty());
}

TEST(Claims, that_are_none_are_refused) {
  for (const auto* text : {"", "[]", "{", "null"})
    EXPECT_THAT(refusal(text), HasSubstr("holds no claims"));
}

}  // namespace
}  // namespace qd::tokens
