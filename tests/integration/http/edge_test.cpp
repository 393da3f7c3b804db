// The edge against clients of every kind: one test for each way in which Pistache 0.0.5, left to
// itself, answers wrongly or not at all.
#include <array>

#include "tests/integration/http/edge_fixture.hpp"

namespace qd::test {
namespace {

using Edge = EdgeTest;

void expect_problem(const RawAnswer& answer, int status, const std::string& code) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  EXPECT_NE(answer.body.find("\"code\":\"" + code + "\""), std::string::npos) << answer.body;
  EXPECT_NE(answer.body.find("\"status\":" + std::to_string(status)), std::string::npos);
}

TEST_F(Edge, keeps_the_connection_of_http_1_1_without_a_connection_header) {
  auto client = this->client();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(get("/" + std::to_string(i))));
    const auto answer = client.read_answer();
    EXPECT_EQ(answer.body, "GET /" + std::to_string(i));
    EXPECT_EQ(answer.headers.at("connection"), "keep-alive");
  }
}

TEST_F(Edge, closes_when_it_said_so) {
  auto client = this->client();
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.read_answer().headers.at("connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST_F(Edge, speaks_http_1_0_both_ways) {
  auto client = this->client();
  client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.read_answer().headers.at("connection"), "keep-alive");
  client.send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.read_answer().headers.at("connection"), "close");
  EXPECT_TRUE(client.ended());
}

TEST_F(Edge, answers_head_without_a_body_and_with_its_length) {
  auto client = this->client();
  client.send("HEAD /large HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next"));
  const auto head = client.read_answer(true);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(kLargeBytes));
  EXPECT_EQ(client.read_answer().body, "GET /next") << "not one byte of the body came between";
}

