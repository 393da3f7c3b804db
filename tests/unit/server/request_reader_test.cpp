// Bytes to requests: what is taken, and how each malformed request is refused.
#include "server/http/request_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace qd {
namespace {

using Progress = http::RequestReader::Progress;

constexpr const char* kPost =
    "POST /a%20b/c%2Fd?x=1&x=2&y=a+b HTTP/1.1\r\nHost: h\r\nX-Odd:  two  words \r\n"
    "Content-Length: 5\r\n\r\nhello";

http::HttpRequest whole(std::string_view bytes) {
  http::RequestReader reader{http::RequestLimits{}};
  EXPECT_EQ(reader.read(bytes), Progress::kComplete);
  return reader.take();
}

ErrorCode refused(std::string bytes, http::RequestLimits limits = {}) {
  http::RequestReader reader(limits);
  std::string_view rest = bytes;
  EXPECT_EQ(reader.read(rest), Progress::kRefused) << bytes.substr(0, 80);
  return reader.refusal().code;
}

std::string get(const std::string& headers) {
  return "GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

TEST(RequestReader, takes_a_request_apart) {
  const auto request = whole(kPost);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/a%20b/c%2Fd");
  EXPECT_EQ(request.segments, (std::vector<std::string>{"a b", "c/d"}));
  EXPECT_EQ(request.query, (std::vector<http::HttpField>{{"x", "1"}, {"x", "2"}, {"y", "a b"}}));
  EXPECT_EQ(*request.header("x-odd"), "two  words");
  EXPECT_EQ(request.body, "hello");
  EXPECT_TRUE(request.keep_alive);
}

RC_GTEST_PROP(RequestReader, gives_the_same_request_however_the_bytes_are_cut, ()) {
  const std::string bytes = kPost;
  const auto cuts =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 9));
  http::RequestReader reader{http::RequestLimits{}};
  std::size_t at = 0, cut = 0;
  auto progress = Progress::kMore;
  while (at < bytes.size()) {
    const auto n = cut < cuts.size() ? cuts[cut++] : bytes.size();
    auto piece = std::string_view(bytes).substr(at, n);
    at += piece.size();
    progress = reader.read(piece);
    RC_ASSERT(piece.empty());
  }
  RC_ASSERT(progress == Progress::kComplete);
  const auto request = reader.take(), expected = whole(bytes);
  RC_ASSERT(request.headers == expected.headers);
  RC_ASSERT(request.query == expected.query);
  RC_ASSERT(request.body == expected.body);
}

RC_GTEST_PROP(RequestReader, never_takes_noise_for_a_request_nor_fails,
              (const std::string& noise)) {
  http::RequestReader reader{http::RequestLimits{}};
  std::string_view rest = noise;
  const auto progress = reader.read(rest);
  RC_ASSERT(progress == Progress::kMore || progress == Progress::kRefused);
}

TEST(RequestReader, leaves_the_bytes_of_the_next_request) {
  const std::string two = get("") + get("X: second\r\n");
  std::string_view rest = two;
  http::RequestReader reader{http::RequestLimits{}};
  EXPECT_EQ(reader.read(rest), Progress::kComplete);
  EXPECT_EQ(rest, get("X: second\r\n"));
  reader.take();
  EXPECT_EQ(reader.read(rest), Progress::kComplete);
  EXPECT_EQ(*reader.take().header("x"), "second");
}

TEST(RequestReader, asks_once_for_the_body_of_a_client_that_waits) {
  http::RequestReader reader{http::RequestLimits{}};
  std::string_view head =
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(reader.read(head), Progress::kWantsContinue);
  std::string_view first = "a", second = "b";
  EXPECT_EQ(reader.read(first), Progress::kMore);
  EXPECT_EQ(reader.read(second), Progress::kComplete);
}

