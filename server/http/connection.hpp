// One client: reads its requests, has them answered one after the other, and never waits for it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/descriptor.hpp"
#include "server/http/message.hpp"
#include "server/http/outgoing.hpp"
#include "server/http/request_reader.hpp"

namespace qd::http {

using SteadyTime = std::chrono::steady_clock::time_point;

struct ConnectionLimits {
  RequestLimits request;
  std::chrono::milliseconds idle = std::chrono::seconds{75};  // between requests; then closed
  std::chrono::milliseconds head = std::chrono::seconds{10};  // from its first byte; then 408
  std::chrono::milliseconds body = std::chrono::seconds{30};  // from its head; then 408
  // A client that takes less than stall_bytes of a waiting answer in this time is cut off.
  std::chrono::milliseconds stall = std::chrono::seconds{30};
  std::size_t stall_bytes = 64 * kKilobyte;
  std::chrono::milliseconds drain = std::chrono::seconds{2};  // for the client to close as well
  std::size_t drain_bytes = 1024 * kKilobyte;  // of a refused request, read and dropped
  std::size_t pending_bytes = 64 * kKilobyte;  // requests sent ahead; over it the connection ends
};

class Connection;

// What becomes of a request.
enum class Admission { kTaken, kBusy, kTooOften, kStopping };

// What a connection needs of the server around it. Thread-safe.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  // Says in the request who asks, and under which name they know this server: what our own proxies
  // say of it counts.
  virtual void name_ends(const Connection& connection, HttpRequest& request) = 0;
  // Has the request answered, by Connection::answer on another thread, if it is taken.
  virtual Admission submit(std::shared_ptr<Connection> connection, HttpRequest request) = 0;
  // Calls Connection::go_on on a thread that may wait.
  virtual void resume(std::shared_ptr<Connection> connection) = 0;
  // Calls Connection::writable once the socket takes bytes again.
  virtual void watch(Connection& connection) = 0;
  virtual void forget(Connection& connection) = 0;
  // Something of this client was refused here. Called with the connection's lock held.
  virtual void refused(const std::string& client, const Error& error) = 0;
  virtual bool stopping() const = 0;
};

// Thread-safe. Lock order: a connection's lock before the host's.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Identity {
    std::uint64_t id;
    Descriptor socket;  // its own descriptor: the reader of the socket may close its one any time
    std::string peer;   // address of the other end; "" when it is gone
  };
  Connection(Identity identity, ConnectionHost& host, const ConnectionLimits& limits);

  std::uint64_t id() const { return identity_.id; }
  int socket() const { return identity_.socket.get(); }
  const std::string& peer() const { return identity_.peer; }

  void received(std::string_view bytes);  // by the thread that reads the socket
  void lost();                            // the client sends no more; by the same thread
  void answer(HttpResponse response);     // to the request submitted last; by a pool thread
  void go_on();                           // asks the answer's source for more; by a pool thread
  void writable();                        // by the thread that watches slow readers
  void refuse(const Error& error);        // answers and ends the connection; before any request

  // Enforces the deadlines; bytes of an answer held for a client that does not take them.
  std::size_t sweep(SteadyTime now);
  void cut_off();  // ends the connection at once, unsent bytes are dropped
  bool answering() const;
  // Since when nothing was asked for that is not answered; nullopt: an answer is under way.
  std::optional<SteadyTime> waiting_since() const;
  // Ends the connection unless an answer is under way by now. Whether it did.
  bool shed();

 private:
  enum class State { kReading, kAnswering, kDraining, kClosed };
  using Lock = std::unique_lock<std::mutex>;

  void consume(Lock& lock, std::string_view bytes);
  void read_some(Lock& lock, std::string_view& bytes);
  void hold(std::string_view bytes);
  void start(Lock& lock, HttpRequest request);
  void refuse(Lock& lock, const Error& error, const std::string& client,
              std::string_view instance = "");
  void begin_answer(HttpResponse response);
  void pump(Lock& lock, bool may_wait);
  bool produce(Lock& lock);
  void wait_until_writable();
  void finish_answer(Lock& lock);
  void end_output();
  void close_now();
  std::size_t sweep_answer(SteadyTime now);
  void sweep_reading(Lock& lock, SteadyTime now);

  Identity identity_;
  ConnectionHost& host_;
  const ConnectionLimits& limits_;
  mutable std::mutex mutex_;
  State state_ = State::kReading;
  RequestReader reader_;
  std::string pending_;  // requests sent ahead of their turn
  Outgoing out_;
  SteadyTime deadline_;       // of what the state waits for
  SteadyTime waiting_since_;  // for a request, whole
  AnswerFraming framing_;
  bool head_only_ = false;
  bool blocked_ = false;  // the socket took no more at the last try
  bool input_ended_ = false;
  bool large_buffer_ = false;
  std::size_t drained_ = 0;
};

}  // namespace qd::http
