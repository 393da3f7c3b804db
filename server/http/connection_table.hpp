// Every open connection, and the one thread that holds all slow readers and keeps the deadlines.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "server/http/connection.hpp"
#include "server/http/descriptor.hpp"

namespace qd::http {

// Thread-safe.
class ConnectionTable {
 public:
  // held_bytes: of answers that slow clients do not take, all together; over it the largest go.
  explicit ConnectionTable(std::size_t held_bytes);
  ~ConnectionTable();

  void add(std::shared_ptr<Connection> connection);
  void watch(Connection& connection);  // calls writable() on it, once
  void forget(Connection& connection);

  std::size_t size() const;
  std::size_t of(const std::string& peer) const;  // connections of one address
  std::size_t held() const { return held_; }      // bytes of answers, when it was last looked
  bool any_answering() const;
  // Ends connections that wait for a request, or never finish one: of this address, or of the one
  // that has most of them, those that have waited longest, a part of all at once, so that not every
  // new client has to look for one. None where all have an answer under way.
  void make_room(const std::optional<std::string>& of = {});

 private:
  void run();
  void sweep();
  std::shared_ptr<Connection> find(std::uint64_t id) const;
  std::vector<std::shared_ptr<Connection>> all() const;

  std::size_t held_bytes_;
  std::mutex making_room_;  // of the two that follow
  std::size_t n_shed_ = 0;  // since it was last said
  SteadyTime next_word_{};  // whoever connects again and again does not fill the log
  Descriptor poll_, wake_;
  mutable std::mutex mutex_;
  std::unordered_map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::unordered_map<std::string, std::size_t> n_of_;  // an address's, never 0
  std::atomic<std::size_t> held_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace qd::http
