// Numbers about the service for whoever watches it, in Prometheus' words; never about a person.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace qd::metrics {

// What holds when it is asked for, or was counted until then (grows). A name has one help text.
struct Gauge {
  std::string name, help;
  std::map<std::string, std::string> labels;
  double value = 0;
  bool grows = false;
};

// Counts answers from its making on. Thread-safe.
class RequestMetrics {
 public:
  RequestMetrics();
  ~RequestMetrics();
  RequestMetrics(const RequestMetrics&) = delete;
  RequestMetrics& operator=(const RequestMetrics&) = delete;

  // route: its pattern, "-" for none that is known: so many and no more.
  void answered(const std::string& route, int status, std::chrono::duration<double> taken,
                std::uint64_t bytes, bool whole);
  // All of it, in the text format of Prometheus.
  std::string text(const std::vector<Gauge>& now) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace qd::metrics