TEST_F(Edge, an_exception_stays_inside) {
  const auto answer = ask(get("/throws"));
  expect_problem(answer, 500, "QD4010");
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST_F(Edge, odd_headers_reach_the_handler) {
  for (const char* header :
       {"Cookie: a=two words; b", "Cookie: noequals",
        "Cache-Control: rather-odd x=", "If-Modified-Since: yesterday", "Date: now", "Accept: ###",
        "Accept: */*;q=x", "Content-Type: application/json-patch+json", "Content-Type: odd",
        "Accept: application/json;odata.metadata=minimal", "Authorization: Basic ???",
        "Host-Not: x", "User-Agent:", "Accept-Encoding: strange;q=2", "Expect: something-else"})
    EXPECT_EQ(ask(get("/x", std::string(header) + "\r\n")).body, "GET /x") << header;
}

TEST_F(Edge, malformed_requests_are_problems_not_plain_text) {
  expect_problem(ask(get("/", "Content-Length: -4\r\n")), 400, "QD4014");
  expect_problem(ask(get("/", "Content-Length: 4\r\nContent-Length: 5\r\n")), 400, "QD4014");
  expect_problem(ask("GET / HTTP/1.1\r\n\r\n"), 400, "QD4014");
  expect_problem(ask("nonsense\r\n\r\n"), 400, "QD4014");
  expect_problem(ask(get("/%zz")), 400, "QD4014");
  expect_problem(ask("GET / HTTP/3.0\r\n\r\n"), 505, "QD4019");
  expect_problem(ask(get("/", "Transfer-Encoding: chunked\r\n")), 411, "QD4018");
}

TEST_F(Edge, lines_without_cr_are_refused_at_once) {
  expect_problem(ask("GET / HTTP/1.1\nHost: h\n\n"), 400, "QD4014");
}

TEST_F(Edge, too_much_is_refused_before_it_is_held) {
  std::string lines;
  for (int i = 0; i < 20'000; ++i) lines += "A: b\r\n";
  expect_problem(ask(get("/", lines)), 431, "QD4015");
  expect_problem(ask(get("/", "A: " + std::string(200'000, 'a') + "\r\n")), 431, "QD4015");
  expect_problem(ask(get("/" + std::string(20'000, 'a'))), 414, "QD4016");
  expect_problem(ask(get("/", "Content-Length: 2000000\r\n") + std::string(500'000, 'x')), 413,
                 "QD4007");
}

TEST_F(Edge, requests_sent_ahead_are_answered_in_turn) {
  auto client = this->client();
  std::string many;
  for (int i = 0; i < 20; ++i) many += get("/" + std::to_string(i));
  client.send(many);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read_answer().body, "GET /" + std::to_string(i));
}

TEST_F(Edge, a_client_that_waits_before_its_body_is_told_to_go_on) {
  auto client = this->client();
  client.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  client.send("abc");
  EXPECT_EQ(client.read_answer().body, "POST /pabc");
}

TEST_F(Edge, a_body_may_come_in_pieces) {
  auto client = this->client();
  client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nab");
  client.send("cd");
  client.send("ef");
  EXPECT_EQ(client.read_answer().body, "POST /pabcdef");
}

TEST_F(Edge, a_client_that_ended_its_side_still_gets_its_answer) {
  auto client = this->client();
  client.send(get("/slow"));
  client.end_sending();
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 1; }));
  handler_.let_go();
  EXPECT_EQ(client.read_answer().body, "slow");
  EXPECT_TRUE(client.ended());
}

TEST_F(Edge, a_large_answer_arrives_whole) {
  const auto answer = ask(get("/large"));
  ASSERT_TRUE(answer.complete);
  EXPECT_EQ(answer.body.size(), kLargeBytes);
  EXPECT_EQ(answer.body.find_first_not_of('L'), std::string::npos);
}

TEST_F(Edge, a_streamed_answer_arrives_whole_and_the_connection_goes_on) {
  auto client = this->client();
  client.send(get("/pieces") + get("/after"));
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer.complete);
  EXPECT_EQ(answer.headers.at("transfer-encoding"), "chunked");
  EXPECT_EQ(answer.body.size(), kPieces * kPieceBytes);
  EXPECT_EQ(client.read_answer().body, "GET /after");
}

TEST_F(Edge, a_streamed_answer_ends_with_the_connection_for_http_1_0) {
  const auto answer = ask("GET /pieces HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_EQ(answer.body.size(), kPieces * kPieceBytes);
}

TEST_F(Edge, an_answer_that_cannot_be_finished_is_seen_to_be_cut) {
  EXPECT_FALSE(ask(get("/broken")).complete);
}

TEST_F(Edge, forgets_connections_that_are_gone) {
  for (int i = 0; i < 50; ++i) ask(get("/", "Connection: close\r\n"));
  EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == 0; }));
}

TEST_F(Edge, stops_after_the_answers_it_owes) {
  auto client = this->client();
  client.send(get("/slow"));
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 1; }));
  auto stopped = std::async(std::launch::async, [&] { edge_->stop(std::chrono::minutes{1}); });
  handler_.let_go();
  EXPECT_EQ(client.read_answer().body, "slow");
  stopped.get();
  EXPECT_FALSE(this->client().connected() && !ask(get("/")).status == 0);
}

TEST_F(Edge, tells_who_asks_while_it_stops_that_it_does) {
  auto slow = client(), kept = client();
  kept.send(get("/"));
  EXPECT_EQ(kept.read_answer().status, 200);
  slow.send(get("/slow"));
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 1; }));
  auto stopped = std::async(std::launch::async, [&] { edge_->stop(std::chrono::minutes{1}); });
  EXPECT_TRUE(becomes_true([&] { return ask(get("/")).status == 503; }));
  const auto told = ask(get("/"));
  expect_problem(told, 503, "QD4008");
  EXPECT_NE(told.body.find("being stopped"), std::string::npos) << told.body;
  handler_.let_go();
  EXPECT_EQ(slow.read_answer().body, "slow");
  stopped.get();
}

class SparingEdge : public EdgeTest {
  void adjust(http::EdgeSettings& settings) override {
    settings.requests_a_minute = 3;
    settings.proxies = {*http::AddressRange::parse("127.0.0.9")};
  }
};

