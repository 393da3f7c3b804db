#include "server/http/work_pool.hpp"

namespace qd::http {

WorkPool::WorkPool(const WorkPoolSettings& settings) : settings_(settings) {
  for (std::size_t i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkPool::~WorkPool() { stop(); }

bool WorkPool::offer(Lane lane, Work work) {
  {
    const std::lock_guard lock(mutex_);
    auto& queue = lane == Lane::kQuick ? quick_ : long_;
    if (stopping_ || queue.size() >= settings_.queue_limit) return false;
    queue.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void WorkPool::resume(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    long_.push_front(std::move(work));
  }
  wake_.notify_one();
}

std::size_t WorkPool::waiting(Lane lane) const {
  const std::lock_guard lock(mutex_);
  return lane == Lane::kQuick ? quick_.size() : long_.size();
}

void WorkPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
  quick_.clear();
  long_.clear();
}

// false: the pool stops.
bool WorkPool::take(std::unique_lock<std::mutex>& lock, Work& work, Lane& lane) {
  wake_.wait(lock, [this] { return stopping_ || !quick_.empty() || long_may_start(); });
  if (stopping_) return false;
  lane = quick_.empty() ? Lane::kLong : Lane::kQuick;
  auto& queue = lane == Lane::kQuick ? quick_ : long_;
  work = std::move(queue.front());
  queue.pop_front();
  if (lane == Lane::kLong) ++long_running_;
  return true;
}

void WorkPool::run() {
  std::unique_lock lock(mutex_);
  Work work;
  Lane lane;
  while (take(lock, work, lane)) {
    lock.unlock();
    work();
    work = nullptr;  // what it holds is let go before the next wait
    lock.lock();
    if (lane == Lane::kLong) {
      --long_running_;
      if (!long_.empty()) wake_.notify_one();
    }
  }
}

}  // namespace qd::http