TEST(RequestReader, keeps_a_connection_by_version_and_header) {
  EXPECT_TRUE(whole(get("")).keep_alive);
  EXPECT_FALSE(whole(get("Connection: Close\r\n")).keep_alive);
  EXPECT_FALSE(whole(get("Connection: x, close\r\n")).keep_alive);
  EXPECT_FALSE(whole("GET / HTTP/1.0\r\n\r\n").keep_alive);
  EXPECT_TRUE(whole("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(RequestReader, takes_an_absolute_target_as_its_path) {
  EXPECT_EQ(whole("GET http://h:1/p?q=1 HTTP/1.1\r\nHost: h:1\r\n\r\n").target, "/p?q=1");
  EXPECT_EQ(whole("GET http://h HTTP/1.1\r\nHost: h\r\n\r\n").target, "/");
}

// An address that was sent whole names the same host as the header, or two readers would differ.
TEST(RequestReader, takes_a_host_that_is_said_once_and_the_same) {
  const auto asked = [](const std::string& target, const std::string& host) {
    return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
  };
  EXPECT_EQ(whole(asked("HTTP://Figures.Example/p", "figures.EXAMPLE")).target, "/p");
  EXPECT_EQ(whole(asked("https://h?q=1", "h")).target, "/?q=1");
  for (const auto& [target, host] :
       {std::pair{"http://other/p", "h"}, std::pair{"http://h:1/p", "h"},
        std::pair{"http://h@other/p", "h"}, std::pair{"/p", "a b"}, std::pair{"/p", "a,b"},
        std::pair{"/p", ""}, std::pair{"/p", "h/p"}, std::pair{"/p", "u@h"}})
    EXPECT_EQ(refused(asked(target, host)), ErrorCode::kRequestMalformed) << target << " " << host;
  for (const char* host : {"h", "h:1", "[::1]:8080", "127.0.0.1", "A-b_c.d"})
    EXPECT_EQ(*whole(asked("/p", host)).header("host"), host);
}

TEST(RequestReader, takes_one_authorization) {
  const std::string one = "Authorization: Bearer a\r\n";
  EXPECT_TRUE(whole(get(one)).header("authorization"));
  EXPECT_EQ(refused(get(one + one)), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get(one + "AUTHORIZATION: Basic b\r\n")), ErrorCode::kRequestMalformed);
}

TEST(RequestReader, refuses_what_two_readers_could_understand_differently) {
  EXPECT_EQ(refused(get("Content-Length: -4\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("Content-Length: +4\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("Content-Length: 4, 4\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("Content-Length: 4\r\nContent-Length: 5\r\n")),
            ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("Transfer-Encoding: chunked\r\n")), ErrorCode::kLengthRequired);
  EXPECT_EQ(refused(get("X: a\r\n folded\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("X : blank before the colon\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused(get("no colon\r\n")), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET / HTTP/1.1\nHost: h\n\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET a HTTP/1.1\r\nHost: h\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(refused("PRI * HTTP/2.0\r\n\r\n"), ErrorCode::kVersionUnsupported);
}

bool taken(const std::string& bytes, const http::RequestLimits& limits) {
  http::RequestReader reader(limits);
  std::string_view rest = bytes;
  return reader.read(rest) == Progress::kComplete;
}

// "GET /aaa HTTP/1.1" with its line end, so many bytes long.
std::string request_line(std::size_t bytes) {
  const std::string around = "GET / HTTP/1.1\r\n";
  return "GET /" + std::string(bytes - around.size(), 'a') + " HTTP/1.1\r\n";
}

// A whole head, so many bytes long.
std::string head(std::size_t bytes) {
  return get("X: " + std::string(bytes - get("X: \r\n").size(), 'a') + "\r\n");
}

std::string with_headers(int n) {
  std::string headers;
  for (int i = 1; i < n; ++i) headers += "A: 1\r\n";  // the first one is the host
  return get(headers);
}

std::string with_body(std::size_t bytes) {
  return get("Content-Length: " + std::to_string(bytes) + "\r\n") + std::string(bytes, 'b');
}

TEST(RequestReader, holds_as_much_as_it_may_and_refuses_one_more) {
  const http::RequestLimits limits{64, 256, 4, 8};
  EXPECT_TRUE(taken(request_line(64) + "Host: h\r\n\r\n", limits));
  EXPECT_EQ(refused(request_line(65) + "Host: h\r\n\r\n", limits), ErrorCode::kTargetTooLong);
  EXPECT_TRUE(taken(head(256), limits));
  EXPECT_EQ(refused(head(257), limits), ErrorCode::kHeadTooLarge);
  EXPECT_TRUE(taken(with_headers(4), limits));
  EXPECT_EQ(refused(with_headers(5), limits), ErrorCode::kHeadTooLarge);
  EXPECT_TRUE(taken(with_body(8), limits));
  EXPECT_EQ(refused(with_body(9), limits), ErrorCode::kRequestTooLarge);
}

TEST(RequestReader, refuses_before_the_line_has_ended) {
  const http::RequestLimits limits{64, 256, 4, 8};
  EXPECT_EQ(refused("GET /" + std::string(60, 'a'), limits), ErrorCode::kTargetTooLong);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nX: " + std::string(300, 'a'), limits),
            ErrorCode::kHeadTooLarge);
}

TEST(RequestReader, takes_the_same_length_twice_and_a_blank_line_before_a_request) {
  EXPECT_EQ(whole(get("Content-Length: 2\r\nContent-Length: 2\r\n") + "ab").body, "ab");
  EXPECT_EQ(whole("\r\n" + get("")).path, "/");
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\x01\r\n\r\n"), ErrorCode::kRequestMalformed);
  EXPECT_EQ(*whole(get("X: a\tb\r\n")).header("x"), "a\tb");
}

TEST(RequestReader, does_not_wait_for_the_body_of_a_client_that_has_sent_it_or_speaks_1_0) {
  const std::string expecting = "Host: h\r\nExpect: 100-continue\r\nContent-Length: ";
  http::RequestReader reader{http::RequestLimits{}};
  const std::string sent = "POST / HTTP/1.1\r\n" + expecting + "2\r\n\r\na";
  std::string_view with_the_first = sent;
  EXPECT_EQ(reader.read(with_the_first), Progress::kMore);
  EXPECT_EQ(whole("POST / HTTP/1.1\r\n" + expecting + "0\r\n\r\n").body, "");
  http::RequestReader old{http::RequestLimits{}};
  const std::string of_1_0 = "POST / HTTP/1.0\r\n" + expecting + "2\r\n\r\n";
  std::string_view waits_in_vain = of_1_0;
  EXPECT_EQ(old.read(waits_in_vain), Progress::kMore);
}

}  // namespace
}  // namespace qd
