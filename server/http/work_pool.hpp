// Threads that answer requests, so that the threads that read sockets never do.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace qd::http {

// Quick work passes long work: however many long requests wait, some threads are never theirs.
enum class Lane { kQuick, kLong };

struct WorkPoolSettings {
  std::size_t threads = 16;
  std::size_t long_at_once = 8;   // of those threads; less than threads
  std::size_t queue_limit = 512;  // waiting in each lane
};

// Thread-safe. Work must not throw.
class WorkPool {
 public:
  using Work = std::function<void()>;

  explicit WorkPool(const WorkPoolSettings& settings);
  ~WorkPool();  // stops
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // false: the lane's queue is full, or the pool has stopped; the work is not taken.
  bool offer(Lane lane, Work work);
  // The continuation of work that was taken before: never refused while the pool runs.
  void resume(Work work);

  std::size_t waiting(Lane lane) const;  // work that is taken and not begun

  // Waits for what is being worked on; what still waits in a queue is dropped. Twice is once.
  void stop();

 private:
  void run();
  bool take(std::unique_lock<std::mutex>& lock, Work& work, Lane& lane);
  bool long_may_start() const { return !long_.empty() && long_running_ < settings_.long_at_once; }

  WorkPoolSettings settings_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Work> quick_, long_;
  std::size_t long_running_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace qd::http
