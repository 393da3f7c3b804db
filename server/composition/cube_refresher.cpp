#include "server/composition/cube_refresher.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace qd::composition {

CubeRefresher::CubeRefresher(reading::cube::CubeKeeper& keeper,
                             reading::disclosure::DecisionKeeper& decisions, KeyStore& keys,
                             std::chrono::milliseconds interval)
    : keeper_(keeper), decisions_(decisions), keys_(keys), interval_(interval), thread_([this] {
        run();
      }) {}

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
  std::string error = refreshed ? std::string() : to_text(refreshed.error());
  const auto now = keeper_.cube();
  if (now != before) {
    spdlog::info("figures in memory: {} of data version {}, {} kB", now->n_figures(),
                 now->data_version(), now->bytes() / 1024);
    if (auto decided = decide(now->data_version()); !decided) error = to_text(decided.error());
  }
  if (!error.empty() && error != last_error_)
    spdlog::warn("figures are read from the database, or decided upon when they are asked for: {}",
                 error);
  last_error_ = error;
}

// Before somebody asks, so that nobody waits for it: for every audience that some key reads as.
Result<void> CubeRefresher::decide(std::int64_t data_version) {
  const auto keys = keys_.list();
  if (!keys) return fail(keys.error());
  for (const auto& words : audiences()) {
    const bool is_read = std::any_of(keys->begin(), keys->end(), [&](const ApiKey& key) {
      return !key.revoked_at && key.viewer.audience == words.audience;
    });
    if (!is_read) continue;
    FactQuery present;
    present.data_version = data_version;
    const auto decisions = decisions_.about(present, words.audience);
    if (!decisions) return fail(decisions.error());
    std::size_t n_withheld = 0;
    for (const auto& [why, n] : (*decisions)->totals()) n_withheld += n;
    spdlog::info("figures withheld from '{}': {} of data version {}", words.name, n_withheld,
                 data_version);
  }
  return {};
}

}  // namespace qd::composition