TEST_F(SparingEdge, who_asks_too_often_is_told_when_to_come_back) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(get("/")).status, 200);
  const auto refused = ask(get("/"));
  expect_problem(refused, 429, "QD4029");
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  RawClient other(edge_->port(), 2);
  other.send(get("/"));
  EXPECT_EQ(other.read_answer().status, 200) << "another address";
}

TEST_F(SparingEdge, behind_our_own_proxy_it_is_the_clients_that_are_counted) {
  const auto ask_for = [&](const std::string& whom) {
    RawClient proxy(edge_->port(), 9);
    proxy.send(get("/", "X-Forwarded-For: " + whom + "\r\n"));
    return proxy.read_answer().status;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask_for("192.0.2.1"), 200);
  EXPECT_EQ(ask_for("192.0.2.1"), 429);
  EXPECT_EQ(ask_for("192.0.2.2"), 200);
}

// The handler's answer, and what it was told when it was over.
class Telling final : public http::HttpHandler {
 public:
  http::Task take(const http::HttpRequest&) override {
    return {http::Lane::kQuick, [this](const http::HttpRequest& request) {
              http::HttpResponse response;
              if (request.path == "/pieces")
                response.source = std::make_unique<Pieces>(kPieces + 1);
              else
                response.body = std::make_shared<const std::string>("twelve bytes");
              response.when_over = [this](const http::AnswerEnd& end) {
                ends_.at(n_ended_++).set_value(end);
              };
              return response;
            }};
  }
  http::AnswerEnd end_of(std::size_t nth) { return ends_.at(nth).get_future().get(); }

 private:
  std::array<std::promise<http::AnswerEnd>, 2> ends_;
  std::atomic<std::size_t> n_ended_{0};
};

TEST(EndOfAnAnswer, IsToldWithTheBytesThatWereSent) {
  Telling handler;
  http::EdgeSettings settings;
  settings.listen = {"127.0.0.1", 0};
  const auto edge = http::HttpEdge::start(settings, handler);
  ASSERT_TRUE(edge);
  {
    RawClient client((*edge)->port());
    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "twelve bytes");
    const auto end = handler.end_of(0);
    EXPECT_TRUE(end.whole);
    EXPECT_GT(end.bytes, 12u) << "and its head";
  }
  {
    RawClient client((*edge)->port());
    client.send("GET /pieces HTTP/1.1\r\nHost: h\r\n\r\n");
  }
  const auto end = handler.end_of(1);
  EXPECT_FALSE(end.whole) << "the client was gone";
  EXPECT_LT(end.bytes, kPieces * kPieceBytes);
}

class ImpatientEdge : public EdgeTest {
  void adjust(http::EdgeSettings& settings) override {
    settings.limits.head = std::chrono::milliseconds{200};
    settings.limits.body = std::chrono::milliseconds{200};
    settings.limits.idle = std::chrono::milliseconds{200};
  }
};

TEST_F(ImpatientEdge, a_request_that_does_not_come_is_a_408_problem) {
  expect_problem(ask("GET / HT"), 408, "QD4017");
  expect_problem(ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc"), 408, "QD4017");
}

TEST_F(ImpatientEdge, an_idle_connection_is_closed_without_a_word) {
  auto client = this->client();
  EXPECT_TRUE(client.ended());
  auto second = this->client();
  second.send(get("/"));
  EXPECT_TRUE(second.read_answer().complete);
  EXPECT_TRUE(second.ended());
}

class NarrowEdge : public EdgeTest {
  void adjust(http::EdgeSettings& settings) override {
    settings.pool = {2, 1, 1};
    settings.connections = 4;
    settings.held_bytes = 5 * kLargeBytes;
  }
};

TEST_F(NarrowEdge, more_than_can_wait_is_told_when_to_come_back) {
  auto working = client(), waiting = client();
  working.send(get("/slow"));
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 1; }));
  waiting.send(get("/slow"));
  RawAnswer refused;
  // The one before may not have reached the queue yet; then this one waits instead of it.
  ASSERT_TRUE(becomes_true([&] {
    auto third = client();
    third.send(get("/slow"));
    pollfd ready{third.socket(), POLLIN, 0};
    if (::poll(&ready, 1, 1000) == 1) refused = third.read_answer();
    return refused.status != 0;
  }));
  expect_problem(refused, 503, "QD4008");
  EXPECT_EQ(refused.headers.at("retry-after"), "2");
  handler_.let_go();
  EXPECT_EQ(working.read_answer().body, "slow");
}

