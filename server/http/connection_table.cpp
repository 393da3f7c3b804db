#include "server/http/connection_table.hpp"

#include <spdlog/spdlog.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace qd::http {
namespace {

constexpr int kSweepMilliseconds = 250;
constexpr std::uint64_t kWake = 0;       // connections count from 1
constexpr std::size_t kShedAtOnce = 16;  // one of so many
constexpr std::chrono::minutes kBetweenWords{1};

}  // namespace

ConnectionTable::ConnectionTable(std::size_t held_bytes)
    : held_bytes_(held_bytes),
      poll_(::epoll_create1(EPOLL_CLOEXEC)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kWake;
  ::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, wake_.get(), &event);
  thread_ = std::thread([this] { run(); });
}

ConnectionTable::~ConnectionTable() {
  stopping_ = true;
  const std::uint64_t one = 1;
  (void)!::write(wake_.get(), &one, sizeof one);
  thread_.join();
}

void ConnectionTable::add(std::shared_ptr<Connection> connection) {
  epoll_event event{};  // asleep until it is watched
  event.data.u64 = connection->id();
  event.events = EPOLLONESHOT;
  ::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, connection->socket(), &event);
  const std::lock_guard lock(mutex_);
  ++n_of_[connection->peer()];
  connections_.emplace(connection->id(), std::move(connection));
}

void ConnectionTable::watch(Connection& connection) {
  epoll_event event{};
  event.data.u64 = connection.id();
  event.events = EPOLLOUT | EPOLLONESHOT;
  ::epoll_ctl(poll_.get(), EPOLL_CTL_MOD, connection.socket(), &event);
}

void ConnectionTable::forget(Connection& connection) {
  ::epoll_ctl(poll_.get(), EPOLL_CTL_DEL, connection.socket(), nullptr);
  const std::lock_guard lock(mutex_);
  if (connections_.erase(connection.id()) == 0) return;
  const auto of = n_of_.find(connection.peer());
  if (--of->second == 0) n_of_.erase(of);
}

std::size_t ConnectionTable::size() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

std::size_t ConnectionTable::of(const std::string& peer) const {
  const std::lock_guard lock(mutex_);
  const auto found = n_of_.find(peer);
  return found == n_of_.end() ? 0 : found->second;
}

std::shared_ptr<Connection> ConnectionTable::find(std::uint64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Connection>> ConnectionTable::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Connection>> found;
  found.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) found.push_back(connection);
  return found;
}

void ConnectionTable::make_room(const std::optional<std::string>& of) {
  const std::lock_guard turn(making_room_);
  using Waiting = std::vector<std::pair<SteadyTime, std::shared_ptr<Connection>>>;
  std::unordered_map<std::string, Waiting> by_address;
  for (const auto& connection : all())
    if (const auto since = connection->waiting_since();
        since && of.value_or(connection->peer()) == connection->peer())
      by_address[connection->peer()].emplace_back(*since, connection);
  const auto most = std::max_element(
      by_address.begin(), by_address.end(),
      [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
  if (most == by_address.end()) return;
  Waiting& waiting = most->second;
  std::sort(waiting.begin(), waiting.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < waiting.size() / kShedAtOnce + 1; ++i)
    n_shed_ += waiting[i].second->shed() ? 1 : 0;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_word_) return;
  next_word_ = now + kBetweenWords;
  spdlog::warn("too many clients are connected: {} were closed while they waited; {} has most, {}",
               std::exchange(n_shed_, 0), most->first, waiting.size());
}

bool ConnectionTable::any_answering() const {
  const auto connections = all();
  return std::any_of(connections.begin(), connections.end(),
                     [](const auto& connection) { return connection->answering(); });
}

void ConnectionTable::run() {
  std::array<epoll_event, 64> events{};
  auto next_sweep = std::chrono::steady_clock::now();
  while (!stopping_) {
    const int n = ::epoll_wait(poll_.get(), events.data(), static_cast<int>(events.size()),
                               kSweepMilliseconds);
    for (int i = 0; i < n; ++i)
      if (const auto connection = find(events[static_cast<std::size_t>(i)].data.u64))
        connection->writable();
    if (std::chrono::steady_clock::now() < next_sweep) continue;
    sweep();
    next_sweep = std::chrono::steady_clock::now() + std::chrono::milliseconds(kSweepMilliseconds);
  }
}

// When slow clients hold more than they may together, those that hold most are cut off.
void ConnectionTable::sweep() {
  const auto now = std::chrono::steady_clock::now();
  std::vector<std::pair<std::size_t, std::shared_ptr<Connection>>> holding;
  std::size_t total = 0;
  for (auto& connection : all()) {
    const auto held = connection->sweep(now);
    total += held;
    if (held > 0) holding.emplace_back(held, std::move(connection));
  }
  held_ = total;
  if (total <= held_bytes_) return;
  std::sort(holding.begin(), holding.end(),
            [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [held, connection] : holding) {
    if (total <= held_bytes_) return;
    connection->cut_off();
    total -= held;
  }
}

}  // namespace qd::http
