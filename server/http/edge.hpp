// The server's edge: sockets on one side, a handler on the other.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/model/error.hpp"
#include "server/http/address_range.hpp"
#include "server/http/connection.hpp"
#include "server/http/message.hpp"
#include "server/http/work_pool.hpp"

namespace qd::http {

// What is to be done about one request. Long work (a computation, a large export) may not take
// every thread.
struct Task {
  Lane lane = Lane::kQuick;
  // Of the request the task was made for. HEAD is answered as GET; the edge leaves the body out.
  std::function<HttpResponse(const HttpRequest&)> answer;
};

// Answers requests. Called by many threads at once.
class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // Called by the threads that read sockets: must be quick. The work is done by those of the pool.
  virtual Task take(const HttpRequest& request) = 0;
  // The edge refused a request, or a connection, that the handler never saw. client: its address.
  virtual void refused(const std::string& client, const Error& error);
};

struct ListenAddress {
  std::string host;        // "127.0.0.1", "::1", "0.0.0.0"
  std::uint16_t port = 0;  // 0: any free one

  // "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Errors: kListenRefused.
  static Result<ListenAddress> parse(std::string_view text);
  bool loopback() const;
  std::string text() const;
};

struct EdgeSettings {
  ListenAddress listen{"127.0.0.1", 8080};
  int io_threads = 2;
  int backlog = 512;  // connections the kernel holds until they are accepted
  WorkPoolSettings pool;
  ConnectionLimits limits;
  std::size_t connections = 2000;         // over it those that wait are closed; all at work: 503
  std::size_t connections_of_one = 1000;  // of one address but a proxy's; all at work: 429
  std::size_t held_bytes = kKilobyte * 1024 * 128;  // of answers slow clients leave lying
  int requests_a_minute = 60'000;     // of one address, then 429; 0: as many as it likes
  std::vector<AddressRange> proxies;  // of our own: they are believed whom they ask for
};

// Beyond this machine its proxies alone are answered: what others send comes in the clear.
bool lets_in(const EdgeSettings& settings, const std::string& peer);

// What it has to do at the moment.
struct EdgeLoad {
  std::size_t connections = 0;
  std::size_t waiting_quick = 0, waiting_long = 0;  // requests that wait for a thread
  std::size_t held_bytes = 0;                       // of answers slow clients leave lying
};

// Pistache accepts, reads and watches the sockets; requests are read, answered and written here.
class HttpEdge {
 public:
  // Errors: kListenRefused. `handler` outlives the edge.
  static Result<std::unique_ptr<HttpEdge>> start(const EdgeSettings& settings,
                                                 HttpHandler& handler);
  ~HttpEdge();  // stops at once

  std::uint16_t port() const;
  EdgeLoad load() const;

  // Does it on one of the threads that answer, once its turn comes: never, where they all hang.
  void when_answering(std::function<void()> work);

  // Takes no more connections, lets requests that are being answered finish, at most so long.
  void stop(std::chrono::milliseconds grace);

 private:
  class Parts;
  explicit HttpEdge(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace qd::http
