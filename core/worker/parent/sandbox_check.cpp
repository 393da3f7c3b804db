#include "core/worker/parent/sandbox_check.hpp"

#include "core/worker/parent/worker_process.hpp"
#include "core/worker/wire/message.hpp"

namespace qd::worker::parent {
namespace {

constexpr std::uint64_t kProcessorSeconds = 10, kAnswerBytes = 1 << 16;

tl::unexpected<Error> unanswered() {
  return fail(ErrorCode::kWorkerUnavailable, "a worker was asked for its sandbox and did not say",
              "check that worker processes may be started");
}

}  // namespace

Result<wire::Layers> examine_sandbox(const WorkerSettings& settings) {
  auto worker = WorkerProcess::start({settings.executable, settings.time_out, kAnswerBytes});
  if (!worker) return fail(worker.error());
  const wire::WorkerLimits limits{settings.memory_bytes, kProcessorSeconds, settings.may_lack};
  worker->send(wire::FrameKind::kExamine, wire::encode(limits));
  worker->close_input();
  if (worker->finish() != WorkerEnd::kAnswered) return unanswered();
  const auto frames = worker->frames();
  const auto status = wire::decode_status(frames.back().bytes);
  if (!status) return unanswered();
  if (*status) return fail(**status);
  const auto layers = frames.front().kind == wire::FrameKind::kLayers
                          ? wire::decode_layers(frames.front().bytes)
                          : std::nullopt;
  return layers ? Result<wire::Layers>(*layers) : unanswered();
}

}  // namespace qd::worker::parent
