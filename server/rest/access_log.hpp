// A line for each answer: who asked, what, how it ended; never a value, and nobody but by the key.
#pragma once

#include <chrono>
#include <string>

#include "server/http/message.hpp"
#include "server/keys/key_guard.hpp"
#include "server/metrics/request_metrics.hpp"
#include "server/rest/router.hpp"

namespace qd::rest {

// One request on its way.
class Access {
 public:
  explicit Access(const http::HttpRequest& request);

  void by(const keys::Caller& caller) { who_ = caller.in_log(); }
  // The pattern, not what stood in it; of parameters their names alone.
  void to(const Route& route, const http::HttpRequest& request);
  // "access from=10.0.0.7 who=a2b3c4d5 method=GET route=/api/v1/facts parameters=area,period
  // status=200 bytes=5120 ms=3 whole=yes": what was sent is known when the answer is over.
  std::string line(int status, const http::AnswerEnd& end) const;
  void count(metrics::RequestMetrics& metrics, int status, const http::AnswerEnd& end) const;

 private:
  std::chrono::steady_clock::duration taken() const {
    return std::chrono::steady_clock::now() - begun_;
  }
  std::chrono::steady_clock::time_point begun_;
  std::string from_, who_ = "-", method_, route_ = "-", parameters_ = "-";
};

// Counts it once the answer is over, and writes the line.
void note_when_over(Access access, http::HttpResponse& response, metrics::RequestMetrics& metrics,
                    bool writes_line);

}  // namespace qd::rest
