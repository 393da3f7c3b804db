#include "server/composition/cube_refresher.hpp"

#include <spdlog/spdlog.h>

namespace qd::composition {

CubeRefresher::CubeRefresher(reading::cube::CubeKeeper& keeper, std::chrono::milliseconds interval)
    : keeper_(keeper), interval_(interval), thread_([this] { run(); }) {}

CubeRefresher::~CubeRefresher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void CubeRefresher::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    refresh();
    lock.lock();
    stopped_.wait_for(lock, interval_, [this] { return stopping_; });
  }
}

void CubeRefresher::refresh() {
  const auto before = keeper_.cube();
  const auto refreshed = keeper_.refresh();
  const std::string error = refreshed ? std::string() : to_text(refreshed.error());
  if (!error.empty() && error != last_error_)
    spdlog::warn("figures are read from the database, not from memory: {}", error);
  last_error_ = error;
  const auto now = keeper_.cube();
  if (now != before)
    spdlog::info("figures in memory: {} of data version {}, {} kB", now->n_figures(),
                 now->data_version(), now->bytes() / 1024);
}

}  // namespace qd::composition
