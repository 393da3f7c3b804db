#include "core/worker/parent/worker_run.hpp"

#include <fmt/format.h>

#include <iterator>

#include "core/worker/wire/batch_frame.hpp"

namespace qd::worker::parent {
namespace {

// Processor time is bounded only as a net below the wall clock.
constexpr std::chrono::seconds kSpareProcessorTime{10};

worker::wire::WorkerLimits limits_of(const WorkerSettings& settings,
                                     std::chrono::milliseconds time_out) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(time_out) + kSpareProcessorTime;
  return {settings.memory_bytes, static_cast<std::uint64_t>(seconds.count()), settings.may_lack};
}

std::string shown(std::chrono::milliseconds time) {
  if (time.count() % 1000 != 0) return fmt::format("{} ms", time.count());
  return fmt::format("{} s", time.count() / 1000);
}

bool is_of_a_family(ErrorCode code) {
  return code >= ErrorCode::kFamilyRefused && code <= ErrorCode::kFamilyRubbish;
}

Error malformed() {
  return {ErrorCode::kFamilyRubbish, "answered with rubbish: bytes that are no answer", {}};
}

// What went wrong, beginning with a verb; nullopt: it answered, and said that all is well.
std::optional<Error> complaint(WorkerEnd end, const WorkerProcess& worker,
                               const WorkerSettings& settings, std::chrono::milliseconds time_out) {
  switch (end) {
    case WorkerEnd::kTimedOut:
      return Error{ErrorCode::kFamilyTimedOut,
                   fmt::format("took longer than {} and was stopped", shown(time_out)),
                   "raise the time-out of workers if the family is known to need longer"};
    case WorkerEnd::kFlooded:
      return Error{ErrorCode::kFamilyFlooded,
                   fmt::format("sent more than {} MiB of answers and was stopped",
                               settings.answer_bytes >> 20),
                   {}};
    case WorkerEnd::kMalformed:
      return malformed();
    case WorkerEnd::kDied:
      return Error{ErrorCode::kFamilyStopped, worker.death(), {}};
    case WorkerEnd::kAnswered:
      break;
  }
  const auto status = worker::wire::decode_status(worker.frames().back().bytes);
  if (!status) return malformed();
  const bool is_known = !*status || is_of_a_family((*status)->code) ||
                        (*status)->code == ErrorCode::kWorkerUnavailable;
  return is_known ? *status : malformed();
}

// Takes one decoded frame into its place; false: it could not be decoded.
template <class T>
bool keep(std::optional<T> decoded, T& place) {
  if (!decoded) return false;
  place = *std::move(decoded);
  return true;
}

template <class T>
bool append(std::optional<std::vector<T>> decoded, std::vector<T>& all) {
  if (decoded)
    all.insert(all.end(), std::make_move_iterator(decoded->begin()),
               std::make_move_iterator(decoded->end()));
  return decoded.has_value();
}

bool take(const AnswerFrame& frame, RunAnswer& answer) {
  switch (frame.kind) {
    case worker::wire::FrameKind::kBreakdowns:
      return keep(worker::wire::decode_texts(frame.bytes), answer.breakdowns);
    case worker::wire::FrameKind::kFacts:
      return append(worker::wire::decode_facts(frame.bytes), answer.rows);
    case worker::wire::FrameKind::kMembers:
      return append(worker::wire::decode_members(frame.bytes), answer.members);
    case worker::wire::FrameKind::kNotes:
      return keep(worker::wire::decode_notes(frame.bytes), answer.notes);
    case worker::wire::FrameKind::kTrace:
      return keep(worker::wire::decode_trace(frame.bytes), answer.trace.emplace());
    case worker::wire::FrameKind::kStatus:
      return true;
    default:
      return false;
  }
}

std::map<std::string, std::string> settings_of(const Family& family,
                                               const WorkerSettings& settings) {
  std::map<std::string, std::string> all;
  const auto set = settings.options.find(family.id);
  for (const FamilyOption& option : family.options) {
    if (!option.default_text.empty()) all[option.key] = option.default_text;
    if (set == settings.options.end()) continue;
    const auto found = set->second.find(option.key);
    if (found != set->second.end()) all[option.key] = found->second;
  }
  return all;
}

}  // namespace

Result<WorkerRun> WorkerRun::start(const Family& family, RunInputs inputs,
                                   const WorkerSettings& settings) {
  auto worker =
      WorkerProcess::start({settings.executable, settings.time_out, settings.answer_bytes});
  if (!worker) return fail(worker.error());
  WorkerRun run(family, *std::move(worker), settings);
  run.with_rows_ =
      inputs.trace.has_value() || inputs.scrutiny == worker::wire::Scrutiny::kEveryPart;
  const worker::wire::RunRequest request{limits_of(settings, settings.time_out),
                                         family,
                                         std::move(inputs.readings),
                                         std::move(inputs.definitions),
                                         settings_of(family, settings),
                                         inputs.known_until,
                                         std::move(inputs.areas),
                                         std::move(inputs.trace),
                                         inputs.scrutiny};
  run.worker_.send(worker::wire::FrameKind::kRun, worker::wire::encode(request));
  return run;
}

bool WorkerRun::send(std::uint32_t input, const Batch& batch, const Dictionary& dictionary) {
  if (dictionary.size() > texts_sent_) {
    std::vector<std::string_view> texts;
    for (; texts_sent_ < dictionary.size(); ++texts_sent_)
      texts.push_back(dictionary.text(static_cast<std::uint32_t>(texts_sent_)));
    if (!worker_.send(worker::wire::FrameKind::kTexts, worker::wire::encode_texts(texts)))
      return false;
  }
  const worker::wire::BatchPieces pieces(input, batch, with_rows_);
  return worker_.send(worker::wire::FrameKind::kBatch, pieces.pieces());
}

Result<RunAnswer> WorkerRun::finish() {
  worker_.send(worker::wire::FrameKind::kEnd, std::string_view{});
  worker_.close_input();
  const auto end = worker_.finish();
  if (const auto wrong = complaint(end, worker_, settings_, settings_.time_out))
    return fail(*wrong);
  return read_answer();
}

Result<RunAnswer> WorkerRun::read_answer() const {
  RunAnswer answer;
  const auto frames = worker_.frames();
  for (const AnswerFrame& frame : frames)
    if (!take(frame, answer)) return fail(malformed());
  return answer;
}

}  // namespace qd::worker::parent
