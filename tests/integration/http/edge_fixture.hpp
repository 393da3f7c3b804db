// A real edge on a free port of loopback, with a handler whose slow answers wait for the test.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <stdexcept>

#include "server/http/edge.hpp"
#include "tests/integration/http/raw_client.hpp"

namespace qd::test {

constexpr std::size_t kLargeBytes = 60 * std::size_t{1024} * 1024;
constexpr std::size_t kPieces = 600;
constexpr std::size_t kPieceBytes = 100'000;

class Pieces final : public http::BodySource {
 public:
  explicit Pieces(std::size_t fails_at) : fails_at_(fails_at) {}
  Result<std::string> next() override {
    if (given_ == fails_at_) return fail(ErrorCode::kStoreUnavailable, "the database went away");
    return given_++ < kPieces ? std::string(kPieceBytes, 'p') : std::string();
  }

 private:
  std::size_t given_ = 0, fails_at_;
};

class TestHandler final : public http::HttpHandler {
 public:
  http::Task take(const http::HttpRequest& request) override {
    const bool is_long = request.path == "/slow" || request.path == "/pieces";
    return {is_long ? http::Lane::kLong : http::Lane::kQuick,
            [this](const http::HttpRequest& again) { return answer(again); }};
  }

  http::HttpResponse answer(const http::HttpRequest& request) {
    if (request.path == "/throws") throw std::runtime_error("a secret of the inside");
    if (request.path == "/slow") return slow();
    if (request.path == "/large") return of_body(large_);
    if (request.path == "/pieces") return of_source(kPieces + 1);
    if (request.path == "/broken") return of_source(3);
    return http::text_response(200, "text/plain",
                               request.method + " " + request.target + request.body);
  }

  void refused(const std::string& client, const Error& error) override {
    const std::lock_guard lock(mutex_);
    refusals_ += client + " " + code_text(error.code) + ";";
  }

  std::string refusals() const {
    const std::lock_guard lock(mutex_);
    return refusals_;
  }
  int waiting() const { return waiting_; }
  void let_go() { gate_.set_value(); }

 private:
  http::HttpResponse slow() {
    ++waiting_;
    opened_.wait();
    return http::text_response(200, "text/plain", "slow");
  }
  static http::HttpResponse of_body(std::shared_ptr<const std::string> body) {
    http::HttpResponse response;
    response.body = std::move(body);
    return response;
  }
  static http::HttpResponse of_source(std::size_t fails_at) {
    http::HttpResponse response;
    response.source = std::make_unique<Pieces>(fails_at);
    return response;
  }

  std::shared_ptr<const std::string> large_ =
      std::make_shared<const std::string>(std::string(kLargeBytes, 'L'));
  std::promise<void> gate_;
  std::shared_future<void> opened_{gate_.get_future().share()};
  std::atomic<int> waiting_{0};
  mutable std::mutex mutex_;
  std::string refusals_;
};

class EdgeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    settings_.listen = {"127.0.0.1", 0};
    adjust(settings_);
    auto started = http::HttpEdge::start(settings_, handler_);
    ASSERT_TRUE(started) << to_text(started.error());
    edge_ = std::move(*started);
  }
  virtual void adjust(http::EdgeSettings&) {}

  RawClient client() { return RawClient(edge_->port()); }
  RawAnswer ask(const std::string& bytes, bool head_only = false) {
    auto asking = client();
    asking.send(bytes);
    return asking.read_answer(head_only);
  }
  static std::string get(const std::string& target, const std::string& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
  }

  http::EdgeSettings settings_;
  TestHandler handler_;
  std::unique_ptr<http::HttpEdge> edge_;
};

// Waits until it is so; false when it is not after a minute.
template <class Condition>
bool becomes_true(const Condition& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (!condition() && std::chrono::steady_clock::now() < end) ::poll(nullptr, 0, 5);
  return condition();
}

}  // namespace qd::test
