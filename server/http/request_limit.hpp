// How often an address may ask.
#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace qd::http {

// So many requests a minute of each address, all at once or one after the other. Thread-safe.
class RequestLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMostAddresses = 10'000;  // more are forgotten, all together

  explicit RequestLimit(int a_minute) : a_minute_(a_minute) {}  // 0: as often as it likes

  // Whether a request of it may be answered; one that may not does not count.
  bool admit(const std::string& address, Time now);

 private:
  struct Spent {
    double requests = 0;  // that count still: they fade with time
    Time at{};
  };
  double a_minute_;
  std::mutex mutex_;
  std::unordered_map<std::string, Spent> spent_;
};

}  // namespace qd::http