// Whether the server has closed it; it is not read from otherwise.
bool is_closed(RawClient& client) {
  char byte;
  return ::recv(client.socket(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

TEST_F(NarrowEdge, who_waits_longest_makes_room_for_who_asks) {
  std::vector<RawClient> idle;
  for (std::size_t i = 0; i < 4; ++i) {
    idle.push_back(client());
    ASSERT_TRUE(becomes_true([&] { return edge_->load().connections == i + 1; }));
  }
  // The first has asked meanwhile: now the second waits longest.
  idle[0].send(get("/"));
  EXPECT_EQ(idle[0].read_answer().status, 200);
  auto fifth = client();
  fifth.send(get("/"));
  EXPECT_EQ(fifth.read_answer().status, 200);
  EXPECT_TRUE(idle[1].ended());
  for (const std::size_t other : {0U, 2U, 3U}) EXPECT_FALSE(is_closed(idle[other])) << other;
  EXPECT_EQ(edge_->load().connections, 4U);
}

TEST_F(NarrowEdge, who_never_ends_a_request_makes_room_too) {
  std::vector<RawClient> begun;
  for (std::size_t i = 0; i < 4; ++i) {
    begun.push_back(client());
    begun.back().send("GET / HTTP/1.1\r\n");
    ASSERT_TRUE(becomes_true([&] { return edge_->load().connections == i + 1; }));
  }
  EXPECT_EQ(ask(get("/")).status, 200);
  EXPECT_TRUE(begun[0].ended());
}

// One address with many connections does not push out another with one, however long that waits.
TEST_F(NarrowEdge, room_is_made_by_the_address_that_has_most) {
  RawClient other(edge_->port(), 2);
  ASSERT_TRUE(becomes_true([&] { return edge_->load().connections == 1; }));
  std::vector<RawClient> many;
  for (std::size_t i = 0; i < 3; ++i) {
    many.push_back(client());
    ASSERT_TRUE(becomes_true([&] { return edge_->load().connections == i + 2; }));
  }
  RawClient third(edge_->port(), 3);
  third.send(get("/"));
  EXPECT_EQ(third.read_answer().status, 200);
  EXPECT_TRUE(many[0].ended());
  EXPECT_FALSE(is_closed(other));
}

TEST_F(NarrowEdge, who_is_being_answered_is_never_cut_off_for_another) {
  std::vector<RawClient> taking;
  for (std::size_t i = 0; i < 4; ++i) {
    taking.push_back(client());
    taking.back().send(get("/large"));
    pollfd begins{taking.back().socket(), POLLIN, 0};
    ASSERT_EQ(::poll(&begins, 1, 60'000), 1);
  }
  auto refused = client();
  expect_problem(refused.read_answer(), 503, "QD4008");
  EXPECT_TRUE(refused.ended());
  for (auto& one : taking) EXPECT_EQ(one.read_answer().body.size(), kLargeBytes);
  taking.clear();
  EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == 0; }));
  EXPECT_EQ(ask(get("/")).status, 200);
}

// Two of one address, of four of all.
class SharedEdge : public NarrowEdge {
  void adjust(http::EdgeSettings& settings) override {
    settings.connections = 4;
    settings.connections_of_one = 2;
    settings.proxies = {*http::AddressRange::parse("127.0.0.9")};
  }

 protected:
  // So many connections of this machine's address of this number.
  std::vector<RawClient> idle_from(int number, std::size_t n) {
    std::vector<RawClient> idle;
    for (std::size_t i = 0; i < n; ++i) {
      const auto before = edge_->load().connections;
      idle.emplace_back(edge_->port(), number);
      EXPECT_TRUE(becomes_true([&] { return edge_->load().connections == before + 1; }));
    }
    return idle;
  }
};

TEST_F(SharedEdge, who_has_as_many_as_one_may_makes_room_for_itself) {
  auto other = idle_from(2, 1);
  auto own = idle_from(3, 2);
  RawClient third(edge_->port(), 3);
  third.send(get("/"));
  EXPECT_EQ(third.read_answer().status, 200);
  EXPECT_TRUE(own[0].ended()) << "it waited longest";
  EXPECT_FALSE(is_closed(own[1]));
  EXPECT_FALSE(is_closed(other[0])) << "others have nothing to do with it";
  EXPECT_EQ(edge_->load().connections, 3U);
}

TEST_F(SharedEdge, whose_all_are_at_work_is_told_so) {
  std::vector<RawClient> taking;
  for (std::size_t i = 0; i < 2; ++i) {
    taking.emplace_back(edge_->port(), 3);
    taking.back().send(get("/large"));
    pollfd begins{taking.back().socket(), POLLIN, 0};
    ASSERT_EQ(::poll(&begins, 1, 60'000), 1);
  }
  RawClient third(edge_->port(), 3);
  const auto refused = third.read_answer();
  expect_problem(refused, 429, "QD4029");
  EXPECT_NE(refused.body.find("2 connections of your address are at work"), std::string::npos);
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  for (auto& one : taking) EXPECT_EQ(one.read_answer().body.size(), kLargeBytes);
}

TEST_F(SharedEdge, a_proxy_of_ours_has_the_clients_of_many) {
  auto through = idle_from(9, 3);
  EXPECT_FALSE(is_closed(through[0]));
  RawClient fourth(edge_->port(), 9);
  fourth.send(get("/"));
  EXPECT_EQ(fourth.read_answer().status, 200);
  EXPECT_FALSE(is_closed(through[0]));
}

TEST_F(NarrowEdge, says_what_waits_and_what_it_holds) {
  auto working = client(), waiting = client();
  working.send(get("/slow"));
  ASSERT_TRUE(becomes_true([&] { return handler_.waiting() == 1; }));
  EXPECT_EQ(edge_->load().waiting_long, 0U);
  waiting.send(get("/slow"));
  EXPECT_TRUE(becomes_true([&] { return edge_->load().waiting_long == 1; }));
  EXPECT_EQ(edge_->load().waiting_quick, 0U);
  EXPECT_EQ(edge_->load().held_bytes, 0U);
  auto slow = client();
  slow.send(get("/large"));
  EXPECT_TRUE(becomes_true([&] { return edge_->load().held_bytes > kLargeBytes / 2; }));
  handler_.let_go();
  EXPECT_EQ(working.read_answer().body, "slow");
}

TEST_F(NarrowEdge, what_the_handler_never_saw_is_told_to_it) {
  RawClient odd(edge_->port(), 5);
  odd.send("GET / HTTP/1.1\r\n bad\r\n\r\n");
  EXPECT_EQ(odd.read_answer().status, 400);
  EXPECT_EQ(handler_.refusals(), "127.0.0.5 QD4014;");
}

TEST(LetsIn, BeyondThisMachineProxiesAlone) {
  http::EdgeSettings settings;
  settings.proxies = {*http::AddressRange::parse("192.0.2.0/24")};
  settings.listen.host = "0.0.0.0";
  for (const char* peer : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "192.0.2.7"})
    EXPECT_TRUE(http::lets_in(settings, peer)) << peer;
  for (const char* peer : {"192.0.3.7", "10.0.0.1", "2001:db8::1", ""})
    EXPECT_FALSE(http::lets_in(settings, peer)) << peer;
  settings.listen.host = "127.0.0.1";
  EXPECT_TRUE(http::lets_in(settings, "10.0.0.1")) << "nobody else gets there";
}

TEST(EdgeStart, an_address_that_is_taken_is_an_error) {
  TestHandler handler;
  http::EdgeSettings settings;
  settings.listen = {"127.0.0.1", 0};
  auto first = http::HttpEdge::start(settings, handler);
  ASSERT_TRUE(first);
  settings.listen.port = (*first)->port();
  const auto second = http::HttpEdge::start(settings, handler);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kListenRefused);
}

}  // namespace
}  // namespace qd::test
