// What BI tools read, over a real database.
#include "tests/integration/http/api_fixture.hpp"

namespace qd::test {
namespace {

using RestApi = ApiTest;

TEST_F(RestApi, a_figure_carries_everything_it_is_shown_with) {
  add_run("FY2024-25", 2);
  const auto answer = get("/api/v1/facts?area=N1");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_NE(answer.body.find(R"({"data":[{"indicator":"T01","title":"Tests that pass","version":1,)"
                             R"("area":"N1","area_name":"=North","area_kind":"neighbourhood",)"
                             R"("area_parent":"L1","area_path":"L1/N1","period":"FY2024-25",)"
                             R"("reading":"year","from":"2024-04-01","until":"2025-04-01",)"
                             R"("previous_period":"FY2023-24","period_year_before":"FY2023-24",)"
                             R"("breakdown":"","numerator":1,"denominator":3,)"
                             R"("value":33.3333333333,"display":"33.3","null_reason":null,)"
                             R"("unit":"%","decimals":1,"polarity":"context",)"
                             R"("aggregation":"flow_ratio","n":3,"population":null,"margin":null,)"
                             R"("required_sample":null,"flags":[],"family":"tests",)"
                             R"("key":"T01/1/N1/FY2024-25/year/","run":1,)"),
            std::string::npos)
      << answer.body;
  EXPECT_NE(answer.body.find(R"("next":null})"), std::string::npos);
}

TEST_F(RestApi, pages_follow_each_other_and_nothing_is_lost_or_doubled) {
  add_run("FY2024-25", 25);
  std::string target = "/api/v1/facts?limit=10&format=csv", all;
  int pages = 0;
  for (; !target.empty() && pages < 10; ++pages) {
    const auto answer = get(target);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto lines = answer.body.substr(answer.body.find("\r\n") + 2);
    all += lines;
    EXPECT_LE(count(lines, "\r\n"), 10u);
    target = next_of(answer);
  }
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(count(all, "\r\n"), 25u);
  const auto whole = get("/api/v1/facts?limit=all&format=csv");
  EXPECT_EQ(whole.body.substr(whole.body.find("\r\n") + 2), all);
}

TEST_F(RestApi, the_last_page_has_no_next_even_when_it_is_full) {
  add_run("FY2024-25", 10);
  const auto answer = get("/api/v1/facts?limit=10");
  EXPECT_EQ(answer.headers.count("link"), 0u);
  EXPECT_EQ(count(answer.body, "\"indicator\""), 10u);
}

TEST_F(RestApi, a_run_that_completes_meanwhile_does_not_disturb_a_reading) {
  const auto first = add_run("FY2024-25", 10);
  const auto page = get("/api/v1/facts?limit=5");
  const auto next = field(page.body, "next");
  ASSERT_FALSE(next.empty()) << page.body;
  const auto second = add_run("FY2024-25", 10);
  EXPECT_EQ(count(get(next).body, "\"run\":" + std::to_string(first)), 5u);
  EXPECT_EQ(count(get("/api/v1/facts").body, "\"run\":" + std::to_string(second)), 10u);
}

TEST_F(RestApi, filters_are_repeated_or_separated_by_commas) {
  add_run("FY2024-25", 5);
  add_run("FY2025-26", 5);
  EXPECT_EQ(count(get("/api/v1/facts?area=L1,N1").body, "\"indicator\""), 4u);
  EXPECT_EQ(count(get("/api/v1/facts?area=L1&area=N1&period=FY2024-25").body, "\"indicator\""), 2u);
  EXPECT_EQ(count(get("/api/v1/facts?reading=ytd").body, "\"indicator\""), 0u);
  EXPECT_EQ(count(get("/api/v1/facts?breakdown=").body, "\"indicator\""), 10u);
  EXPECT_EQ(count(get("/api/v1/facts?as_of=2020-01-01").body, "\"indicator\""), 0u);
}

struct NamedWrongly {
  std::string target, code, detail, hint;
};

void expect_refused(const RawAnswer& answer, const NamedWrongly& wrong) {
  EXPECT_EQ(answer.status, 404) << wrong.target;
  EXPECT_EQ(field(answer.body, "code"), wrong.code) << wrong.target;
  EXPECT_EQ(field(answer.body, "detail"), wrong.detail) << wrong.target;
  EXPECT_EQ(field(answer.body, "hint"), wrong.hint) << wrong.target;
}

TEST_F(RestApi, a_name_nobody_knows_is_an_error_that_names_the_nearest) {
  add_run("FY2024-25", 2);
  const std::vector<NamedWrongly> all = {
      {"facts?indicator=T02", "QD4021", "there is no indicator 'T02'", "did you mean 'T01'?"},
      {"facts?area=N2", "QD4022", "there is no area 'N2'", "did you mean 'N1'?"},
      {"facts?period=FY2024-25-Q2", "QD4023", "nothing was ever computed for FY2024-25-Q2",
       "did you mean 'FY2024-25'?"},
      {"facts?family=test", "QD2002", "there is no family 'test'", "did you mean 'tests'?"},
      {"facts?area=L1,M1", "QD4022", "there is no area 'M1'", "did you mean 'L1'?"},
      {"facts?area=N2&limit=all", "QD4022", "there is no area 'N2'", "did you mean 'N1'?"},
      {"runs?family=tets", "QD2002", "there is no family 'tets'", "did you mean 'tests'?"},
      {"runs?period=FY2023-24", "QD4023", "nothing was ever computed for FY2023-24",
       "did you mean 'FY2024-25'?"},
      {"indicators?code=T1", "QD4021", "there is no indicator 'T1'", "did you mean 'T01'?"},
      {"indicators?family=tset", "QD2002", "there is no family 'tset'", "did you mean 'tests'?"},
      {"areas?parent=L2", "QD4022", "there is no area 'L2'", "did you mean 'L1'?"}};
  for (const auto& wrong : all) expect_refused(get("/api/v1/" + wrong.target), wrong);
  EXPECT_EQ(field(get("/api/v1/runs?period=2024").body, "code"), "QD2001");
  const auto kind = get("/api/v1/areas?kind=landlrod");
  EXPECT_EQ(kind.status, 400);
  EXPECT_EQ(field(kind.body, "hint"), "did you mean 'landlord'?");
}

TEST_F(RestApi, a_known_name_without_figures_is_an_empty_answer) {
  EXPECT_EQ(get("/api/v1/facts?area=N1").status, 200) << "an area of which nothing is known yet";
  EXPECT_EQ(get("/api/v1/facts?indicator=TP01").status, 200) << "of a family that has not run";
  EXPECT_EQ(get("/api/v1/facts?family=existing_pis").status, 200);
  EXPECT_EQ(get("/api/v1/facts?period=FY2024-25").status, 404);
  add_run("FY2024-25", 0);
  const auto empty = get("/api/v1/facts?period=FY2024-25");
  EXPECT_EQ(empty.status, 200) << "known since it was computed: " << empty.body;
  EXPECT_EQ(count(empty.body, "\"indicator\""), 0u);
  EXPECT_EQ(count(get("/api/v1/runs?period=FY2024-25&family=tests").body, "\"family\""), 1u);
  EXPECT_EQ(count(get("/api/v1/runs?family=involvement").body, "\"family\""), 0u);
}

TEST_F(RestApi, refusals_are_problems_with_a_hint) {
  const auto unknown = get("/api/v1/facts?aera=L1");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(unknown.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(
      unknown.body,
      "{\"type\":\"urn:quarterday:error:QD4005\",\"title\":\"A parameter is not known\","
      "\"status\":400,\"detail\":\"'aera' is not a parameter here\","
      "\"instance\":\"/api/v1/facts\",\"code\":\"QD4005\",\"hint\":\"did you mean 'area'?\"}\n");
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"period=2024", "QD2001"},    {"as_of=soon", "QD2012"},  {"reading=quater", "QD4006"},
      {"limit=0", "QD4006"},        {"limit=10001", "QD4006"}, {"limit=x", "QD4006"},
      {"cursor=abc", "QD4006"},     {"format=xml", "QD4006"},  {"dialect=odd", "QD4006"},
      {"limit=1&limit=2", "QD4006"}};
  for (const auto& [query, code] : refused) {
    const auto answer = get("/api/v1/facts?" + query);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(field(answer.body, "code"), code) << query;
  }
}

// A browser keeps a key, and sends it for whatever page asks; it says so, though.
TEST_F(RestApi, a_page_of_another_site_may_not_ask_but_a_link_may_be_followed) {
  const std::string other = "Sec-Fetch-Site: cross-site\r\n", link = "Sec-Fetch-Mode: navigate\r\n";
  const auto refused = get("/api/v1/facts?limit=1", other + "Sec-Fetch-Mode: no-cors\r\n");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(field(refused.body, "code"), "QD4031");
  EXPECT_EQ(get("/api/v1/facts?limit=1", other + link).status, 200);
  EXPECT_EQ(get("/api/v1/facts?limit=1", "Sec-Fetch-Site: same-origin\r\n").status, 200);
  const auto id = std::to_string(add_run("FY2024-25", 2) * kFactsPerRun);
  EXPECT_NE(get("/api/v1/facts/" + id + "/explain", other + link).status, 403);
  const auto reason = get("/api/v1/facts/" + id + "/explain?reason=theirs", other + link);
  EXPECT_EQ(field(reason.body, "code"), "QD4031") << "nor say why somebody reads people's rows";
}

TEST_F(RestApi, one_figure_stays_in_no_browser) {
  const auto id = std::to_string(add_run("FY2024-25", 2) * kFactsPerRun);
  EXPECT_EQ(get("/api/v1/facts/" + id).headers.at("cache-control"), "no-store");
}

TEST_F(RestApi, addresses_and_methods_that_are_not_there_say_what_is) {
  const auto lost = get("/api/v1/fact");
  EXPECT_EQ(lost.status, 404);
  EXPECT_EQ(field(lost.body, "hint"), "did you mean /api/v1/facts?");
  const auto posted = send("POST /api/v1/facts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
                           key_ + "\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(posted.status, 405);
  EXPECT_EQ(posted.headers.at("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(get("/api/v1/facts", "Accept: image/png\r\n").status, 406);
  EXPECT_EQ(get("/api/v1/facts/12345").status, 404);
  EXPECT_EQ(get("/api/v1/facts/x").status, 404);
  EXPECT_EQ(get("/api/v1/facts/12345/explain").status, 404);
}

TEST_F(RestApi, csv_is_exact_unless_a_spreadsheet_asks) {
  add_run("FY2024-25", 2);
  const auto exact = get("/api/v1/facts?area=N1", "Accept: text/csv\r\n");
  EXPECT_EQ(exact.headers.at("content-type"), "text/csv; charset=utf-8; header=present");
  EXPECT_NE(exact.body.find(",N1,=North,"), std::string::npos) << exact.body;
  const auto guarded = get("/api/v1/facts?area=N1&format=csv&dialect=spreadsheet");
  EXPECT_NE(guarded.body.find(",N1,'=North,"), std::string::npos) << guarded.body;
}

TEST_F(RestApi, csv_that_a_browser_or_excel_fetches_is_guarded_unless_it_says_otherwise) {
  add_run("FY2024-25", 1);
  const auto area_name = [&](const std::string& agent, const std::string& with = "") {
    const auto answer = get("/api/v1/areas?format=csv" + with,
                            agent.empty() ? "" : "User-Agent: " + agent + "\r\n");
    EXPECT_NE(answer.headers.at("vary").find("User-Agent"), std::string::npos);
    return answer.body.find("N1,'=North,") != std::string::npos ? "guarded" : "exact";
  };
  for (const char* person :
       {"Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Excel 16.0)", "Excel/2.0"})
    EXPECT_STREQ(area_name(person), "guarded") << person;
  for (const char* program : {"", "curl/8.5", "python-requests/2", "libcurl Mozilla/5.0",
                              "Microsoft.Data.Mashup (https://go.microsoft.com/fwlink)"})
    EXPECT_STREQ(area_name(program), "exact") << program;
  const std::string browser = "User-Agent: Mozilla/5.0\r\n";
  const std::string target = "/api/v1/facts?format=csv&fields=area";
  const auto guarded = get(target, browser).headers.at("etag");
  EXPECT_NE(guarded, get(target).headers.at("etag")) << "they are not the same bytes";
  EXPECT_EQ(get(target, browser + "If-None-Match: " + guarded + "\r\n").status, 304);
  EXPECT_EQ(get(target + "&dialect=exact", browser).headers.at("etag"),
            get(target).headers.at("etag"));
}

TEST_F(RestApi, what_did_not_change_is_not_sent_again) {
  add_run("FY2024-25", 3);
  const auto first = get("/api/v1/facts");
  const auto etag = first.headers.at("etag");
  EXPECT_EQ(get("/api/v1/facts", "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(get("/api/v1/facts").body, first.body);
  add_run("FY2025-26", 3);
  const auto changed = get("/api/v1/facts", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(count(changed.body, "\"indicator\""), 6u);
}

TEST_F(RestApi, an_etag_and_a_kept_answer_are_of_one_format) {
  add_run("FY2024-25", 3);
  const auto json = get("/api/v1/facts");
  const auto csv = get("/api/v1/facts", "Accept: text/csv\r\n");
  EXPECT_EQ(csv.headers.at("content-type").substr(0, 8), "text/csv") << "not the kept JSON";
  EXPECT_EQ(get("/api/v1/facts").body, json.body) << "nor JSON from the kept CSV";
  EXPECT_EQ(get("/api/v1/facts", "Accept: text/csv\r\n").body, csv.body);
  EXPECT_NE(csv.headers.at("etag"), json.headers.at("etag"));
  const auto of_json = "If-None-Match: " + json.headers.at("etag") + "\r\n";
  EXPECT_EQ(get("/api/v1/facts", of_json + "Accept: text/csv\r\n").status, 200);
  const auto of_csv = "If-None-Match: " + csv.headers.at("etag") + "\r\n";
  EXPECT_EQ(get("/api/v1/facts", of_csv + "Accept: text/csv\r\n").status, 304);
  EXPECT_EQ(get("/api/v1/facts", of_csv).status, 200);
  EXPECT_EQ(json.headers.at("vary"), "Accept, Authorization, Accept-Encoding");
}

TEST_F(RestApi, an_etag_changes_with_the_names_of_areas) {
  add_run("FY2024-25", 1);
  const auto before = get("/api/v1/facts").headers.at("etag");
  load_areas("Another name");
  edge_.reset();
  start(false);  // names are kept for a moment
  const auto after = get("/api/v1/facts", "If-None-Match: " + before + "\r\n");
  EXPECT_EQ(after.status, 200);
  EXPECT_NE(after.body.find("Another name"), std::string::npos);
}

TEST_F(RestApi, limits_hold_at_their_ends) {
  add_run("FY2024-25", 3);
  EXPECT_EQ(get("/api/v1/facts?limit=1").status, 200);
  EXPECT_EQ(count(get("/api/v1/facts?limit=1").body, "\"indicator\""), 1u);
  EXPECT_EQ(get("/api/v1/facts?limit=10000").status, 200);
  EXPECT_EQ(get("/api/v1/facts?limit=10001").status, 400);
  const auto full = get("/api/v1/facts?limit=3");
  EXPECT_EQ(field(full.body, "next"), "");
  EXPECT_NE(field(get("/api/v1/facts?limit=2").body, "next"), "");
}

TEST_F(RestApi, a_thousand_figures_are_a_page_unless_said_otherwise) {
  add_run("FY2024-25", 1001);
  const auto page = get("/api/v1/facts");
  EXPECT_EQ(count(page.body, "\"indicator\""), 1000u);
  EXPECT_EQ(count(get(field(page.body, "next")).body, "\"indicator\""), 1u);
}

TEST_F(RestApi, a_whole_export_is_long_work_and_a_page_is_not) {
  http::HttpRequest request;
  request.path = "/api/v1/facts";
  request.segments = {"api", "v1", "facts"};
  EXPECT_EQ(api_->take(request).lane, http::Lane::kQuick);
  request.query = {{"limit", "1"}};
  EXPECT_EQ(api_->take(request).lane, http::Lane::kQuick);
  request.query = {{"limit", "all"}};
  EXPECT_EQ(api_->take(request).lane, http::Lane::kLong);
  request.query.clear();
  request.segments = {"api", "v1", "facts", "1", "explain"};
  EXPECT_EQ(api_->take(request).lane, http::Lane::kLong);
  request.segments = {"nothing"};
  EXPECT_EQ(api_->take(request).lane, http::Lane::kQuick);
}

TEST_F(RestApi, options_tell_what_is_offered) {
  const auto answer = send("OPTIONS /api/v1/facts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " +
                           key_ + "\r\n\r\n");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, OPTIONS");
}

TEST_F(RestApi, head_says_what_get_would_send) {
  add_run("FY2024-25", 3);
  const auto got = get("/api/v1/facts");
  const auto head = send(
      "HEAD /api/v1/facts HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + key_ + "\r\n\r\n", true);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(got.body.size()));
  EXPECT_EQ(head.headers.at("etag"), got.headers.at("etag"));
}

TEST_F(RestApi, one_figure_is_read_by_its_number) {
  const auto run = add_run("FY2024-25", 2);
  const auto answer = get("/api/v1/facts/" + std::to_string(run * kFactsPerRun));
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(count(answer.body, "\"indicator\":\"T01\""), 1u);
}

TEST_F(RestApi, every_list_answers_in_both_formats) {
  add_run("FY2024-25", 2);
  for (const char* list : {"indicators", "areas", "periods", "runs", "returns", "jobs"}) {
    const auto json = get(std::string("/api/v1/") + list);
    EXPECT_EQ(json.status, 200) << list << json.body;
    EXPECT_EQ(json.body.substr(0, 9), "{\"data\":[") << list;
    const auto csv = get(std::string("/api/v1/") + list, "Accept: text/csv\r\n");
    EXPECT_EQ(csv.headers.at("content-type").substr(0, 8), "text/csv") << list;
    EXPECT_NE(csv.body.find("\r\n"), std::string::npos) << list;
    EXPECT_EQ(get(std::string("/api/v1/") + list + "?odd=1").status, 400) << list;
    EXPECT_EQ(get(std::string("/api/v1/") + list + "?format=csv&format=csv").status, 400) << list;
  }
  EXPECT_EQ(count(get("/api/v1/areas?kind=landlord").body, "\"code\""), 1u);
}

std::string data_of(const RawAnswer& answer) {
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.headers.at("cache-control"), "private, no-cache");
  EXPECT_EQ(answer.headers.at("vary"), "Accept, Authorization, Accept-Encoding");
  return answer.body;
}

TEST_F(RestApi, lists_give_what_was_asked_for_and_nothing_else) {
  add_run("FY2024-25", 2);
  add_run("FY2025-26-Q1", 1);
  EXPECT_EQ(data_of(get("/api/v1/periods")),
            R"({"data":[{"id":"FY2024-25","from":"2024-04-01","until":"2025-04-01",)"
            R"("readings":["year"]},{"id":"FY2025-26-Q1","from":"2025-04-01",)"
            R"("until":"2025-07-01","readings":["quarter","ytd"]}]})");
  const std::string landlord = R"({"code":"L1","name":"Landlord, Ltd","kind":"landlord",)"
                               R"("parent":null,"valid_from":"2020-04-01","valid_until":null})";
  const std::string north = R"({"code":"N1","name":"=North","kind":"neighbourhood",)"
                            R"("parent":"L1","valid_from":"2020-04-01","valid_until":null})";
  EXPECT_EQ(data_of(get("/api/v1/areas")), R"({"data":[)" + landlord + "," + north + "]}");
  EXPECT_EQ(data_of(get("/api/v1/areas?parent=L1")), R"({"data":[)" + north + "]}");
  EXPECT_EQ(data_of(get("/api/v1/areas?kind=landlord")), R"({"data":[)" + landlord + "]}");
  EXPECT_EQ(data_of(get("/api/v1/areas?kind=landlord&parent=L1")), R"({"data":[]})");
  EXPECT_EQ(count(data_of(get("/api/v1/runs")), R"("family":"tests")"), 2u);
  EXPECT_EQ(count(data_of(get("/api/v1/runs?period=FY2024-25")), R"("period":"FY2024-25")"), 1u);
  EXPECT_EQ(count(data_of(get("/api/v1/runs?period=FY2024-25")), R"("family":"tests")"), 1u);
}

TEST_F(RestApi, definitions_are_listed_of_the_families_and_codes_asked_for) {
  add_run("FY2024-25", 1);
  ASSERT_EQ(get("/api/v1/families").status, 200);  // those that have not run are known from now on
  const auto all = data_of(get("/api/v1/indicators"));
  EXPECT_EQ(count(all, R"("code":"T01")"), 1u);
  EXPECT_GT(count(all, R"("code":"TP01")"), 0u);
  const auto own = data_of(get("/api/v1/indicators?family=tests"));
  EXPECT_EQ(count(own, R"("code":)"), 1u);
  EXPECT_EQ(count(own, R"("code":"T01")"), 1u);
  const auto coded = data_of(get("/api/v1/indicators?code=TP01"));
  EXPECT_EQ(count(coded, R"("code":)"), count(coded, R"("code":"TP01")"));
  EXPECT_EQ(count(data_of(get("/api/v1/indicators?family=tests&code=TP01")), R"("code":)"), 0u);
}

TEST_F(RestApi, nothing_is_readable_without_a_key) {
  add_run("FY2024-25", 1);
  for (const char* target : {"/api/v1/facts", "/api/v1/areas", "/openapi.yaml", "/nothing", "/"}) {
    const auto answer = send(std::string("GET ") + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(answer.status, 401) << target;
    EXPECT_EQ(answer.headers.at("www-authenticate"),
              R"(Basic realm="quarterday", charset="UTF-8")");
    EXPECT_EQ(field(answer.body, "code"), "QD4001");
  }
  EXPECT_EQ(send("GET /healthz/live HTTP/1.1\r\nHost: h\r\n\r\n").status, 200);
}

TEST_F(RestApi, a_key_that_is_not_right_is_refused_and_a_revoked_one_soon) {
  auto wrong = key_;
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  for (const auto& sent : {std::string("Bearer x"), "Bearer " + wrong, std::string("Basic ???")}) {
    const auto answer =
        send("GET /api/v1/areas HTTP/1.1\r\nHost: h\r\nAuthorization: " + sent + "\r\n\r\n");
    EXPECT_EQ(answer.status, 401) << sent;
    EXPECT_EQ(field(answer.body, "code"), "QD4002") << sent;
  }
  EXPECT_EQ(get("/api/v1/areas").status, 200);
  ASSERT_TRUE(database_->keys().revoke(keys::parse_key_text(key_)->prefix, clock_.now()).value());
  const auto deadline = clock_.now() + keys::KeyGuard::kMemory + std::chrono::seconds{30};
  while (get("/api/v1/areas").status == 200 && clock_.now() < deadline) ::poll(nullptr, 0, 50);
  EXPECT_EQ(get("/api/v1/areas").status, 401);
}

TEST_F(RestApi, open_asks_for_no_key) {
  start(true);
  EXPECT_EQ(send("GET /api/v1/areas HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
}

// A page of another site may make its own name lead here; a browser then sends that name.
TEST_F(RestApi, open_answers_only_to_the_names_of_this_machine) {
  start(true);
  for (const std::string host :
       {"localhost", "LOCALHOST", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    EXPECT_EQ(send("GET /api/v1/areas HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status, 200) << host;
  for (const std::string host :
       {"example.org", "example.org:8080", "127.example.org", "[::1", "::1"}) {
    const auto answer = send("GET /api/v1/areas HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    EXPECT_EQ(answer.status, 421) << host;
    EXPECT_NE(answer.body.find("QD4020"), std::string::npos);
  }
}

TEST_F(RestApi, a_workbook_comes_as_it_was_stored) {
  auto& returns = database_->returns();
  Schedule schedule;
  schedule.id = "executive-quarterly";
  schedule.title = "Executive";
  schedule.audience = "Executive";
  schedule.cadence = "quarter";
  schedule.first_period = "FY2024-25-Q1";
  ASSERT_TRUE(database_->schedules().save(schedule));
  auto claimed = returns.claim(schedule.id, "FY2024-25-Q1", 1, clock_.now(),
                               clock_.now() + std::chrono::minutes{1});
  ASSERT_TRUE(claimed && *claimed);
  auto run = **claimed;
  run.workbook = std::string("PK\0\x03 bytes", 10);
  run.sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  run.file_name = "executive.xlsx";
  run.as_of = clock_.now();
  ASSERT_TRUE(returns.store_built(run));
  const std::string target = "/api/v1/returns/executive-quarterly/FY2024-25-Q1/1/workbook";
  const auto answer = get(target);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(answer.body, run.workbook);
  EXPECT_EQ(answer.headers.at("repr-digest"),
            "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
  EXPECT_EQ(answer.headers.at("content-disposition"), "attachment; filename=\"executive.xlsx\"");
  EXPECT_EQ(answer.headers.at("cache-control"), "private, no-cache");
  const auto unchanged = get(target, "If-None-Match: " + answer.headers.at("etag") + "\r\n");
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_EQ(unchanged.headers.at("etag"), "\"" + run.sha256 + "\"");
  EXPECT_EQ(unchanged.body, "");
  // What a whole number of 32 bits cannot hold is no revision, rather than another one's.
  EXPECT_EQ(get("/api/v1/returns/executive-quarterly/FY2024-25-Q1/4294967297/workbook").status,
            404);
  EXPECT_EQ(get("/api/v1/returns/executive-quarterly/FY2024-25-Q1/x/workbook").status, 400);
  EXPECT_EQ(get("/api/v1/returns/executive-quarterly/FY2024-25-Q1/2/workbook").status, 404);
}

TEST_F(RestApi, two_stalled_exports_leave_others_undisturbed) {
  add_run("FY2024-25", 20'000);
  std::vector<std::unique_ptr<RawClient>> stalled;
  for (int i = 0; i < 2; ++i) {
    stalled.push_back(std::make_unique<RawClient>(edge_->port()));
    stalled.back()->send(
        "GET /api/v1/facts?limit=all HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + key_ +
        "\r\n\r\n");
  }
  for (int i = 0; i < 50; ++i) EXPECT_EQ(get("/api/v1/facts?area=L1").status, 200);
  const auto whole = stalled.front()->read_answer();
  EXPECT_TRUE(whole.complete);
  EXPECT_EQ(count(whole.body, "\"indicator\""), 20'000u);
}

// Independent readers: their own HTTP, their own JSON and CSV.
class OtherClients : public ApiTest {
 protected:
  int run(const std::string& command) { return std::system(command.c_str()); }
  std::string address() { return "http://127.0.0.1:" + std::to_string(edge_->port()); }
};

TEST_F(OtherClients, curl_with_basic_and_compression_offered) {
  add_run("FY2024-25", 30);
  EXPECT_EQ(run("curl -sf --compressed -u anyone:" + key_ + " '" + address() +
                "/api/v1/facts?limit=all' -o /dev/null"),
            0);
  EXPECT_NE(run("curl -sf -u anyone:wrong '" + address() + "/api/v1/facts' -o /dev/null"), 0);
  EXPECT_EQ(run("curl -sf --http1.0 -H 'Authorization: Bearer " + key_ + "' '" + address() +
                "/api/v1/facts' '" + address() + "/api/v1/areas' -o /dev/null -o /dev/null"),
            0);
}

TEST_F(OtherClients, python_reads_json_and_csv_alike) {
  add_run("FY2024-25", 30);
  const auto script = folder_ / "read.py";
  std::ofstream(script) << R"(
import csv, decimal, http.client, io, json, sys
port, key = int(sys.argv[1]), sys.argv[2]
c = http.client.HTTPConnection('127.0.0.1', port)
def get(target):
    c.request('GET', target, headers={'Authorization': 'Bearer ' + key})
    r = c.getresponse()
    text = r.read().decode()
    assert r.status == 200, text
    return text
data = json.loads(get('/api/v1/facts?limit=all'), parse_float=decimal.Decimal)['data']
socket = c.sock
rows = list(csv.DictReader(io.StringIO(get('/api/v1/facts?limit=all&format=csv'), newline='')))
assert c.sock is socket, 'the connection was not kept'
assert len(data) == len(rows) == 30
for fact, row in zip(data, rows):
    assert list(fact) == list(row)
    for name, value in fact.items():
        text = '' if value is None else ';'.join(value) if isinstance(value, list) else str(value)
        assert row[name] == text, (name, row[name], text)
)";
  EXPECT_EQ(run("python3 " + script.string() + " " + std::to_string(edge_->port()) + " " + key_),
            0);
}

}  // namespace
}  // namespace qd::test
