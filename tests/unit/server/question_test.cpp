// What a request asks for: parameters, filters, cursors, formats, addresses.
#include "server/faces/question.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "server/rest/cursor.hpp"
#include "server/rest/negotiate.hpp"
#include "server/rest/parameters.hpp"
#include "server/rest/router.hpp"

namespace qd {
namespace {

http::HttpRequest with_query(std::vector<http::HttpField> query) {
  http::HttpRequest request;
  request.query = std::move(query);
  return request;
}

http::HttpRequest with_header(std::string name, std::string value) {
  http::HttpRequest request;
  request.headers = {{std::move(name), std::move(value)}};
  return request;
}

TEST(Parameters, an_unknown_one_names_the_nearest) {
  const auto refused = rest::Parameters::of(with_query({{"aera", "x"}}), {"area", "period"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kParameterUnknown);
  EXPECT_EQ(refused.error().hint, "did you mean 'area'?");
}

TEST(Parameters, lists_are_repeated_or_separated_by_commas) {
  const auto parameters =
      rest::Parameters::of(with_query({{"area", "a,b"}, {"area", "c"}, {"area", ""}}), {"area"});
  ASSERT_TRUE(parameters);
  EXPECT_EQ(parameters->list("area"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(parameters->single("area").error().code, ErrorCode::kParameterMalformed);
}

TEST(QuestionTexts, are_read_when_they_are_well_formed) {
  const auto asked = faces::question({.indicators = {"TP01"},
                                      .readings = {"ytd"},
                                      .breakdown = "",
                                      .as_of = "2026-03-31",
                                      .latest = "8"});
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->filter.readings, std::vector<Reading>{Reading::kYearToDate});
  EXPECT_EQ(to_text(*asked->filter.as_of), "2026-03-31T23:59:59.999Z");
  EXPECT_EQ(asked->filter.breakdown, "");
  EXPECT_EQ(asked->filter.breakdown_prefix, std::nullopt);
  EXPECT_EQ(asked->latest, 8u);
}

TEST(QuestionTexts, an_offset_whose_plus_was_read_as_a_blank_still_counts) {
  const auto asked = faces::question({.as_of = "2026-03-31T10:00:00 01:00"});
  ASSERT_TRUE(asked);
  EXPECT_EQ(to_text(*asked->filter.as_of), "2026-03-31T09:00:00.000Z");
}

TEST(QuestionTexts, each_malformed_value_has_its_own_code) {
  EXPECT_EQ(faces::question({.periods = {"2024"}}).error().code, ErrorCode::kPeriodMalformed);
  EXPECT_EQ(faces::question({.readings = {"quater"}}).error().hint, "did you mean 'quarter'?");
  EXPECT_EQ(faces::question({.as_of = "soon"}).error().code, ErrorCode::kInstantMalformed);
}

TEST(QuestionTexts, the_beginning_of_a_breakdown_ends_with_an_asterisk) {
  const auto asked = faces::question({.breakdown = "level=*"});
  EXPECT_EQ(asked->filter.breakdown_prefix, "level=");
  EXPECT_EQ(asked->filter.breakdown, std::nullopt);
}

// From its first day to its last, be it a period or a day.
TEST(QuestionTexts, a_range_ends_with_the_last_day_of_what_is_named) {
  const auto range = [](const char* from, const char* until) {
    const auto asked = faces::question({.from = from, .until = until});
    return to_text(*asked->from) + " " + to_text(*asked->until);
  };
  EXPECT_EQ(range("FY2024-25-Q2", "FY2026-27-Q3"), "2024-07-01 2027-01-01");
  EXPECT_EQ(range("FY2024-25", "2026-11"), "2024-04-01 2026-12-01");
  EXPECT_EQ(range("2026-05-01", "2026-06-30"), "2026-05-01 2026-07-01");
  EXPECT_EQ(to_text(*faces::question({.at = "2026-06-30"})->at), "2026-07-01");
  for (const auto& malformed : {faces::QuestionTexts{.from = "Q2"}, {.until = ""}, {.at = "now"}})
    EXPECT_EQ(faces::question(malformed).error().code, ErrorCode::kParameterMalformed);
}

TEST(QuestionTexts, the_latest_are_one_to_a_thousand) {
  EXPECT_EQ(faces::question({.latest = "1"})->latest, 1u);
  EXPECT_EQ(faces::question({.latest = "1000"})->latest, 1000u);
  for (const char* bad : {"0", "1001", "-1", "x", ""})
    EXPECT_EQ(faces::question({.latest = bad}).error().code, ErrorCode::kParameterMalformed) << bad;
}

TEST(QuestionTexts, each_part_of_a_question_makes_another_text) {
  const std::vector<faces::QuestionTexts> all = {
      {},
      {.indicators = {"A"}},
      {.areas = {"A"}},
      {.areas = {"A", "B"}},
      {.under = {"A"}},
      {.kinds = {"A"}},
      {.periods = {"FY2024-25"}},
      {.readings = {"ytd"}},
      {.families = {"A"}},
      {.breakdown = ""},
      {.breakdown = "*"},
      {.as_of = "2026-03-31"},
      {.from = "2026-03-31"},
      {.until = "2026-03-31"},
      {.latest = "1"},
      {.at = "2026-03-31"},
  };
  std::set<std::string> texts;
  for (const auto& one : all) texts.insert(faces::question(one)->text());
  EXPECT_EQ(texts.size(), all.size());
}

rest::Cursor some_cursor() {
  rest::Cursor cursor;
  cursor.after.indicator = "TP01";
  cursor.after.version = 3;
  cursor.after.area = "L1";
  cursor.after.period = "FY2024-25";
  cursor.after.reading = Reading::kYear;
  cursor.after.breakdown = "";
  cursor.offset = 7;
  cursor.as_of = instant_of(1'700'000'000'123);
  return cursor;
}

class OneSecret final : public SecretStore {
 public:
  explicit OneSecret(std::string secret = std::string(32, 's')) : secret_(std::move(secret)) {}
  Result<std::string> secret(const std::string& name, const std::string& candidate) override {
    EXPECT_EQ(name, "cursors");
    EXPECT_EQ(candidate.size(), 32U);
    candidates.insert(candidate);
    if (is_away) return fail(ErrorCode::kStoreUnavailable, "gone");
    return secret_;
  }
  bool is_away = false;
  std::set<std::string> candidates;

 private:
  std::string secret_;
};

class CursorText : public ::testing::Test {
 protected:
  std::string made(const std::string& question = "asked") {
    return signer_.text(some_cursor(), question).value();
  }
  ErrorCode refusal(const std::string& text, const std::string& question = "asked") {
    const auto cursor = signer_.parse(text, question);
    return cursor ? ErrorCode::kInternal : cursor.error().code;
  }
  OneSecret secrets_;
  rest::CursorSigner signer_{secrets_};
};

TEST_F(CursorText, comes_back_as_it_was) {
  const auto back = signer_.parse(made(), "asked");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->after.indicator, "TP01");
  EXPECT_EQ(back->after.version, 3);
  EXPECT_EQ(back->after.period, "FY2024-25");
  EXPECT_EQ(back->after.reading, Reading::kYear);
  EXPECT_EQ(back->after.breakdown, "");
  EXPECT_EQ(back->as_of, some_cursor().as_of);
  EXPECT_EQ(back->offset, 7u);
}

TEST_F(CursorText, of_another_question_is_refused) {
  for (const char* other : {"", "aske", "asked ", "Asked"})
    EXPECT_EQ(refusal(made(), other), ErrorCode::kParameterMalformed);
}

// Whoever knows how a cursor is made, but not what it is signed with, makes none that is taken.
TEST_F(CursorText, signed_with_another_secret_is_refused) {
  OneSecret others{std::string(31, 's') + "t"};
  const auto forged = rest::CursorSigner(others).text(some_cursor(), "asked").value();
  EXPECT_EQ(forged.size(), made().size());
  EXPECT_EQ(refusal(forged), ErrorCode::kParameterMalformed);
  OneSecret same;
  EXPECT_TRUE(rest::CursorSigner(same).parse(made(), "asked")) << "another server's is as good";
}

TEST_F(CursorText, neither_is_made_nor_read_while_the_secret_cannot_be_had) {
  secrets_.is_away = true;
  EXPECT_EQ(signer_.text(some_cursor(), "asked").error().code, ErrorCode::kStoreUnavailable);
  EXPECT_EQ(refusal("AAAA"), ErrorCode::kStoreUnavailable);
  secrets_.is_away = false;
  EXPECT_TRUE(signer_.parse(made(), "asked"));
  secrets_.is_away = true;
  EXPECT_TRUE(signer_.parse(made(), "asked")) << "it is remembered";
  EXPECT_EQ(secrets_.candidates.size(), 3U) << "each candidate is another one";
}

TEST_F(CursorText, a_secret_of_another_length_signs_nothing) {
  for (const std::size_t length : {0, 31, 33}) {
    OneSecret damaged{std::string(length, 's')};
    EXPECT_EQ(rest::CursorSigner(damaged).text(some_cursor(), "asked").error().code,
              ErrorCode::kStoreUnavailable);
  }
}

RC_GTEST_FIXTURE_PROP(CursorText, no_changed_letter_passes, ()) {
  const auto text = made();
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  auto changed = text;
  changed[at] = changed[at] == 'A' ? 'B' : 'A';
  RC_ASSERT(refusal(changed) == ErrorCode::kParameterMalformed);
  RC_ASSERT(refusal(text.substr(0, at)) == ErrorCode::kParameterMalformed);
}

formats::Format wanted(const std::string& accept) {
  return rest::wanted_format(with_header("accept", accept), std::nullopt,
                             {formats::Format::kJson, formats::Format::kCsv})
      .value();
}

TEST(Negotiation, the_best_format_that_is_accepted_wins) {
  EXPECT_EQ(wanted("text/csv"), formats::Format::kCsv);
  EXPECT_EQ(wanted("*/*"), formats::Format::kJson);
  EXPECT_EQ(wanted("text/csv;q=0.5, application/json"), formats::Format::kJson);
  EXPECT_EQ(wanted("application/json;q=0.1, text/*"), formats::Format::kCsv);
  EXPECT_EQ(wanted("*/*, application/json;q=0"), formats::Format::kCsv);
  EXPECT_EQ(wanted("application/json;odata.metadata=minimal"), formats::Format::kJson);
  EXPECT_EQ(wanted("TEXT/CSV"), formats::Format::kCsv);
  EXPECT_EQ(wanted("###"), formats::Format::kJson);  // not a media range: passed over
}

TEST(Negotiation, what_is_not_offered_is_refused) {
  const auto refused = rest::wanted_format(with_header("accept", "image/png"), std::nullopt,
                                           {formats::Format::kJson, formats::Format::kCsv});
  EXPECT_EQ(refused.error().code, ErrorCode::kNotAcceptable);
  EXPECT_EQ(rest::wanted_format({}, "xml", {formats::Format::kJson}).error().code,
            ErrorCode::kParameterMalformed);
  EXPECT_EQ(rest::wanted_format({}, "csv", {formats::Format::kJson}).error().code,
            ErrorCode::kParameterMalformed);
}

TEST(Etag, is_compared_weakly) {
  EXPECT_TRUE(rest::matches_etag(with_header("if-none-match", "\"x\", W/\"a\""), "W/\"a\""));
  EXPECT_TRUE(rest::matches_etag(with_header("if-none-match", "\"a\""), "W/\"a\""));
  EXPECT_TRUE(rest::matches_etag(with_header("if-none-match", "*"), "W/\"a\""));
  EXPECT_FALSE(rest::matches_etag(with_header("if-none-match", "W/\"b\""), "W/\"a\""));
  EXPECT_FALSE(rest::matches_etag({}, "W/\"a\""));
}

TEST(Negotiation, a_more_precise_range_counts_and_the_first_offered_wins_a_draw) {
  EXPECT_EQ(wanted("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5"), formats::Format::kJson);
  EXPECT_EQ(wanted("application/json;q=0.5, text/csv;q=0.5"), formats::Format::kJson);
  EXPECT_EQ(wanted("*/*;q=0.1, text/csv"), formats::Format::kCsv);
  EXPECT_EQ(wanted("text/csv ; q=0.2 , application/json ; q=0.3"), formats::Format::kJson);
  EXPECT_EQ(wanted(""), formats::Format::kJson);
  EXPECT_EQ(rest::wanted_format(with_header("accept", "text/csv;q=0"), std::nullopt,
                                {formats::Format::kJson, formats::Format::kCsv})
                .error()
                .code,
            ErrorCode::kNotAcceptable);
  EXPECT_EQ(rest::wanted_format(with_header("accept", "application/json"), "csv",
                                {formats::Format::kJson, formats::Format::kCsv})
                .value(),
            formats::Format::kCsv)
      << "what the address says is stronger";
}

TEST(WholeNumber, is_zero_or_more_and_nothing_else) {
  EXPECT_EQ(rest::whole_number("limit", "0").value(), 0);
  EXPECT_EQ(rest::whole_number("limit", "9223372036854775807").value(), 9223372036854775807);
  for (const char* bad : {"-1", "", " 1", "1 ", "+1", "1.0", "1e3", "9223372036854775808"})
    EXPECT_EQ(rest::whole_number("limit", bad).error().code, ErrorCode::kParameterMalformed) << bad;
}

TEST(Router, captures_and_names_the_nearest_address) {
  const rest::Router router(
      {{"/api/v1/facts", {}, nullptr}, {"/api/v1/facts/{id}/explain", {}, nullptr}});
  http::HttpRequest request;
  request.path = "/api/v1/facts/7/explain";
  request.segments = {"api", "v1", "facts", "7", "explain"};
  ASSERT_TRUE(router.find(request));
  EXPECT_EQ(router.find(request)->captured, std::vector<std::string>{"7"});
  request.path = "/api/v1/fact";
  request.segments = {"api", "v1", "fact"};
  EXPECT_EQ(router.find(request).error().hint, "did you mean /api/v1/facts?");
}

}  // namespace
}  // namespace qd
