#include "server/http/edge.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pistache/endpoint.h>
#include <pistache/peer.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>

#include "server/http/connection_table.hpp"
#include "server/http/problem.hpp"
#include "server/http/request_limit.hpp"

namespace qd::http {
namespace {

// Pistache answers a time-out of its own in plain text. Ours come long before this one.
constexpr std::chrono::hours kPistacheTimeout{24};
// Its parser is never fed, but its time-outs look at one.
constexpr std::size_t kUnusedParserBytes = 64;
constexpr const char* kConnectionSlot = "qd";

// A connection takes two descriptors; the default of 1,024 is used up quickly, and Pistache's
// acceptor spins when there is none left.
std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

std::size_t connections_for(std::size_t wanted, std::size_t descriptors) {
  constexpr std::size_t kOthers = 256;  // database, workers, files, connections being refused
  const auto possible = descriptors > 2 * kOthers ? (descriptors - kOthers) / 2 : kOthers / 2;
  return std::min(wanted, possible);
}

std::string peer_address(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  char text[INET6_ADDRSTRLEN] = "";
  if (::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  const void* bytes =
      address.ss_family == AF_INET6
          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
          : &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
  return ::inet_ntop(address.ss_family, bytes, text, sizeof text) != nullptr ? text : "";
}

void name_ends_of(HttpRequest& request, const std::string& peer,
                  const std::vector<AddressRange>& proxies) {
  std::string way, host, scheme = "http";
  if (const auto* sent = request.header("host")) host = *sent;
  // A proxy may write a line of its own below what the client sent: the last one counts.
  for (const auto& [name, value] : request.headers) {
    if (!is_within(peer, proxies)) break;
    if (name == "x-forwarded-for") way += (way.empty() ? "" : ",") + value;
    if (name == "x-forwarded-host") host = value;
    if (name == "x-forwarded-proto") scheme = value == "https" ? "https" : "http";
  }
  request.client = client_address(peer, way, proxies);
  if (is_host(host)) request.origin = scheme + "://" + host;
}

}  // namespace

class HttpEdge::Parts final : public ConnectionHost {
 public:
  Parts(const EdgeSettings& settings, HttpHandler& handler)
      : settings_(settings),
        handler_(handler),
        connections_(connections_for(settings.connections, raise_descriptor_limit())),
        table_(settings.held_bytes),
        limit_(settings.requests_a_minute),
        pool_(settings.pool) {}
  ~Parts() override { stop(std::chrono::milliseconds(0)); }

  Result<void> listen();
  void stop(std::chrono::milliseconds grace);
  std::uint16_t port() const { return port_; }
  EdgeLoad load() const {
    return {table_.size(), pool_.waiting(Lane::kQuick), pool_.waiting(Lane::kLong), table_.held()};
  }

  // A new client; nullptr when its socket is gone already. By the threads of Pistache.
  std::shared_ptr<Connection> connect(int socket);

  void name_ends(const Connection& connection, HttpRequest& request) override {
    name_ends_of(request, connection.peer(), settings_.proxies);
  }
  Admission submit(std::shared_ptr<Connection> connection, HttpRequest request) override;
  void resume(std::shared_ptr<Connection> connection) override {
    pool_.resume([connection = std::move(connection)] { connection->go_on(); });
  }
  void when_answering(std::function<void()> work) { pool_.resume(std::move(work)); }
  void watch(Connection& connection) override { table_.watch(connection); }
  void forget(Connection& connection) override { table_.forget(connection); }
  void refused(const std::string& client, const Error& error) override {
    handler_.refused(client, error);
  }
  bool stopping() const override { return stopping_; }

 private:
  static HttpResponse answer(const Task& task, const HttpRequest& request);
  std::optional<Error> why_not(const std::string& peer);
  void wait_for_answers(std::chrono::milliseconds grace);

  EdgeSettings settings_;
  HttpHandler& handler_;
  std::size_t connections_;
  std::atomic<std::uint64_t> last_id_{0};
  std::atomic<bool> stopping_{false};
  std::uint16_t port_ = 0;
  ConnectionTable table_;
  RequestLimit limit_;
  WorkPool pool_;
  std::unique_ptr<Pistache::Http::Endpoint> endpoint_;  // ends first: nothing calls in afterwards
};

namespace {

// What Pistache calls, on its I/O threads, one of them per connection. Its own parser and its own
// writing are passed by (docs/adr/0004).
template <class Parts>
class SocketEvents final : public Pistache::Http::Handler {
 public:
  HTTP_PROTOTYPE(SocketEvents)
  explicit SocketEvents(Parts& parts) : parts_(&parts) {}

  void onRequest(const Pistache::Http::Request&, Pistache::Http::ResponseWriter) override {}

 private:
  using PeerPointer = std::shared_ptr<Pistache::Tcp::Peer>;
  // Pistache drops what it was given inside its own code, which the thread sanitizer does not see
  // into; the connection's count is kept by ours.
  struct Slot {
    std::shared_ptr<Connection> connection;
  };

  void onConnection(const PeerPointer& peer) override {
    peer->putData(ParserData, std::make_shared<Pistache::Http::RequestParser>(kUnusedParserBytes));
    peer->setIdle(true);
    peer->putData(kConnectionSlot, std::make_shared<Slot>(Slot{parts_->connect(peer->fd())}));
  }
  void onInput(const char* buffer, size_t len, const PeerPointer& peer) override {
    if (const auto connection = connection_of(peer)) connection->received({buffer, len});
  }
  void onDisconnection(const PeerPointer& peer) override {
    if (const auto connection = connection_of(peer)) connection->lost();
  }
  static std::shared_ptr<Connection> connection_of(const PeerPointer& peer) {
    const auto slot = std::static_pointer_cast<Slot>(peer->tryGetData(kConnectionSlot));
    return slot ? slot->connection : nullptr;
  }

