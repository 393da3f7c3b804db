// Keeps the cube, and what may be shown of it, as new as the data, on a thread of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "core/ports/key_store.hpp"
#include "core/reading/cube/cube_keeper.hpp"
#include "core/reading/disclosure/decision_keeper.hpp"

namespace qd::composition {

class CubeRefresher {
 public:
  // Looks at once, and then whenever this time has passed since the last look. What cannot be read
  // is logged, once while it stays the same; the store answers meanwhile.
  CubeRefresher(reading::cube::CubeKeeper& keeper, reading::disclosure::DecisionKeeper& decisions,
                KeyStore& keys, std::chrono::milliseconds interval);
  ~CubeRefresher();  // when what is being read is done
  CubeRefresher(const CubeRefresher&) = delete;
  CubeRefresher& operator=(const CubeRefresher&) = delete;

 private:
  void run();
  void refresh();
  Result<void> decide(std::int64_t data_version);

  reading::cube::CubeKeeper& keeper_;
  reading::disclosure::DecisionKeeper& decisions_;
  KeyStore& keys_;
  std::chrono::milliseconds interval_;
  std::string last_error_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace qd::composition
