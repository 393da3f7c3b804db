#include "server/metrics/request_metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <iterator>
#include <utility>

namespace qd::metrics {
namespace {

// From a figure out of memory to the whole of everything.
const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60};

}  // namespace

struct RequestMetrics::State {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>& seconds =
      prometheus::BuildHistogram()
          .Name("quarterday_http_request_seconds")
          .Help("From the request to the last byte of its answer")
          .Register(registry);
  prometheus::Family<prometheus::Counter>& bytes = prometheus::BuildCounter()
                                                       .Name("quarterday_http_answer_bytes_total")
                                                       .Help("Bytes of answers that were sent")
                                                       .Register(registry);
  prometheus::Family<prometheus::Counter>& cut_off =
      prometheus::BuildCounter()
          .Name("quarterday_http_answers_cut_off_total")
          .Help("Answers whose client went, or was too slow, before the end")
          .Register(registry);
};

RequestMetrics::RequestMetrics() : state_(std::make_unique<State>()) {}
RequestMetrics::~RequestMetrics() = default;

void RequestMetrics::answered(const std::string& route, int status,
                              std::chrono::duration<double> taken, std::uint64_t bytes,
                              bool whole) {
  state_->seconds.Add({{"route", route}, {"status", std::to_string(status)}}, kSeconds)
      .Observe(taken.count());
  state_->bytes.Add({{"route", route}}).Increment(static_cast<double>(bytes));
  if (!whole) state_->cut_off.Add({{"route", route}}).Increment();
}

std::string RequestMetrics::text(const std::vector<Gauge>& now) const {
  prometheus::Registry of_now;
  const auto registered = [&](auto builder, const Gauge& gauge) -> auto& {
    return builder.Name(gauge.name).Help(gauge.help).Register(of_now).Add(gauge.labels);
  };
  for (const Gauge& gauge : now)
    if (gauge.grows)
      registered(prometheus::BuildCounter(), gauge).Increment(gauge.value);
    else
      registered(prometheus::BuildGauge(), gauge).Set(gauge.value);
  auto all = state_->registry.Collect();
  auto more = of_now.Collect();
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return prometheus::TextSerializer().Serializer::Serialize(all);
}

}  // namespace qd::metrics