  Parts* parts_;
};

}  // namespace

Result<void> HttpEdge::Parts::listen() {
  namespace Http = Pistache::Http;
  const auto& to = settings_.listen;
  try {
    endpoint_ = std::make_unique<Http::Endpoint>(Pistache::Address(to.text()));
    endpoint_->init(Http::Endpoint::options()
                        .threads(settings_.io_threads)
                        .threadsName("qd-io")
                        .flags(Pistache::Tcp::Options::ReuseAddr)
                        .backlog(settings_.backlog)
                        .maxRequestSize(kUnusedParserBytes)
                        .headerTimeout(kPistacheTimeout)
                        .bodyTimeout(kPistacheTimeout)
                        .keepaliveTimeout(kPistacheTimeout));
    endpoint_->setHandler(std::make_shared<SocketEvents<Parts>>(*this));
    endpoint_->serveThreaded();
    port_ = endpoint_->getPort();
  } catch (const std::exception& error) {  // the one place where Pistache's exceptions arrive
    endpoint_.reset();
    return fail(ErrorCode::kListenRefused,
                fmt::format("cannot listen on {}: {}", to.text(), error.what()),
                "choose another address or port with --listen, or stop who uses this one");
  }
  return {};
}

std::shared_ptr<Connection> HttpEdge::Parts::connect(int socket) {
  Descriptor own(::fcntl(socket, F_DUPFD_CLOEXEC, 0));
  if (!own) {
    ::shutdown(socket, SHUT_RDWR);
    return nullptr;
  }
  const int on = 1;
  ::setsockopt(own.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  std::string peer = peer_address(own.get());
  const auto refused = why_not(peer);
  auto connection = std::make_shared<Connection>(
      Connection::Identity{++last_id_, std::move(own), std::move(peer)}, *this, settings_.limits);
  table_.add(connection);
  if (refused) connection->refuse(*refused);
  return connection;
}

// Room is made where it has to be; why it is refused nevertheless.
std::optional<Error> HttpEdge::Parts::why_not(const std::string& peer) {
  if (!lets_in(settings_, peer))
    return Error{ErrorCode::kHostRefused, "this server answers its proxies alone",
                 "ask under their name; whose they are, http.proxies says"};
  const bool has_many =
      !is_within(peer, settings_.proxies) && table_.of(peer) >= settings_.connections_of_one;
  if (has_many) table_.make_room(peer);
  if (has_many && table_.of(peer) >= settings_.connections_of_one)
    return Error{ErrorCode::kTooManyRequests,
                 fmt::format("{} connections of your address are at work", table_.of(peer)),
                 "ask over those that are there"};
  if (table_.size() >= connections_) table_.make_room();
  if (table_.size() >= connections_)
    return Error{ErrorCode::kServerBusy, "too many clients are connected", "try again in a moment"};
  return {};
}

Admission HttpEdge::Parts::submit(std::shared_ptr<Connection> connection, HttpRequest request) {
  if (stopping_) return Admission::kStopping;
  if (!limit_.admit(request.client, std::chrono::steady_clock::now())) return Admission::kTooOften;
  Task task = handler_.take(request);
  const Lane lane = task.lane;
  const bool is_taken =
      pool_.offer(lane, [connection = std::move(connection), request = std::move(request),
                         task = std::move(task)] { connection->answer(answer(task, request)); });
  return is_taken ? Admission::kTaken : Admission::kBusy;
}

// Whatever a handler throws ends here: the client learns that something went wrong, the log what.
HttpResponse HttpEdge::Parts::answer(const Task& task, const HttpRequest& request) {
  try {
    return task.answer(request);
  } catch (const std::exception& error) {
    spdlog::error("{} {}: {}", request.method, request.path, error.what());
  }
  return problem(Error{ErrorCode::kInternal, "this request could not be answered",
                       "the server's log says more"},
                 request.path);
}

void HttpEdge::Parts::stop(std::chrono::milliseconds grace) {
  if (stopping_.exchange(true)) return;
  wait_for_answers(grace);  // who asks meanwhile is told
  if (endpoint_) endpoint_->shutdown();
  pool_.stop();
  endpoint_.reset();
}

void HttpEdge::Parts::wait_for_answers(std::chrono::milliseconds grace) {
  constexpr std::chrono::milliseconds kLook{20};
  const auto end = std::chrono::steady_clock::now() + grace;
  while (table_.any_answering() && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(kLook);
}

void HttpHandler::refused(const std::string&, const Error&) {}

bool lets_in(const EdgeSettings& settings, const std::string& peer) {
  static const std::vector<AddressRange> this_machine = {*AddressRange::parse("127.0.0.0/8"),
                                                         *AddressRange::parse("::1")};
  return settings.listen.loopback() || is_within(peer, this_machine) ||
         is_within(peer, settings.proxies);
}

HttpEdge::HttpEdge(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
HttpEdge::~HttpEdge() = default;

Result<std::unique_ptr<HttpEdge>> HttpEdge::start(const EdgeSettings& settings,
                                                  HttpHandler& handler) {
  auto parts = std::make_unique<Parts>(settings, handler);
  if (auto listening = parts->listen(); !listening) return fail(listening.error());
  return std::unique_ptr<HttpEdge>(new HttpEdge(std::move(parts)));
}

std::uint16_t HttpEdge::port() const { return parts_->port(); }
EdgeLoad HttpEdge::load() const { return parts_->load(); }
void HttpEdge::when_answering(std::function<void()> work) {
  parts_->when_answering(std::move(work));
}
void HttpEdge::stop(std::chrono::milliseconds grace) { parts_->stop(grace); }

}  // namespace qd::http
