// What a request asks for: parameters, filters, cursors, formats, addresses.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "server/faces/fact_filter.hpp"
#include "server/rest/answer_cache.hpp"
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

TEST(FactFilter, reads_what_is_well_formed) {
  const auto filter =
      faces::fact_filter({{"TP01"}, {"L1"}, {"FY2024-25"}, {"ytd"}, {}, "", "2026-03-31"});
  ASSERT_TRUE(filter);
  EXPECT_EQ(filter->readings, std::vector<Reading>{Reading::kYearToDate});
  EXPECT_EQ(to_text(*filter->as_of), "2026-03-31T23:59:59.999Z");
  EXPECT_EQ(filter->breakdown, "");
}

TEST(FactFilter, an_offset_whose_plus_was_read_as_a_blank_still_counts) {
  faces::FactFilterTexts texts;
  texts.as_of = "2026-03-31T10:00:00 01:00";
  ASSERT_TRUE(faces::fact_filter(texts));
  EXPECT_EQ(to_text(*faces::fact_filter(texts)->as_of), "2026-03-31T09:00:00.000Z");
}

TEST(FactFilter, each_malformed_value_has_its_own_code) {
  EXPECT_EQ(faces::fact_filter({{}, {}, {"2024"}, {}, {}, {}, {}}).error().code,
            ErrorCode::kPeriodMalformed);
  EXPECT_EQ(faces::fact_filter({{}, {}, {}, {"quater"}, {}, {}, {}}).error().hint,
            "did you mean 'quarter'?");
  EXPECT_EQ(faces::fact_filter({{}, {}, {}, {}, {}, {}, "soon"}).error().code,
            ErrorCode::kInstantMalformed);
}

rest::Cursor some_cursor() {
  rest::Cursor cursor;
  cursor.after.indicator = "TP01";
  cursor.after.version = 3;
  cursor.after.area = "L1";
  cursor.after.period = "FY2024-25";
  cursor.after.reading = Reading::kYear;
  cursor.after.breakdown = "";
  cursor.as_of = instant_of(1'700'000'000'123);
  return cursor;
}

TEST(CursorText, comes_back_as_it_was) {
  FactQuery filter;
  filter.areas = {"L1", "L2"};
  const auto back = rest::parse_cursor(rest::cursor_text(some_cursor(), filter), filter);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->after.indicator, "TP01");
  EXPECT_EQ(back->after.version, 3);
  EXPECT_EQ(back->after.period, "FY2024-25");
  EXPECT_EQ(back->after.reading, Reading::kYear);
  EXPECT_EQ(back->after.breakdown, "");
  EXPECT_EQ(back->as_of, some_cursor().as_of);
}

TEST(CursorText, of_another_question_is_refused) {
  FactQuery filter, other;
  other.areas = {"L1"};
  const auto text = rest::cursor_text(some_cursor(), filter);
  EXPECT_EQ(rest::parse_cursor(text, other).error().code, ErrorCode::kParameterMalformed);
  FactQuery joined, apart;
  joined.areas = {"a", "b"};
  apart.areas = {"a"};
  apart.periods = {"b"};
  EXPECT_FALSE(rest::parse_cursor(rest::cursor_text(some_cursor(), joined), apart));
}

RC_GTEST_PROP(CursorText, no_changed_letter_passes, ()) {
  const auto text = rest::cursor_text(some_cursor(), {});
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
  auto changed = text;
  changed[at] = changed[at] == 'A' ? 'B' : 'A';
  RC_ASSERT(!rest::parse_cursor(changed, {}));
  RC_ASSERT(!rest::parse_cursor(text.substr(0, at), {}));
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

TEST(CursorText, each_part_of_the_question_counts) {
  FactQuery filter;
  const auto text = rest::cursor_text(some_cursor(), filter);
  std::vector<FactQuery> others(7);
  others[0].indicators = {"TP01"};
  others[1].periods = {"FY2024-25"};
  others[2].families = {"copis"};
  others[3].readings = {Reading::kYear};
  others[4].breakdown = "";
  others[5].as_of = instant_of(5);
  others[6].areas = {"L1"};
  EXPECT_TRUE(rest::parse_cursor(text, filter));
  for (const auto& other : others) EXPECT_FALSE(rest::parse_cursor(text, other));
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

rest::CachedAnswer answer(const std::string& etag, std::size_t bytes) {
  return {etag, {}, std::make_shared<const std::string>(std::string(bytes, 'x'))};
}

// An entry is its question, its answer and 512 bytes for the rest.
TEST(AnswerCache, one_answer_takes_an_eighth_of_the_room_and_not_a_byte_more) {
  rest::AnswerCache cache(8 * 1024);
  cache.keep("q", answer("1", 1024 - 512 - 1));
  EXPECT_TRUE(cache.find("q", "1"));
  cache.keep("r", answer("1", 1024 - 512));
  EXPECT_FALSE(cache.find("r", "1"));
}

TEST(AnswerCache, is_full_at_its_size_and_drops_with_the_next) {
  rest::AnswerCache cache(8 * 1024);
  for (int i = 0; i < 8; ++i) cache.keep(std::to_string(i), answer("1", 1024 - 512 - 1));
  EXPECT_TRUE(cache.find("1", "1"));
  cache.keep("0", answer("2", 1024 - 512 - 1));  // in the place of the one before
  for (const char* kept : {"2", "3", "4", "5", "6", "7", "1"}) EXPECT_TRUE(cache.find(kept, "1"));
  EXPECT_FALSE(cache.find("0", "1"));
  EXPECT_TRUE(cache.find("0", "2"));
  cache.keep("8", answer("1", 1));
  EXPECT_FALSE(cache.find("2", "1")) << "the one that was not asked for longest";
  EXPECT_TRUE(cache.find("3", "1"));
}

TEST(AnswerCache, gives_only_what_still_holds_and_drops_the_least_used) {
  rest::AnswerCache cache(16 * 1024);
  cache.keep("a", answer("1", 1000));
  EXPECT_TRUE(cache.find("a", "1"));
  EXPECT_FALSE(cache.find("a", "2"));
  for (int i = 0; i < 20; ++i) {
    cache.keep(std::to_string(i), answer("1", 1000));
    EXPECT_TRUE(cache.find("a", "1")) << "used again and again, so it stays";
  }
  EXPECT_FALSE(cache.find("0", "1"));
  cache.keep("large", answer("1", 15 * 1024));
  EXPECT_FALSE(cache.find("large", "1")) << "one answer may not take the place of all";
}

}  // namespace
}  // namespace qd
