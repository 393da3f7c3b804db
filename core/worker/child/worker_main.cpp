// The worker process: loads one family's library, computes one run, answers, ends.
#include "core/worker/child/worker_main.hpp"

#include <fmt/format.h>

#include "core/worker/child/confinement.hpp"
#include "core/worker/child/family_run.hpp"
#include "core/worker/child/fence.hpp"
#include "core/worker/child/library.hpp"
#include "core/worker/child/worker_channel.hpp"
#include "core/worker/sandbox/sandbox.hpp"
#include "core/worker/wire/message.hpp"

namespace qd::worker::child {
namespace {

constexpr int kWell = 0, kChannelBroken = 1;

// Why nothing came of it: an error to tell, or a channel on which nothing can be told.
struct Outcome {
  bool channel_broken = false;
  worker::wire::WorkerStatus status;
};

Outcome broken() { return {true, {}}; }
Outcome ended(worker::wire::WorkerStatus status) { return {false, std::move(status)}; }

Error no_limits() {
  return {ErrorCode::kWorkerUnavailable, "the worker could not be given its limits", ""};
}

// What runs code of the family before there is a run.
template <class Call>
auto unless_it_throws(const worker::wire::RunRequest& request, Call call) -> decltype(call()) {
  auto given = fenced(call);
  if (given) return *std::move(given);
  return fail(ErrorCode::kFamilyRefused,
              fmt::format("family {} refused: it {}", request.family.id, given.error().message));
}

Result<qd_family> load_confined(const worker::wire::RunRequest& request, WorkerChannel& channel) {
  const Error out_of_memory{
      ErrorCode::kFamilyStopped,
      fmt::format("used more than its {} MiB of memory", request.limits.memory_bytes >> 20),
      "raise the memory limit of workers if the family is known to need more"};
  channel.answer_when_memory_runs_out(
      framed(worker::wire::FrameKind::kStatus,
             worker::wire::encode(worker::wire::WorkerStatus(out_of_memory))));
  if (!confine(request.limits)) return fail(no_limits());
  auto sandbox = sandbox::Sandbox::enter(request.family.library, request.limits.may_lack);
  if (!sandbox) return fail(sandbox.error());
  const auto library = unless_it_throws(request, [&] { return load_library(request.family); });
  if (!library) return fail(library.error());
  if (auto closed = sandbox->close(); !closed) return fail(closed.error());
  return unless_it_throws(request, [&] { return find_family(*library, request.family); });
}

// Feeds the run whatever comes, up to the end of all inputs.
Outcome feed(FamilyRun& run, WorkerChannel& channel) {
  Frame frame;
  while (channel.read(frame)) {
    if (frame.kind == worker::wire::FrameKind::kEnd) return ended({});
    if (frame.kind == worker::wire::FrameKind::kTexts) {
      if (!run.grow_texts(std::exchange(frame.bytes, {}))) return broken();
    } else if (frame.kind == worker::wire::FrameKind::kBatch) {
      if (const auto fed = run.consume(frame.bytes); !fed) return ended(fed.error());
    } else {
      return broken();
    }
  }
  return broken();
}

bool write_facts(std::span<const worker::wire::FactRow> rows, WorkerChannel& channel) {
  constexpr std::size_t kRowsPerFrame = 1 << 16;
  for (std::size_t at = 0; at < rows.size(); at += kRowsPerFrame) {
    const auto some = rows.subspan(at, std::min(kRowsPerFrame, rows.size() - at));
    if (!channel.write(worker::wire::FrameKind::kFacts, worker::wire::encode(some))) return false;
  }
  return true;
}

// In frames of about a megabyte.
bool write_members(std::vector<worker::wire::RowMembers> all, WorkerChannel& channel) {
  constexpr std::size_t kCodesPerFrame = 1 << 18;
  std::vector<worker::wire::RowMembers> some;
  std::size_t n_codes = 0;
  for (std::size_t at = 0; at < all.size(); ++at) {
    n_codes += all[at].codes.size() + 1;
    some.push_back(std::move(all[at]));
    if (n_codes < kCodesPerFrame && at + 1 < all.size()) continue;
    if (!channel.write(worker::wire::FrameKind::kMembers, worker::wire::encode(some))) return false;
    some.clear();
    n_codes = 0;
  }
  return true;
}

Outcome answer(FamilyRun& run, WorkerChannel& channel) {
  const auto rows = run.roll_up();
  if (!rows) return ended(rows.error());
  bool written =
      channel.write(worker::wire::FrameKind::kBreakdowns, worker::wire::encode(run.breakdowns()));
  written = written && write_facts(*rows, channel);
  if (!run.is_traced()) written = written && write_members(run.members(), channel);
  written =
      written && channel.write(worker::wire::FrameKind::kNotes, worker::wire::encode(run.notes()));
  if (const auto trace = run.trace())
    written =
        written && channel.write(worker::wire::FrameKind::kTrace, worker::wire::encode(*trace));
  return written ? ended({}) : broken();
}

Outcome compute(const Frame& frame, WorkerChannel& channel) {
  const auto request = worker::wire::decode_run_request(frame.bytes);
  if (!request) return broken();
  const auto loaded = load_confined(*request, channel);
  if (!loaded) return ended(loaded.error());
  FamilyRun run(*loaded, *request);
  if (const auto begun = run.begin(); !begun) return ended(begun.error());
  if (auto fed = feed(run, channel); fed.channel_broken || fed.status) return fed;
  if (const auto finished = run.finish(); !finished) return ended(finished.error());
  return answer(run, channel);
}

// The sandbox without a family: is it in force here?
Outcome examine(const Frame& frame, WorkerChannel& channel) {
  const auto limits = worker::wire::decode_limits(frame.bytes);
  if (!limits) return broken();
  if (!confine(*limits)) return ended(no_limits());
  auto sandbox = sandbox::Sandbox::enter({}, limits->may_lack);
  if (!sandbox) return ended(sandbox.error());
  if (auto closed = sandbox->close(); !closed) return ended(closed.error());
  const auto layers = worker::wire::encode(sandbox->in_force());
  return channel.write(worker::wire::FrameKind::kLayers, layers) ? ended({}) : broken();
}

Outcome serve_one(WorkerChannel& channel) {
  Frame frame;
  if (!channel.read(frame)) return broken();
  if (frame.kind == worker::wire::FrameKind::kRun) return compute(frame, channel);
  if (frame.kind == worker::wire::FrameKind::kExamine) return examine(frame, channel);
  return broken();
}

}  // namespace

int worker_main(int in_fd, int out_fd) {
  const WorkerPipes pipes = take_pipes(in_fd, out_fd);
  if (pipes.in < 0) return kChannelBroken;
  WorkerChannel channel(pipes.in, pipes.out);
  const Outcome outcome = serve_one(channel);
  if (outcome.channel_broken) return kChannelBroken;
  return channel.write(worker::wire::FrameKind::kStatus, worker::wire::encode(outcome.status))
             ? kWell
             : kChannelBroken;
}

}  // namespace qd::worker::child
